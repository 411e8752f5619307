"""docs/evidence.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from livecheck.run import QUESTIONS

from honesty.grades import GRADES, Evidence
from honesty.product import Product
from honesty.questions import DOCUMENTED, GUESSES, NOT_MET
from notion_roadmap.sandbox.switches import Switches

_HEAD = """\
# How well it is known

Written by `scripts/evidence` from what the product really sends and reads: a seed of the bundled roadmap with mishaps,
weeks of sync with an owner's edits, a lost state and a removal, watched field by field. Each field has a grade:

- **recorded**: public recordings of the real API show it, accepted or answered (`tests/contract/recorded.json`);
- **typed**: Notion's official types allow it (`tests/contract/contract.json`);
- **documented**: neither shows it, a reference page does;
- **guessed**: its shape is typed, but nobody has seen what Notion makes of it: each has a fallback and a test of that.

`*` stands for a property's name, `[]` for any item; blocks in blocks and filters in filters count as one.
"""


def page(product: Product) -> str:
    """The whole page."""
    evidence = Evidence()
    graded = {one: evidence.grade(*one) for one in product.fields}
    return "\n".join(
        [_HEAD, *_sums(graded), *_guesses(), *_places("sent", graded, product), *_places("read", graded, product)]
    )


def _sums(graded: dict[tuple[str, str, str], str]) -> Iterator[str]:
    yield "| | " + " | ".join(GRADES[:-1]) + " |\n|---|" + "---|" * (len(GRADES) - 1)
    for way in ("sent", "read"):
        count = Counter(grade for one, grade in graded.items() if one[0] == way)
        yield f"| fields {way} | " + " | ".join(str(count[grade]) for grade in GRADES[:-1]) + " |"
    yield ""


def _guesses() -> Iterator[str]:
    yield "## What may turn out either way\n"
    yield "The sandbox has a switch for each; `scripts/live` asks the real Notion where it can be asked.\n"
    yield "| Question | The sandbox says | Known from | If it is otherwise | Test | Asked live |"
    yield "|---|---|---|---|---|---|"
    defaults = Switches().values()
    for one in GUESSES:
        says = ", ".join(f"`{name}` {defaults[name]}" for name in one.switches)
        known = f"[documented]({one.url})" if one.url else "guessed"
        file, _, name = one.test.partition("::")
        asked = "yes" if set(one.switches) & set(QUESTIONS) else "no"
        yield f"| {one.asks} | {says} | {known} | {one.fallback} | `{file}` `{name}` | {asked} |"
    yield "\nWhat the product has nothing to do with, although the sandbox has a switch for it:\n"
    yield from (f"- `{name}`: {why}." for name, why in NOT_MET.items())
    yield ""


def _places(way: str, graded: dict[tuple[str, str, str], str], product: Product) -> Iterator[str]:
    titles = {"sent": "What is sent, by endpoint", "read": "What is read, by kind of object"}
    yield f"## {titles[way]}\n"
    places = {place for sent, place, _ in graded if sent == way} | (product.endpoints if way == "sent" else set())
    for place in sorted(places):
        yield f"### {place}\n"
        found = {path: grade for (one, where, path), grade in graded.items() if (one, where) == (way, place)}
        if not found:
            yield "Nothing but the path.\n"
        for grade in GRADES:
            paths = sorted(path for path, given in found.items() if given == grade)
            if paths:
                yield f"- **{grade}**: " + ", ".join(f"`{path}`" for path in paths) + _source(grade, way, place, paths)
        if found:
            yield ""


def _source(grade: str, way: str, place: str, paths: list[str]) -> str:
    """Where documented fields are documented, and which question guessed ones depend on."""
    if grade == "documented":
        urls = {one.url for one in DOCUMENTED for path in paths if one.fits(way, place, path)}
        return " (" + ", ".join(sorted(urls)) + ")"
    if grade == "guessed":
        asks = {one.asks: one for one in GUESSES for path in paths if one.fits(way, place, path)}
        return " — " + " ".join(asks)
    return ""
