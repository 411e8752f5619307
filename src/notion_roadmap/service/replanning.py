"""New plans: read from their rows, and proposed when the owner ticks Replan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from notion_roadmap.blueprint import Choices, propose
from notion_roadmap.blueprint.replan_rows import ACCEPT, DATES, REPLANS, UNDO, read_replan
from notion_roadmap.blueprint.settings import REPLAN, ROW
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.life import Life, Replan
from notion_roadmap.workspace.cached import CachedRow
from notion_roadmap.workspace.observed import Applied
from notion_roadmap.workspace.thaw import words_of

_DATES = ("tasks.start", "tasks.due_date")


def replans_of(rows: Iterable[CachedRow]) -> tuple[Replan, ...]:
    """The proposals among the rows of Settings. One that was accepted holds although its row was tidied away."""
    found = [
        read_replan(
            row.key,
            words_of(row.values.get(DATES)),
            accept=row.values.get(ACCEPT) is True,
            undo=row.values.get(UNDO) is True,
        )
        for row in rows
        if row.key.startswith(REPLANS) and (not row.gone or row.values.get(ACCEPT) is True)
    ]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.made_on))


def wants_replan(rows: Iterable[CachedRow]) -> bool:
    """Whether the owner ticked Replan."""
    return any(row.key == ROW and not row.gone and row.values.get(REPLAN) is True for row in rows)


def dated_by_hand(rows: Iterable[CachedRow], applied: Mapping[str, Applied]) -> frozenset[str]:
    """Keys of the tasks whose dates are not those that we last wrote."""
    return frozenset(
        row.key.removeprefix("tasks/")
        for row in rows
        if row.key in applied
        and any(name in row.values and row.values[name] != applied[row.key].fields.get(name) for name in _DATES)
    )


def with_proposal(roadmap: Roadmap, choices: Choices, life: Life, kept: Iterable[str]) -> Life:
    """The life with a new proposal of today. One of the same day that waits for its owner gives way to it; after one
    that was answered today there is no other before tomorrow."""
    today = [one for one in life.replans if one.made_on == life.today]
    if any(one.accepted or one.undone for one in today):
        return life
    proposal = propose(roadmap, choices, life, frozenset(kept))
    others = tuple(one for one in life.replans if one not in today)
    return replace(life, replans=(*others, proposal) if proposal.dates else others)
