"""Tasks of which one is enough: `Choose your cloud` over three of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import title_text
from notion_roadmap.roadmap import MAX_TITLE

MOST = 6
"""Tasks to choose from: of more nobody is asked to do only one."""

_CHOOSE = re.compile(
    r"^\W*(?:choose|pick|select)\b|\b(?:choose|pick) (?:one|your|between)\b|\bone of the following\b"
    r"|^\W*(?:wähle|wählen sie|choisi\w+|elige|elija|escolha|scegli|выбери\w*)\b|^\W*(?:选择|任选|選択)",
    re.IGNORECASE,
)


def chooses(title: str) -> bool:
    """Whether a heading asks to choose one of what stands below it."""
    return bool(_CHOOSE.match(title[:200]))


def choose(draft: Draft, section: Section, phase: Data, made: Sequence[Data]) -> None:
    """Of several tasks one is enough: the first is required until its owner starts another."""
    assert section.heading is not None  # only a heading can call for a choice
    title = title_text(section.title).rstrip(" :：")
    if len(title) > MAX_TITLE:
        return
    choice: Data = {"title": title}
    phase.setdefault("choices", []).append(choice)
    line = section.heading.first
    draft.ledger.field(section.heading.span, choice, "title")
    for place, task in enumerate(made):
        task["pick_one"] = choice
        scope = "alternative" if place else "required"
        draft.guess(task, "scope", scope, f"one of {len(made)} is enough: {title}", line)
