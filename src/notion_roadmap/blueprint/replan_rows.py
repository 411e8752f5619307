"""Proposals for a new plan as rows of Settings: what would move on the page, one box to accept it, one to undo it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import LAST, OURS, SETTINGS, THEIRS, column
from notion_roadmap.blueprint.prose import bold, labelled, lines, paragraph, phase_name, small_heading
from notion_roadmap.roadmap.life import Dated, Replan
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.properties import DateSpan, Option, Property, PropertyType, Value
from notion_roadmap.workspace.text import Text

REPLANS = f"{SETTINGS}/replan/"
"""How the keys of proposals begin; the day of the proposal follows."""

ACCEPT, UNDO, DATES = "settings.accept", "settings.undo", "settings.dates"
PROPOSED, ACCEPTED, UNDONE = "Proposed", "Accepted", "Undone"

_MOVES_IN_A_BLOCK = 30
_BLOCKS = 80
_NOBODY_KNOWS = "-"
_END = "*"


def replan_columns() -> Iterator[Property]:
    """What a proposal needs beside the settings."""
    words = "Of a new plan: whether it holds. Empty for the settings themselves."
    yield column("settings.state", "New Plan", PropertyType.SELECT, words, OURS, options=_STATES)
    words = "Tick it on a new plan to accept it: the dates on its page take effect at the next sync."
    yield column(ACCEPT, "Accept", PropertyType.CHECKBOX, words, THEIRS)
    words = "Tick it to undo an accepted plan: the dates from before it come back. Untick it to have it again."
    yield column(UNDO, "Undo", PropertyType.CHECKBOX, words, THEIRS)
    words = "Tasks that it moves."
    yield column("settings.moves", "Moves", PropertyType.NUMBER, words, OURS)
    words = "When the required work would end by it."
    yield column("settings.new_end", "New End", PropertyType.DATE, words, OURS)
    words = "When it would have ended without it."
    yield column("settings.old_end", "Old End", PropertyType.DATE, words, OURS)
    words = "Its dates, as the service reads them. Leave it as it is."
    yield column(DATES, "Dates", PropertyType.TEXT, words, OURS)


def replan_rows(outline: Outline) -> Iterator[Row]:
    """Every proposal, the latest first."""
    for place, replan in enumerate(sorted(outline.life.replans, key=lambda one: one.made_on, reverse=True)):
        key = f"{REPLANS}{replan.made_on.isoformat()}"
        values: dict[str, Value] = {
            "settings.title": Text.of(f"New plan of {replan.made_on.isoformat()}"),
            "settings.state": state_of(replan),
            "settings.moves": len(replan.dates),
            "settings.new_end": DateSpan(replan.end) if replan.end else None,
            "settings.old_end": DateSpan(replan.end_before) if replan.end_before else None,
            DATES: Text.of(written_dates(replan)),
            "settings.key": Text.of(key),
        }
        yield Row(key, SETTINGS, values, tuple(_body(outline, replan)), rank=LAST + place)


def state_of(replan: Replan) -> str:
    """Whether it holds."""
    if replan.undone:
        return UNDONE
    return ACCEPTED if replan.accepted else PROPOSED


def summary(replan: Replan) -> str:
    """How much would move, and what becomes of the end."""
    count = len(replan.dates)
    said = f"{count} task{'' if count == 1 else 's'} would move"
    if replan.end is None or replan.end_before is None:
        return said
    if replan.end == replan.end_before:
        return f"{said}, and the end stays on {replan.end.isoformat()}"
    days = (replan.end - replan.end_before).days
    return f"{said}, and the end from {replan.end_before.isoformat()} to {replan.end.isoformat()} ({days:+d} days)"


def _body(outline: Outline, replan: Replan) -> Iterator[Block]:
    yield paragraph(f"{summary(replan)}. What you dated by hand stays.")
    yield paragraph(bold("Tick Accept above to take it over, and Undo to take it back."))
    blocks = 0
    for phase in outline.roadmap.phases:
        moves = [task.key for p, task in outline.plan if p.key == phase.key and task.key in replan.dates]
        if moves and blocks < _BLOCKS:
            yield small_heading(phase_name(phase))
        for first in range(0, len(moves), _MOVES_IN_A_BLOCK):
            blocks += 1
            if blocks <= _BLOCKS:
                yield paragraph(lines(_move(outline, replan, key) for key in moves[first : first + _MOVES_IN_A_BLOCK]))


def _move(outline: Outline, replan: Replan, key: str) -> Text:
    old, new = replan.before.get(key, Dated(None, None)).due, replan.dates[key].due
    if old is None or new is None or old == new:
        begins = replan.dates[key].start
        return labelled(outline.title(key), f"{_day(begins)} to {_day(new)}")
    return labelled(outline.title(key), f"{_day(old)} → {_day(new)} ({(new - old).days:+d} days)")


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else _NOBODY_KNOWS


def written_dates(replan: Replan) -> str:
    """A proposal as one property holds it, so that it outlives all local state: its ends, then a line a task."""
    return "\n".join([_line(_END, replan.end, replan.end_before), *_lines(replan)])


def _lines(replan: Replan) -> Iterable[str]:
    for key in sorted(replan.dates):
        yield _line(key, *replan.dates[key], *replan.before.get(key, Dated(None, None)))


def _line(name: str, *days: date | None) -> str:
    return " ".join((name, *map(_day, days)))


def read_replan(key: str, dates: str, *, accept: bool, undo: bool) -> Replan | None:
    """The proposal of a row; None when its key or its dates cannot be read any more."""
    try:
        made_on = date.fromisoformat(key.removeprefix(REPLANS))
        told = {name: _read(days) for name, *days in map(str.split, dates.splitlines())}
        (end, end_before), dated = told.pop(_END), {name: (Dated(*d[:2]), Dated(*d[2:])) for name, d in told.items()}
    except (KeyError, TypeError, ValueError):
        return None
    return Replan(
        made_on=made_on,
        dates={name: new for name, (new, _) in dated.items()},
        before={name: old for name, (_, old) in dated.items()},
        end=end,
        end_before=end_before,
        accepted=accept and not undo,
        undone=accept and undo,
    )


def _read(days: Iterable[str]) -> list[date | None]:
    return [None if day == _NOBODY_KNOWS else date.fromisoformat(day) for day in days]


_STATES = (Option(PROPOSED, "yellow"), Option(ACCEPTED, "green"), Option(UNDONE, "gray"))
