"""Roadmaps and choices that the tests of this folder share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from notion_roadmap.blueprint import Choices
from notion_roadmap.blueprint import build as build_from
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.life import Replan
from notion_roadmap.roadmap.record import Record
from notion_roadmap.service.life import first_life, life_of
from notion_roadmap.templates import load_template
from notion_roadmap.workspace.blocks import Block, walk
from notion_roadmap.workspace.items import Row, Workspace
from notion_roadmap.workspace.text import Text

MONDAY = date(2026, 11, 23)
FRIDAY_BEFORE = date(2026, 11, 20)
CHOICES = Choices(start=MONDAY, today=FRIDAY_BEFORE, weekly_hours=40)
SMALL = {
    "key": "small",
    "title": "Small",
    "version": 1,
    "tracking": {"name": "Things", "properties": [{"role": "task", "name": "Thing", "type": "title"}]},
    "phases": [{"key": "only", "title": "Only", "option": "Only", "tasks": [{"key": "only/one", "title": "One"}]}],
}


def build(roadmap: Roadmap, choices: Choices) -> Workspace:
    """The workspace of the first day."""
    return build_from(roadmap, choices, first_life(roadmap, choices))


@cache
def career() -> Roadmap:
    """The bundled template of document 002."""
    return load_template("data-engineering-career")


@cache
def document(name: str) -> Roadmap:
    """One of the other documents: `pillar`, `day`, `path`."""
    return load_template(str(Path(__file__).parents[1] / "data" / f"{name}-roadmap.yaml"))


@cache
def career_workspace(*, lean: bool = False) -> Workspace:
    """Its workspace."""
    return build(career(), Choices(MONDAY, FRIDAY_BEFORE, 40, lean=lean))


def small(**changes: object) -> Roadmap:
    """The smallest roadmap there is, with changes."""
    return Roadmap.model_validate({**SMALL, **changes})


def words_of(blocks: Iterable[Block]) -> list[str]:
    """The words of every block, all levels."""
    return [block.text.plain for block in walk(blocks)]


def links_of(text: Text) -> list[str]:
    """The addresses in a text."""
    return [run.link for run in text.runs if run.link]


_WINDOWS = st.one_of(
    st.none(),
    st.tuples(st.sampled_from(["weeks", "days"]), st.integers(1, 60), st.none() | st.integers(0, 40)).map(
        lambda told: {"unit": told[0], "start": told[1], **({} if told[2] is None else {"end": told[1] + told[2]})}
    ),
    st.tuples(st.dates(date(2020, 1, 1), date(2030, 12, 1)), st.none() | st.integers(0, 8)).map(
        lambda told: {"unit": "months", "start": f"{told[0]:%Y-%m}", **_months_later(told[0], told[1])}
    ),
)


def _months_later(first: date, more: int | None) -> dict[str, str]:
    if more is None:
        return {}
    years, month = divmod(first.month - 1 + more, 12)
    return {"end": f"{first.year + years}-{month + 1:02d}"}


@st.composite
def roadmaps(draw: st.DrawFn) -> Roadmap:
    """Roadmaps of a few phases with any windows, hours, priorities, scopes and choices."""
    phases = []
    for number in range(draw(st.integers(1, 4))):
        tasks = []
        for place in range(draw(st.integers(1, 8))):
            task: dict[str, object] = {"key": f"phase-{number}/task-{place}", "title": f"Task {place}"}
            task["category"] = draw(st.sampled_from(["Learning", "Project"]))
            task["priority"] = draw(st.sampled_from(["HIGH", "LOW", None]))
            task["hours"] = draw(st.none() | st.integers(1, 400) | st.floats(0.1, 90.0))
            task["scope"] = draw(st.sampled_from(["required", "required", "stretch"]))
            task["skills"] = draw(st.lists(st.sampled_from(["python", "sql", "go"]), unique=True))
            tasks.append(task)
        if draw(st.booleans()):
            for letter, scope in (("a", "required"), ("b", "alternative")):
                key = f"phase-{number}/task-90{letter}"
                tasks.append({"key": key, "title": key, "hours": 10, "scope": scope, "pick_one": "track"})
        phase = {"key": f"phase-{number}", "title": "A phase", "option": f"Phase {number}", "tasks": tasks}
        phase["choices"] = [{"key": "track", "title": "Track"}] if len(tasks) > 8 else []
        phases.append({**phase, "window": draw(_WINDOWS)})
    columns = draw(st.lists(st.sampled_from(_COLUMNS), unique_by=lambda column: column["role"]))
    title = {"role": "task", "name": "Thing", "type": "title"}
    return small(phases=phases, tracking={"name": "Things", "properties": [title, *columns]})


_COLUMNS: tuple[dict[str, object], ...] = (
    {"role": "priority", "name": "P", "type": "select", "options": [{"name": "HIGH"}, {"name": "LOW"}]},
    {"role": "category", "name": "C", "type": "select", "options": [{"name": "Learning"}, {"name": "Project"}]},
    {"role": "skills", "name": "S", "type": "multi_select", "options": [{"name": "sql"}]},
    {"role": "status", "name": "State", "type": "select", "options": [{"name": "Open"}, {"name": "Over"}]},
    {"role": "notes", "name": "Notes", "type": "text"},
)


@st.composite
def choices_for(draw: st.DrawFn, roadmap: Roadmap) -> Choices:
    """Any choices that fit the roadmap."""
    keys = sorted(task.key for _, task in roadmap.tasks())
    return Choices(
        start=draw(st.dates(date(2024, 1, 1), date(2028, 12, 31))),
        today=draw(st.dates(date(2024, 1, 1), date(2028, 12, 31))),
        weekly_hours=draw(st.sampled_from([1, 7.5, 20, 40, 168])),
        as_written=draw(st.booleans()),
        lean=draw(st.booleans()),
        done=frozenset(draw(st.lists(st.sampled_from(keys), max_size=4))),
    )


def changed(record: Record, **tasks: Mapping[str, object]) -> Record:
    """A record with other facts about some tasks; `phase_1__task_1` stands for `phase-1/task-1`."""
    news = {key.replace("__", "/").replace("_", "-"): facts for key, facts in tasks.items()}
    told = tuple(replace(one, **news.get(one.key, {})) for one in record.tasks)  # type: ignore[arg-type]
    return replace(record, tasks=told)


def lived(
    record: Record, today: date, *, replans: Iterable[Replan] = (), choices: Choices = CHOICES, now: bool = True
) -> Workspace:
    """The workspace of the career roadmap on a day of its life."""
    moment = datetime.combine(today, time(9), UTC) if now else None
    return build_from(career(), choices, life_of(career(), choices, record, today, now=moment, replans=replans))


def rows_of(workspace: Workspace) -> dict[str, Row]:
    """Its rows by key."""
    return {row.key: row for row in workspace.rows}
