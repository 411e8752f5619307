"""Taking in: what was pulled, what follows for pairs, events and the record; a run that is cut short loses nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from notion_roadmap.plan.changes import Action
from notion_roadmap.plan.compare import compare
from notion_roadmap.plan.fields import GOT
from notion_roadmap.roadmap.record import StatusEvent, TaskRecord
from notion_roadmap.service.intake import Intake
from notion_roadmap.workspace.items import Workspace
from notion_roadmap.workspace.observed import Seen
from service.living import Living
from service.living import living as begin

ONE, TWO, PROJECT = "tasks/phase-1/one", "tasks/phase-1/two", "tasks/phase-1/project"


def task(intake: Intake, key: str) -> TaskRecord:
    return next(one for one in intake.record.tasks if one.key == key.removeprefix("tasks/"))


def told(intake: Intake) -> list[tuple[str, str | None, str]]:
    return [(one.task, one.before, one.after) for one in intake.events]


def test_ticking_done_completes_a_task_at_once_and_in_notion() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.edits(ONE, done=True)
        intake = await living.syncs()
        assert told(intake) == [("phase-1/one", "not_started", "completed")]
        assert (task(intake, ONE).completed, task(intake, ONE).completed_on) == (True, date(2026, 11, 20))
        assert await living.holds(ONE, "status") == "Done"
        assert await living.holds(ONE, "completed_on") == "2026-11-20"
        again = await living.syncs()
        assert (again.ruled, again.events) == ((), ())

    begin().does(story)


def test_the_owners_own_rows_follow_the_same_rules() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        mine = await living.adds("tasks", title="Mine", phase="Phase 2", done=True)
        intake = await living.syncs()
        assert told(intake) == [(f"id:{mine}", None, "completed")]
        assert await living.holds(mine, "status") == "Done"
        related = await living.holds(mine, "roadmap_phase")
        assert [one["id"] for one in related] == [living.ids["phases/phase-2"]]
        await living.edits(mine, done=False)
        assert told(await living.syncs()) == [(f"id:{mine}", "completed", "not_started")]
        assert await living.holds(mine, "completed_on") is None
        assert (await living.syncs()).ruled == ()

    begin().does(story)


def test_starting_an_alternative_swaps_the_two() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.edits(TWO, status="Doing")
        intake = await living.syncs()
        assert (task(intake, ONE).scope, task(intake, TWO).scope) == ("alternative", "required")
        assert (await living.holds(ONE, "scope"), await living.holds(TWO, "scope")) == ("Alternative", "Required")

    begin().does(story)


def test_all_that_is_ruled_on_a_row_goes_in_one_request() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.edits(ONE, done=True, phase="Phase 2")
        living.wire.sent.clear()
        await living.syncs()
        ((_, path, body),) = living.wire.writes
        assert path.endswith(living.ids[ONE])
        assert len(body["properties"]) == 3

    begin().does(story)


def test_a_run_that_ends_before_it_writes_has_lost_nothing() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.edits(ONE, done=True)
        assert told(await living.takes_in()) == [("phase-1/one", "not_started", "completed")]
        await living.passes(days=3)
        later = await living.syncs()
        assert later.events == ()
        assert await living.holds(ONE, "completed_on") == "2026-11-20"
        assert await living.holds(ONE, "status") == "Done"
        assert len(living.state.events()) == 1

    begin().does(story)


def test_a_run_that_ends_before_it_records_sees_it_all_again() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.edits(ONE, done=True)
        full, living.state.absorb = living.state.absorb, _dies  # type: ignore[method-assign,assignment]
        with pytest.raises(ZeroDivisionError):
            await living.takes_in()
        living.state.absorb = full  # type: ignore[method-assign]
        assert told(await living.takes_in()) == [("phase-1/one", "not_started", "completed")]
        assert len(living.state.events()) == 1

    begin().does(story)


def _dies(*_: Any, **__: Any) -> None:
    raise ZeroDivisionError


def _plan(living: Living, workspace: Workspace, intake: Intake) -> dict[str, set[Action]]:
    """By row and field, what a plan would do to the tasks."""
    live = intake.pulled.sources["tasks"].live(living.state.all())
    columns = [item for one in workspace.databases for item in (one, *one.properties)]
    there = {item.key: Seen(living.ids.get(item.key, ""), item) for item in columns}
    rows = tuple(row for row in workspace.rows if row.key in live)
    wanted = replace(workspace, pages=(), sections=(), views=(), rows=rows)
    found: dict[str, set[Action]] = {}
    for change in compare(wanted, living.state.all(), {**there, **live}).changes:
        for name in change.names:
            found.setdefault(f"{change.key} {name}", set()).add(change.action)
    return found


def test_what_was_ruled_never_becomes_the_base_that_the_template_is_compared_with() -> None:
    """Else a template that changes its own value later would take the field back from the owner."""

    async def story(living: Living) -> None:
        await living.takes_in()
        before = {key: one.fields for key, one in living.state.all().items()}
        await living.edits(PROJECT, done=True)
        await living.edits(TWO, status="Doing", phase="Phase 2")
        await living.syncs()
        intake = await living.syncs()
        assert {key: one.fields for key, one in living.state.all().items()} == before
        assert not any(name.endswith(GOT) for name in living.state.all()[PROJECT].fields)
        same = _plan(living, living.workspace, intake)
        changed = {"tasks.status": "Doing", "tasks.phase": None, "tasks.scope": "Stretch"}
        rows = [
            replace(r, values={**r.values, **changed}) if r.database == "tasks" else r for r in living.workspace.rows
        ]
        later = _plan(living, replace(living.workspace, rows=tuple(rows)), intake)
        ruled = (f"{PROJECT} tasks.status", f"{TWO} tasks.phase", f"{TWO} tasks.scope", f"{ONE} tasks.scope")
        assert [same[field] for field in ruled] == [{Action.KEEP}] * 4
        assert [later[field] for field in ruled] == [{Action.CONFLICT}] * 4
        assert later[f"{ONE} tasks.status"] == {Action.UPDATE}, "nobody touched it"

    begin().does(story)


def test_pauses_entries_and_paces_are_remembered_with_their_first_day() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.passes(days=5)
        await living.edits(
            "settings/roadmap", weekly_hours=10, pause_until="2026-12-01", week_start="Sunday", sync_now=True
        )
        intake = await living.takes_in()
        steering = intake.record.steering
        assert [(c.since, c.weekly_hours) for c in steering.capacities] == [
            (date(2026, 11, 23), 40),
            (date(2026, 11, 25), 10),
        ]
        assert steering.pauses == ((date(2026, 11, 25), date(2026, 12, 1)),)
        assert steering.week_start == 6
        assert intake.wishes.sync_now
        await living.passes(days=20)
        assert (await living.takes_in()).record.steering.pauses == steering.pauses

    begin().does(story)


def test_what_the_owner_chose_stays_their_choice() -> None:
    async def story(living: Living) -> None:
        first = await living.takes_in()
        assert not any(one.focus_chosen for one in first.record.tasks)
        assert all(one.chosen is None for one in first.record.criteria)
        proposed = task(first, PROJECT).focus
        await living.edits(PROJECT, focus="Later" if proposed != "later" else "Now", percent_done=0.3)
        await living.edits("criteria/phase-1/many", met=True)
        second = await living.takes_in()
        assert (task(second, PROJECT).focus_chosen, task(second, PROJECT).percent_done) == (True, 0.3)
        assert {one.key: one.chosen for one in second.record.criteria}["phase-1/many"] is True
        assert (await living.takes_in()).record == second.record
        await living.edits(PROJECT, focus=None, percent_done=None)
        third = await living.takes_in()
        assert (task(third, PROJECT).focus_chosen, task(third, PROJECT).percent_done) == (False, None)

    begin().does(story)


def test_when_the_state_was_lost_history_is_read_off_the_rows() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.edits(ONE, done=True)
        await living.syncs()
        await living.passes(days=2)
        mine = await living.adds("tasks", title="Mine", status="Done", done=True, completed_on="2026-11-21")
        await living.syncs()
        await living.passes(days=10)
        known = await living.takes_in()
        living.loses_state()
        found = await living.takes_in()
        assert found.ruled == ()
        at = datetime(2026, 11, 20, 12, tzinfo=UTC), datetime(2026, 11, 21, 12, tzinfo=UTC)
        assert set(living.state.events()) == {
            StatusEvent(task="phase-1/one", before="not_started", after="completed", observed=at[0]),
            StatusEvent(task=f"id:{mine}", before=None, after="completed", observed=at[1]),
        }
        assert {t.key: t.completed_on for t in found.record.tasks} == {
            t.key: t.completed_on for t in known.record.tasks
        }
        assert set(found.record.history) == set(known.record.history) != set()
        assert (await living.takes_in()).events == ()

    begin().does(story)


def test_a_quiet_look_records_nothing_anew() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.edits(ONE, status="Doing")
        await living.syncs()
        await living.takes_in()
        before = _everything(living)
        record = (await living.takes_in()).record
        assert _everything(living) == before
        assert (await living.takes_in()).record == record

    begin().does(story)


def _everything(living: Living) -> Any:
    state = living.state
    rows = {d.key: state.cached(d.key) for d in living.workspace.databases}
    return rows, state.events(), [state.fact(name) for name in ("columns", "steering", "entries")]


def test_days_end_where_the_owner_lives() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.passes(minutes=60 * 15)  # 00:10 UTC on the 21st, still the 20th in New York
        await living.edits(ONE, done=True)
        assert task(await living.syncs(), ONE).completed_on == date(2026, 11, 20)

    begin(zone="America/New_York").does(story)


def test_ours_and_the_owners_rows_of_the_daily_log_count() -> None:
    async def story(living: Living) -> None:
        await living.adds("days", date="2026-11-20", problems=True, problems_exactly=5)
        await living.edits("days/2026-11-23", problems=True)
        record = (await living.takes_in()).record
        ticked = {one.day: one.habits["problems"] for one in record.days if one.habits["problems"].ticked}
        assert ticked == {date(2026, 11, 20): (True, 5), date(2026, 11, 23): (True, None)}
        assert len(record.days) == 8

    begin().does(story)


def test_own_entries_of_kpis_are_kept_by_day() -> None:
    async def story(living: Living) -> None:
        await living.edits("kpis/problems", own_entry=3)
        await living.takes_in()
        await living.edits("kpis/problems", own_entry=4)
        await living.takes_in()
        await living.passes(days=1)
        await living.edits("kpis/problems", own_entry=None)
        await living.takes_in()
        await living.passes(days=1)
        await living.edits("kpis/problems", own_entry=4)
        entries = (await living.takes_in()).record.entries
        assert [(one.kpi, one.day, one.value) for one in entries] == [
            ("problems", date(2026, 11, 20), 4),
            ("problems", date(2026, 11, 22), 4),
        ]

    begin().does(story)


def test_rows_of_ours_that_a_query_does_not_show_yet_are_not_taken_for_gone() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        living.sandbox.control("switches", {"query_lag_requests": 50})
        made = await living.adds("tasks", title="New")
        applied = living.state.all()
        record = replace(applied[ONE], key="tasks/new", id=made)
        living.state.record(record)
        live = (await living.takes_in()).pulled.sources["tasks"].live(living.state.all())
        assert not live["tasks/new"].trashed
        assert live["tasks/new"].fields == {}

    begin().does(story)


def test_rows_are_live_as_the_plan_compares_them() -> None:
    async def story(living: Living) -> None:
        intake = await living.takes_in()
        live = intake.live(living.state.all())
        assert set(live) == {row.key for row in living.workspace.rows}
        assert live["history/2026-W48/scope"].fields["history.tasks"] == 4
        assert not any(Action.UPDATE in actions for actions in _plan(living, living.workspace, intake).values())

    begin().does(story)
