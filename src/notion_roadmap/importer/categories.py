"""The category of a task where the document has categories and does not say which: a guess by its words."""

from __future__ import annotations

import re

from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.headings import read_heading
from notion_roadmap.importer.words import fold

_PROJECT = r"\b(?:project|capstone|megaproject|projekt|projet|proyecto|projeto|progetto)s?\b"
_CERTIFICATE = r"\b(?:certificat(?:e|ion)|certified|zertifi\w+|certificación|certificação)\b"
_SHOWN = (
    r"\b(?:portfolio|linkedin|resume|résumé|cv|blog|open source|speaking|consulting|advisory|github profile|"
    r"job applications?)\b"
)
_RULES = tuple(
    (option, re.compile(words, re.IGNORECASE))
    for option, words in (
        ("project", _PROJECT),
        ("certification", _CERTIFICATE),
        ("portfolio", _SHOWN),
        ("learning", ""),
    )
)
"""By the name of the option, the words that speak for it; the first that fits is it."""


def guess_categories(draft: Draft) -> None:
    """Give every task without a category one of those that the document names."""
    known = {fold(option): option for option in draft.options("category")}
    if not known:
        return
    lines = {id(task): first for first, _, task in draft.tasks}
    for phase in draft.data["phases"]:
        for task in phase["tasks"]:
            if "category" not in task and (found := _category(task, known)):
                draft.guess(task, "category", found, "by the words of its title", lines.get(id(task), 1))


def _category(task: Data, known: dict[str, str]) -> str | None:
    name = read_heading(task["title"])
    for word, pattern in _RULES:
        option = known.get(word)
        if option is None:
            continue
        about = f"{task['title']} {task.get('section', '')}" if word == "project" else task["title"]
        if word == "project" and name.kind == "work" and "project" not in name.label.casefold() and name.label:
            continue
        if pattern.search(about):
            return option
    return None
