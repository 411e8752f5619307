"""`scripts/live`."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys

import httpx

from livecheck.notion import Notion, Refused
from livecheck.questions import QUESTIONS, WEBHOOKS
from livecheck.run import Told, ask, outside_the_contract

_ID = re.compile(r"([0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=$|[?#])")


def main() -> int:
    """0 when everything is as the sandbox has it, 2 when something differs, 1 when it could not be asked."""
    given = _arguments()
    token = os.environ.get("NOTION_TOKEN", "").strip()
    page = _ID.search(given.page.lower())
    if not token or page is None:
        print(_missing(token, given.page), file=sys.stderr)
        return 64
    address = os.environ.get("NOTION_BASE_URL") or "https://api.notion.com"
    notion = Notion(address, token, page[1])
    try:
        found = ask(notion, given.only, bool if given.json else _show)
    except (Refused, httpx.HTTPError) as error:
        print(f"{error}. A page that was begun is called “notion-roadmap asks”: trash it by hand.", file=sys.stderr)
        return 1
    finally:
        notion.close()
    return _summary(found, notion, as_json=given.json)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/live", description="Ask Notion what only Notion knows.")
    parser.add_argument("--page", required=True, help="id or address of the page on which one page is made and trashed")
    parser.add_argument("--only", action="append", default=[], choices=sorted(QUESTIONS), metavar="QUESTION")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    return parser.parse_args()


def _missing(token: str, page: str) -> str:
    if not token:
        return "NOTION_TOKEN is not set: nothing was asked."
    return f"{page!r} is no page's id or address: nothing was asked."


def _show(told: Told) -> None:
    mark = "≠" if told.differs else "·" if told.question.switch is None else "="
    print(f"{mark} {told.question.asks}\n    {told.answer}", flush=True)
    if told.differs:
        print(f"    the sandbox's default of `{told.question.name}` is {told.sandbox!r}", flush=True)


def _summary(found: list[Told], notion: Notion, *, as_json: bool) -> int:
    differs = [told for told in found if told.differs]
    problems = outside_the_contract(notion)
    if as_json:
        answers = {told.question.name: told.answer for told in found}
        whole = {
            "answers": answers,
            "switches": {told.question.name: told.answer for told in differs},
            "outside_the_contract": problems,
            "requests": len(notion.exchanges),
            "conflicts": notion.conflicts,
            "rate_limited": len(notion.refused_for_rate),
        }
        print(json.dumps(whole, indent=2))
    else:
        print(f"? {WEBHOOKS}")
        print("\n".join(f"! outside the contract: {problem}" for problem in problems))
        print(
            f"{len(found)} asked, {len(differs)} not as in the sandbox; {len(notion.exchanges)} requests, "
            f"{notion.conflicts} conflicts, {len(notion.refused_for_rate)} refused for the rate."
        )
    return 2 if differs or problems else 0


if __name__ == "__main__":
    sys.exit(main())
