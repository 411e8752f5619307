"""What a state knows of a workspace that lives. The same tests run over all kinds of state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from notion_roadmap.roadmap.record import PastForecast, StatusEvent
from notion_roadmap.store import MemoryState, State, open_state
from notion_roadmap.store.lived import JobRun
from notion_roadmap.workspace.cached import CachedRow

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PLAIN = CachedRow("id-1", "tasks", "tasks/a", {"tasks.status": "Open", "tasks.hours": 2.5, "tasks.skills": ["a", "b"]})
FULL = CachedRow(
    "id-2",
    "tasks",
    "",
    {"tasks.due_date": {"is": "DateSpan", "start": "2026-11-20"}, "tasks.done": True, "tasks.proof": None},
    created=NOON,
    edited=NOON + timedelta(minutes=1),
    edited_by_us=False,
    gone="moved",
    boxes=(2, 6),
    counted=NOON,
    look_again=NOON + timedelta(seconds=90, microseconds=5),
    ruled={"tasks.done": False, "tasks.completed_on": None},
    chosen={"tasks.focus": "Now"},
)
EVENT = StatusEvent(task="phase-1/a", before="in_progress", after="completed", observed=NOON)
FORECAST = PastForecast(made_on=date(2026, 11, 20), subject="Phase 1", p50=date(2027, 1, 1), p85=date(2027, 2, 1))


@pytest.fixture(params=["memory", "sqlite"])
def state(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[State]:
    made: State = MemoryState("ours")
    if request.param == "sqlite":
        made = open_state(tmp_path / "state.sqlite", "ours").state
    yield made
    made.close()


def test_nothing_was_seen_at_first(state: State) -> None:
    assert (state.cached("tasks"), state.watermark("tasks"), state.events(), state.forecasts(), state.runs()) == (
        {},
        None,
        (),
        (),
        {},
    )


def test_rows_come_back_equal(state: State) -> None:
    state.absorb("tasks", [PLAIN, FULL])
    assert state.cached("tasks") == {PLAIN.id: PLAIN, FULL.id: FULL}


def test_a_row_takes_the_place_of_the_earlier_one(state: State) -> None:
    state.absorb("tasks", [PLAIN, FULL])
    state.absorb("tasks", [replace(PLAIN, gone="trashed")])
    assert state.cached("tasks") == {PLAIN.id: replace(PLAIN, gone="trashed"), FULL.id: FULL}


def test_rows_to_be_forgotten_are_and_the_others_stay(state: State) -> None:
    state.absorb("tasks", [PLAIN, FULL])
    state.absorb("tasks", [], gone=[PLAIN.id, "never-known"])
    assert state.cached("tasks") == {FULL.id: FULL}


def test_databases_and_roadmaps_do_not_see_each_other(state: State) -> None:
    state.absorb("tasks", [PLAIN], events=[EVENT], watermark=NOON)
    assert (state.cached("days"), state.watermark("days")) == ({}, None)
    other = state.of("theirs")
    assert (other.cached("tasks"), other.watermark("tasks"), other.events()) == ({}, None, ())
    other.absorb("tasks", [], gone=[PLAIN.id])
    assert state.cached("tasks") == {PLAIN.id: PLAIN}


def test_events_are_in_their_order_and_kept_once(state: State) -> None:
    later = replace(EVENT, observed=NOON + timedelta(microseconds=1), before="completed", after="in_progress")
    state.absorb("tasks", [], events=[later, EVENT])
    east = timezone(timedelta(hours=5))
    state.absorb("tasks", [], events=[replace(EVENT, observed=NOON.astimezone(east))])
    assert state.events() == (EVENT, later)
    assert state.events(since=later.observed) == (later,)


def test_an_event_of_a_new_row_has_no_before(state: State) -> None:
    state.absorb("tasks", [], events=[replace(EVENT, before=None)])
    assert state.events()[0].before is None


def test_a_watermark_moves_forward_only(state: State) -> None:
    state.absorb("tasks", [], watermark=NOON)
    state.absorb("tasks", [], watermark=NOON - timedelta(minutes=1))
    state.absorb("tasks", [])
    assert state.watermark("tasks") == NOON
    state.absorb("tasks", [], watermark=NOON + timedelta(seconds=1))
    assert state.watermark("tasks") == NOON + timedelta(seconds=1)


def test_forecasts_are_kept_one_a_day_and_subject(state: State) -> None:
    whole = replace(FORECAST, subject="")
    yesterday = replace(FORECAST, made_on=date(2026, 11, 19))
    newer = replace(FORECAST, p50=date(2027, 1, 2))
    state.note_forecasts(FORECAST, whole)
    state.note_forecasts(newer, yesterday)
    assert state.forecasts() == (yesterday, whole, newer)


def test_runs_are_kept_by_job(state: State) -> None:
    run = JobRun(slot="2026-11-20", succeeded=NOON, failed=NOON, why="Notion was away.", failures=2, runs=7)
    state.note_run("sync", run)
    state.note_run("backup", JobRun())
    assert state.runs() == {"sync": run, "backup": JobRun()}
    state.note_run("sync", replace(run, failures=0))
    assert state.runs()["sync"].failures == 0


def test_a_row_says_what_is_still_to_be_written() -> None:
    row = replace(PLAIN, ruled={"tasks.status": "Done", "tasks.hours": 2.5, "tasks.removed": True})
    assert row.due == {"tasks.status": "Done"}
    assert row.settled == {**PLAIN.values, "tasks.status": "Done"}
