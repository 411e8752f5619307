"""Parts of a roadmap as they are recognised, without the rest of the importer: phases are found by a pattern."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from notion_roadmap.importer.draft import Draft
from notion_roadmap.importer.ledger import Ledger
from notion_roadmap.importer.markdown import read_document
from notion_roadmap.importer.parts import complete_parts, recognise_parts
from notion_roadmap.importer.section import sections_of

SEEDS = Path(__file__).parents[1] / "data" / "seeds"
_REFERENCES = ("active_in", "phase", "kpi")
_KEY = "key"


class Parts(NamedTuple):
    """What was recognised, each reference said by the name of what it refers to, and the lines left to others."""

    data: Any
    left: list[str]


def parts_of(text: str, phases: str = r"^Phase \d") -> Parts:
    """The parts of a Markdown text, their keys left out; headings that match the pattern are phases."""
    document = read_document(text)
    root = sections_of(document)
    draft = Draft(document, Ledger(document.lines))
    for section in root.walk():
        if section.heading and section.level < 7 and re.search(phases, section.title):
            option = re.search(r"phase \d+", section.title, re.IGNORECASE)
            draft.phases.append((section, {"title": section.title, "option": (option or [section.title])[0].title()}))
    chosen = {id(section) for section, _ in draft.phases}
    recognise_parts(root, draft, lambda section: id(section) in chosen)
    draft.data["phases"] = [data for _, data in draft.phases]
    complete_parts(draft)
    heads = {section.first for section, _ in draft.phases}
    left = [line for number, line in enumerate(document.lines, 1) if number in _open(draft) - heads]
    return Parts(_named(draft.data), left)


def _open(draft: Draft) -> set[int]:
    rules = {number for number, line in enumerate(draft.document.lines, 1) if re.match(r"^[\s|:-]*$", line)}
    return set(draft.ledger.open(1, len(draft.document.lines))) - rules


def _named(value: Any) -> Any:
    if isinstance(value, Mapping):
        kept = ((name, below) for name, below in value.items() if name != _KEY)
        return {name: _name_of(below) if name in _REFERENCES else _named(below) for name, below in kept}
    return [_named(below) for below in value] if isinstance(value, list) else value


def _name_of(value: Any) -> Any:
    return (value.get("option") or value.get("name")) if isinstance(value, Mapping) else value


@cache
def seed(number: str) -> Parts:
    """The parts of one of the five documents, its encoding repaired."""
    content = next(SEEDS.glob(f"{number}_*")).read_bytes()
    if number in ("001", "004"):
        content = content.decode().encode("mac_roman")
    elif number == "000":
        content = content.decode().encode("cp1252").replace(b"\xe2\x8c ", b"\xe2\x9d\x8c ")
    return parts_of(content.decode(), r"(?i)^.{0,3}phase \d(?: - \w+)?(?::| \()|^\d\. .* Phase \(")
