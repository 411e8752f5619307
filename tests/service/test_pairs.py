"""Fields that mean one thing: the side that the owner changed wins, and the other one follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.service.pairs import Ruling, rule_applications, rule_tasks
from notion_roadmap.service.rules import Rules
from notion_roadmap.workspace.cached import CachedRow
from notion_roadmap.workspace.canonical import JSON

TODAY = date(2026, 11, 20)
DAY: JSON = {"is": "DateSpan", "start": "2026-11-20"}
EARLIER: JSON = {"is": "DateSpan", "start": "2026-11-01"}
RULES = Rules(
    meanings={"Open": "not_started", "Doing": "in_progress", "Stuck": "blocked", "Done": "completed"},
    statuses={"not_started": "Open", "in_progress": "Doing", "blocked": "Stuck", "completed": "Done"},
    phases={"Phase 1": "phases/1", "Phase 2": "phases/2"},
    twins={"tasks/a": "tool", "tasks/b": "tool"},
    done=frozenset({"tasks/old"}),
    stages={"Sent": "applications.sent_on", "Interview": "applications.interview_on"},
)
UNTOUCHED: dict[str, JSON] = {
    "tasks.status": "Open",
    "tasks.done": False,
    "tasks.completed_on": None,
    "tasks.phase": "Phase 1",
    "tasks.roadmap_phase": ["phases/1"],
    "tasks.hours_spent": None,
    "tasks.percent_done": 0,
}


def row(
    key: str = "tasks/x", /, *, of: str = "tasks", ruled: dict[str, JSON] | None = None, **values: JSON
) -> CachedRow:
    told = {f"{of}.{name}": value for name, value in values.items()}
    base = UNTOUCHED if of == "tasks" else {}
    return CachedRow(f"id of {key}", of, key, {**base, **told}, ruled=ruled or {})


def ruled(was: CachedRow | None, now: CachedRow, absent: frozenset[str] = frozenset()) -> Ruling:
    before = {was.id: was} if was is not None else {}
    return rule_tasks(RULES, before, {now.id: now}, TODAY, absent)[now.id]


def due(was: CachedRow | None, now: CachedRow) -> dict[str, JSON]:
    return {key.removeprefix("tasks."): value for key, value in ruled(was, now).row.due.items()}


COMPLETED = {"status": "Done", "done": True}


@pytest.mark.parametrize(
    ("was", "now", "wanted"),
    [
        ({}, {}, {}),
        ({}, {"status": "Doing"}, {}),
        ({}, {"status": "Stuck"}, {}),
        ({}, {"done": True}, {"status": "Done", "completed_on": DAY}),
        ({"status": "Doing"}, {"status": "Doing", "done": True}, {"status": "Done", "completed_on": DAY}),
        ({}, {"status": "Done"}, {"done": True, "completed_on": DAY}),
        ({}, COMPLETED, {"completed_on": DAY}),
        ({}, {**COMPLETED, "completed_on": EARLIER}, {}),
        ({}, {"done": True, "completed_on": EARLIER}, {"status": "Done"}),
        (COMPLETED, {"status": "Done"}, {"status": "Open"}),
        (COMPLETED, {"status": "Done", "hours_spent": 2}, {"status": "Doing"}),
        (COMPLETED, {"status": "Done", "percent_done": 0.5}, {"status": "Doing"}),
        (COMPLETED, {"status": "Done", "percent_done": 1}, {"status": "Open"}),
        (COMPLETED, {"status": "Doing", "done": True}, {"done": False}),
        (COMPLETED, {"status": "Open"}, {}),
        ({}, {"status": "Waiting"}, {}),
        ({}, {"status": "Waiting", "done": True}, {"completed_on": DAY}),
        (COMPLETED, {"status": "Finished ✔", "done": True}, {}),
    ],
    ids=str,
)
def test_status_and_done_and_the_day_of_completion(
    was: dict[str, JSON], now: dict[str, JSON], wanted: dict[str, JSON]
) -> None:
    assert due(row(**was), row(**now)) == wanted


def test_when_both_were_changed_to_different_ends_status_holds_and_it_is_said() -> None:
    told = ruled(row(), row(status="Doing", done=True))
    assert told.row.due == {"tasks.done": False}
    assert told.conflicts == ["Status and Done were both changed, and say different things: Status holds"]


def test_reopening_clears_the_day_that_we_set_and_no_other() -> None:
    ours = row(**COMPLETED, completed_on=DAY, ruled={"tasks.completed_on": DAY})
    theirs = row(**COMPLETED, completed_on=DAY)
    corrected = row(**COMPLETED, completed_on=EARLIER, ruled={"tasks.completed_on": DAY})
    reopened = {"status": "Doing", "done": False}
    assert due(ours, row(**reopened, completed_on=DAY)) == {"completed_on": None}
    assert due(theirs, row(**reopened, completed_on=DAY)) == {}
    assert due(corrected, row(**reopened, completed_on=EARLIER)) == {}


def test_what_was_decided_and_not_written_is_still_due_with_its_first_day() -> None:
    was = row(done=True, ruled={"tasks.status": "Done", "tasks.completed_on": EARLIER})
    assert due(was, row(done=True)) == {"status": "Done", "completed_on": EARLIER}


def test_what_was_written_in_part_asks_for_the_rest() -> None:
    was = row(done=True, ruled={"tasks.status": "Done", "tasks.completed_on": EARLIER})
    assert due(was, row(done=True, status="Done")) == {"completed_on": EARLIER}


def test_an_owner_who_decides_anew_before_it_was_written_is_heard() -> None:
    was = row(done=True, ruled={"tasks.status": "Done", "tasks.completed_on": DAY})
    assert due(was, row(done=False)) == {}
    assert due(was, row(done=True, status="Doing")) == {"done": False}


def test_unticking_right_after_our_own_write_reopens() -> None:
    """Seen from the last look both sides changed; but Status is what we wrote there."""
    was = row(done=True, ruled={"tasks.status": "Done", "tasks.completed_on": DAY})
    now = row(status="Done", done=False, completed_on=DAY)
    assert due(was, now) == {"status": "Open", "completed_on": None}


def test_a_row_that_was_never_seen_is_compared_with_an_untouched_one() -> None:
    assert due(None, row()) == {}
    assert due(None, row(done=True)) == {"status": "Done", "completed_on": DAY}
    assert due(None, row(status="Done")) == {"done": True, "completed_on": DAY}
    assert due(None, row("", done=True, status=None)) == {"status": "Done", "completed_on": DAY}


def test_what_was_done_before_the_roadmap_began_gets_no_day() -> None:
    old = row("tasks/old", **COMPLETED)
    assert due(None, old) == {}
    assert due(None, replace(old, values={**old.values, "tasks.done": False})) == {"status": "Open"}


@pytest.mark.parametrize(
    ("was", "now", "wanted"),
    [
        (("Phase 1", ["phases/1"]), ("Phase 2", ["phases/1"]), {"roadmap_phase": ["phases/2"]}),
        (("Phase 1", ["phases/1"]), ("Phase 1", ["phases/2"]), {"phase": "Phase 2"}),
        (("Phase 1", ["phases/1"]), ("Phase 1", None), {"phase": None}),
        (("Phase 1", ["phases/1"]), (None, ["phases/1"]), {}),
        (("Phase 1", ["phases/1"]), ("Mine", ["phases/1"]), {}),
        (("Phase 1", ["phases/1"]), ("Phase 1", ["id:mine"]), {}),
        (("Phase 1", ["phases/1"]), ("Phase 1", ["phases/1", "phases/2"]), {}),
        (("Phase 1", ["phases/1"]), ("Phase 2", ["phases/2"]), {}),
        (None, ("Phase 1", None), {"roadmap_phase": ["phases/1"]}),
        (None, (None, ["phases/2"]), {"phase": "Phase 2"}),
        (None, (None, None), {}),
    ],
    ids=str,
)
def test_phase_and_the_relation_to_its_row(
    was: tuple[JSON, JSON] | None, now: tuple[JSON, JSON], wanted: dict[str, JSON]
) -> None:
    before = row("", phase=was[0], roadmap_phase=was[1]) if was is not None else None
    assert due(before, row("", phase=now[0], roadmap_phase=now[1])) == wanted


def test_when_both_name_another_phase_the_documented_one_holds_and_it_is_said() -> None:
    told = ruled(row(), row(phase="Phase 2", roadmap_phase=None))
    assert told.row.due == {"tasks.roadmap_phase": ["phases/2"]}
    assert len(told.conflicts) == 1


def test_a_relation_that_is_empty_because_its_row_is_gone_takes_no_phase_away() -> None:
    now = row(phase="Phase 1", roadmap_phase=None)
    assert ruled(row(), now, absent=frozenset({"phases/1"})).row.due == {}
    assert ruled(row(), now).row.due == {"tasks.phase": None}


def _twins(
    was: tuple[dict[str, JSON], dict[str, JSON]], now: tuple[dict[str, JSON], dict[str, JSON]]
) -> tuple[JSON, JSON]:
    """The scopes of a required task and its alternative, after the rules."""
    scopes = ({"scope": "Required"}, {"scope": "Alternative"})
    keys = ("tasks/a", "tasks/b")
    before = {r.id: r for r in (row(k, **{**s, **w}) for k, s, w in zip(keys, scopes, was, strict=True))}
    rows = {r.id: r for r in (row(k, **{**s, **n}) for k, s, n in zip(keys, scopes, now, strict=True))}
    told = rule_tasks(RULES, before, rows, TODAY)
    a, b = (told[f"id of {key}"].row.settled["tasks.scope"] for key in keys)
    return a, b


@pytest.mark.parametrize(
    ("was", "now", "scopes"),
    [
        (({}, {}), ({}, {"status": "Doing"}), ("Alternative", "Required")),
        (({}, {}), ({}, {"done": True}), ("Alternative", "Required")),
        (({}, {}), ({"status": "Doing"}, {}), ("Required", "Alternative")),
        (({}, {}), ({}, {"status": "Stuck"}), ("Required", "Alternative")),
        (({"status": "Doing"}, {}), ({"status": "Doing"}, {"status": "Doing"}), ("Alternative", "Required")),
        ((COMPLETED, {}), (COMPLETED, {"status": "Doing"}), ("Required", "Alternative")),
        (({}, {}), ({}, {"status": "Doing", "scope": "Dropped"}), ("Required", "Dropped")),
        (({}, {}), ({"scope": "Stretch"}, {"status": "Doing"}), ("Stretch", "Required")),
        (({}, {"status": "Doing"}), ({}, {"status": "Doing"}), ("Required", "Alternative")),
    ],
    ids=str,
)
def test_starting_an_alternative_makes_it_required_and_its_twin_the_alternative(
    was: tuple[dict[str, JSON], dict[str, JSON]],
    now: tuple[dict[str, JSON], dict[str, JSON]],
    scopes: tuple[str, str],
) -> None:
    assert _twins(was, now) == scopes


def test_an_application_gets_the_day_on_which_its_stage_was_first_seen() -> None:
    def days(was: CachedRow | None, now: CachedRow) -> dict[str, JSON]:
        before = {was.id: was} if was is not None else {}
        return rule_applications(RULES, before, {now.id: now}, TODAY)[now.id].row.due

    empty: dict[str, JSON] = {"stage": None, "sent_on": None, "interview_on": None}
    fresh = row("", of="applications", **empty)
    sent = row("", of="applications", **{**empty, "stage": "Sent"})
    assert days(None, fresh) == {}
    assert days(None, sent) == days(fresh, sent) == {"applications.sent_on": DAY}
    assert days(fresh, row("", of="applications", **{**empty, "stage": "Sent", "sent_on": EARLIER})) == {}
    was_sent = row("", of="applications", **{**empty, "stage": "Sent", "sent_on": DAY})
    cleared = replace(sent, ruled={})
    assert days(was_sent, cleared) == {}, "the owner took the day away"
    further = row("", of="applications", **{**empty, "stage": "Interview", "sent_on": DAY})
    assert days(was_sent, further) == {"applications.interview_on": DAY}


def test_rows_that_are_gone_or_lost_a_column_are_left_alone() -> None:
    assert rule_tasks(RULES, {}, {"i": replace(row(done=True), id="i", gone="trashed")}, TODAY) == {}
    bare = replace(row(), values={k: v for k, v in UNTOUCHED.items() if k != "tasks.status"} | {"tasks.done": True})
    assert due(row(), bare) == {}
    assert due(bare, row(**COMPLETED)) == {}
    assert due(row(), replace(bare, values={"tasks.done": True})) == {}


statuses = st.sampled_from(["Open", "Doing", "Stuck", "Done", None, "Mine"])
histories = st.lists(st.tuples(statuses, st.booleans(), st.booleans(), st.booleans()), max_size=8)


@given(histories)
def test_whatever_the_owner_does_the_pair_comes_to_rest_in_step(history: list[tuple[JSON, bool, bool, bool]]) -> None:
    """Edits of one or both sides, each followed by a look, and by our write or not; then we write, and all is quiet."""
    seen: CachedRow | None = None
    live = row()
    for status, done, sets_status, we_write in history:
        values = dict(live.values)
        if sets_status:
            values["tasks.status"] = status
        else:
            values["tasks.done"] = done
        live = replace(live, values=values)
        seen = ruled(seen, live).row
        if we_write:
            live = replace(live, values=seen.settled)
    for _ in range(2):
        seen = ruled(seen, live).row
        live = replace(live, values=seen.settled)
    rested = ruled(seen, live).row
    assert rested.due == {}
    if RULES.knows(rested.values):
        assert (RULES.meaning(rested.values) == "completed") == (rested.values["tasks.done"] is True)


@given(histories)
def test_the_last_word_is_the_owners(history: list[tuple[JSON, bool, bool, bool]]) -> None:
    """When only one side was edited in the end, that side stands as the owner left it."""
    seen: CachedRow | None = ruled(None, row()).row
    live = row()
    for status, done, sets_status, we_write in history:
        key, value = ("tasks.status", status) if sets_status else ("tasks.done", done)
        edited = live.values[key] != value
        live = replace(live, values={**live.values, key: value})
        seen = ruled(seen, live).row
        if edited:
            assert seen.settled[key] == value
        if we_write:
            live = replace(live, values=seen.settled)
            seen = ruled(seen, live).row
