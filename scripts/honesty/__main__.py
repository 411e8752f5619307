"""`scripts/evidence`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from honesty.grades import digest
from honesty.page import page
from honesty.product import season

_REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = _REPOSITORY / "docs/evidence.md"
_RECORDED = _REPOSITORY / "tests/contract/recorded.json"


def main() -> int:
    """0 when the page is (now) in step, 1 when --check finds that it is not."""
    parser = argparse.ArgumentParser(prog="scripts/evidence", description="How well each field is known.")
    parser.add_argument("--check", action="store_true", help="change nothing, only tell")
    parser.add_argument("--recorded", type=Path, help="a folder of recorded conversations, to renew the digest from")
    given = parser.parse_args()
    if given.recorded:
        _RECORDED.write_text(json.dumps(digest(given.recorded), separators=(",", ":")) + "\n", "utf-8")
    wanted = page(season())
    if PAGE.exists() and PAGE.read_text("utf-8") == wanted:
        print("docs/evidence.md is in step.")
        return 0
    if given.check:
        print("docs/evidence.md is behind: run scripts/evidence.")
        return 1
    PAGE.write_text(wanted, "utf-8")
    print("docs/evidence.md is written.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
