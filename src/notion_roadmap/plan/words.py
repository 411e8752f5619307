"""The reasons of a plan, as short clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from notion_roadmap.plan.merge import Decision, Story
from notion_roadmap.workspace.canonical import JSON

SHOWN: Final = 60
"""Characters of a value that a reason shows."""

NEW = "new in the template"
GROWN = "its time has come"
ADOPTED = "found in Notion, not in the local state"
MOVED_ON = "another object in Notion now carries this key"
REMOVED = "removed by the owner"
BROUGHT_BACK = "removed by the owner, brought back as asked"
TRIED_AGAIN = "Notion granted less of it before, tried again"
ORPHAN = "no longer in the template, untouched"

_NAMES: Final = {"body": "words on the page", "blocks": "words"}
"""Where our name for a field says little."""


def why(decisions: Sequence[Decision], labels: Mapping[str, str]) -> str:
    """One clause for the decisions of one item with one outcome, one part for each story.

    Args:
        labels: what a reader calls the columns; any other field is called by its name.
    """
    told: dict[Story, list[Decision]] = {}
    for decision in decisions:
        told.setdefault(decision.story, []).append(decision)
    return "; ".join(_part(story, told[story], labels) for story in Story if story in told)


def _part(story: Story, decisions: Sequence[Decision], labels: Mapping[str, str]) -> str:
    if story is Story.OPTIONS_REMOVED:
        return f"{story}: {', '.join(shown(option) for one in decisions for option in _gone(one))}"
    names = ", ".join(sorted({labels.get(one.name) or called(one.name) for one in decisions}))
    if len(decisions) == 1 and story in (Story.OWNER_CHANGED, Story.OWNER_RETYPED, Story.TEMPLATE_RETYPED):
        wanted = f", the template has {shown(decisions[0].new)}" if story is Story.TEMPLATE_RETYPED else ""
        return f"{story}: {names} is {shown(decisions[0].old)}{wanted}"
    return f"{story}: {names}"


def called(field: str) -> str:
    """What a reader calls a field that is no column."""
    return _NAMES.get(field, field)


def _gone(decision: Decision) -> Iterable[JSON]:
    return decision.new if isinstance(decision.new, list) else ()


def renamed(decision: Decision) -> str:
    """The clause for an item that the owner renamed."""
    return f"renamed by the owner to {shown(decision.old)}"


def missing(inside: int) -> str:
    """The clause for an item that the owner removed, with what it held."""
    return REMOVED if not inside else f"{REMOVED}, with {count(inside, 'item')} in it"


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 item", "2 items"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shown(value: JSON) -> str:
    """A canonical value in few words, on one line."""
    text = " ".join(_words(value).split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _words(value: JSON) -> str:
    match value:
        case None | "" | []:
            return "empty"
        case bool():
            return "ticked" if value else "not ticked"
        case str():
            return f"'{value}'"
        case list():
            return ", ".join(_words(one) for one in value)
        case {"is": "Text", "runs": list(runs)}:
            return f"'{''.join(str(run.get('text', '')) for run in runs if isinstance(run, dict))}'"
        case {"is": "Option", "name": str(name)}:
            return f"'{name}'"
        case {"is": "DateSpan", "start": str(start), "end": str(end)}:
            return f"{start} to {end}"
        case {"is": "DateSpan", "start": str(start)}:
            return start
        case dict():
            return "something else"
        case _:
            return str(value)
