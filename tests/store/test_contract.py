"""What every kind of state does. The same tests run over all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notion_roadmap.errors import StateError
from notion_roadmap.store import MemoryState, State, open_state
from notion_roadmap.store.port import StateOfAnotherWorkspace
from notion_roadmap.workspace.items import Kind
from notion_roadmap.workspace.observed import Applied, Intent

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ROW = Applied(Kind.ROW, "tasks/a", "id-a", {"tasks.title": {"is": "Text"}, "tasks.hours": 2}, {"x": "y"})
VIEW = Applied(Kind.VIEW, "view:tasks/all", "id-v", {"name": "📊 Alle"}, {"database": "d"}, rung=2)
INTENT = Intent(Kind.ROW, "tasks/a", NOON, {"tasks.hours": 2}, ("one", "two"))


@pytest.fixture(params=["memory", "sqlite"])
def state(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[State]:
    made: State = MemoryState("ours")
    if request.param == "sqlite":
        made = open_state(tmp_path / "state.sqlite", "ours").state
    yield made
    made.close()


def test_nothing_is_known_at_first(state: State) -> None:
    assert (state.all(), state.intents(), state.fact("x"), state.spending(), state.roadmaps()) == ({}, (), None, (), ())


def test_what_was_recorded_comes_back_equal(state: State) -> None:
    state.record(ROW, VIEW)
    assert state.all() == {ROW.key: ROW, VIEW.key: VIEW}


def test_a_record_takes_the_place_of_the_earlier_one(state: State) -> None:
    state.record(ROW)
    state.record(replace(ROW, id="id-b", fields={}))
    assert state.all() == {ROW.key: replace(ROW, id="id-b", fields={})}


def test_forgetting_takes_only_what_is_named(state: State) -> None:
    state.record(ROW, VIEW)
    state.forget(ROW.key, "never/known")
    assert state.all() == {VIEW.key: VIEW}


def test_clearing_forgets_one_roadmap_and_no_other(state: State) -> None:
    other = state.of("another")
    for one in (state, other):
        one.record(ROW)
        one.intend(INTENT)
        one.remember("choices", {"start": "2026-11-23"})
    state.clear()
    assert (state.all(), state.intents(), state.fact("choices")) == ({}, (), None)
    assert state.roadmaps() == ("another",)
    assert (other.all(), len(other.intents())) == ({ROW.key: ROW}, 1)


def test_an_intent_comes_back_equal_and_its_time_is_aware(state: State) -> None:
    east = timezone(timedelta(hours=2))
    state.intend(replace(INTENT, at=NOON.astimezone(east)))
    assert state.intents() == (INTENT,)
    assert state.intents()[0].at.utcoffset() == timedelta(0)


def test_intents_come_oldest_first(state: State) -> None:
    later = replace(INTENT, key="tasks/0", at=NOON + timedelta(seconds=1))
    state.intend(later, INTENT)
    assert state.intents() == (INTENT, later)


def test_dropping_an_intent_leaves_the_others_and_the_records(state: State) -> None:
    other = replace(INTENT, key="tasks/b")
    state.record(ROW)
    state.intend(INTENT, other)
    state.drop(INTENT.key, "never/known")
    assert state.intents() == (other,)
    assert state.all() == {ROW.key: ROW}


def test_settling_records_and_drops_the_intent(state: State) -> None:
    other = replace(INTENT, key="tasks/b")
    state.intend(INTENT, other)
    state.settle(ROW)
    assert state.all() == {ROW.key: ROW}
    assert state.intents() == (other,)


def test_facts_are_kept_replaced_and_forgotten(state: State) -> None:
    state.remember("template", {"key": "x", "list": [1, 2.5, None, True]})
    assert state.fact("template") == {"key": "x", "list": [1, 2.5, None, True]}
    state.remember("template", "other")
    assert state.fact("template") == "other"
    state.remember("template", None)
    assert state.fact("template") is None


def test_a_value_that_changes_after_it_was_given_does_not_change_what_is_kept(state: State) -> None:
    fields: dict[str, str] = {"name": "before"}
    fact = ["before"]
    state.record(Applied(Kind.VIEW, "v", "id", fields))
    state.remember("fact", fact)
    fields["name"] = "after"
    fact.append("after")
    assert state.all()["v"].fields == {"name": "before"}
    assert state.fact("fact") == ["before"]


def test_roadmaps_do_not_see_each_other(state: State) -> None:
    other = state.of("theirs")
    state.record(ROW)
    state.intend(INTENT)
    state.remember("fact", 1)
    assert (other.all(), other.intents(), other.fact("fact")) == ({}, (), None)
    other.forget(ROW.key)
    other.drop(INTENT.key)
    assert state.all() == {ROW.key: ROW}
    assert state.intents() == (INTENT,)


def test_roadmaps_with_anything_known_are_listed(state: State) -> None:
    state.of("c").remember("fact", 1)
    state.of("a").record(ROW)
    state.of("b").intend(INTENT)
    state.of("nothing").all()
    assert state.roadmaps() == ("a", "b", "c")


def test_spending_is_one_list_for_all_roadmaps(state: State) -> None:
    times = [NOON + timedelta(milliseconds=n) for n in (30, 10, 20)]
    state.save_spending(times)
    assert state.of("theirs").spending() == tuple(sorted(times))
    state.of("theirs").save_spending([])
    assert state.spending() == ()


def test_requests_sent_in_the_same_instant_all_count(state: State) -> None:
    state.save_spending([NOON, NOON, NOON])
    assert state.spending() == (NOON, NOON, NOON)


def test_the_first_claim_binds_and_the_same_one_is_welcome(state: State) -> None:
    ours = {"base_url": "https://api.example", "workspace": "w", "parent": "p"}
    state.claim(ours)
    state.claim(ours)
    with pytest.raises(StateOfAnotherWorkspace) as told:
        state.claim({**ours, "workspace": "other", "base_url": "https://else.example"})
    assert told.value.differing == ("base_url", "workspace")
    assert "ours" in str(told.value)
    state.claim(ours)


def test_a_part_that_is_not_known_tells_nothing_and_stays_once_known(state: State) -> None:
    state.claim({"workspace": "", "parent": "p"})
    state.claim({"workspace": "w", "parent": "p"})
    state.claim({"workspace": "", "parent": "p"})
    with pytest.raises(StateOfAnotherWorkspace):
        state.claim({"workspace": "other", "parent": "p"})


def test_each_roadmap_has_an_identity_of_its_own(state: State) -> None:
    state.claim({"parent": "p"})
    state.of("theirs").claim({"parent": "q"})
    with pytest.raises(StateOfAnotherWorkspace):
        state.of("theirs").claim({"parent": "p"})


def test_failures_are_one_family() -> None:
    assert issubclass(StateOfAnotherWorkspace, StateError)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20) | st.just("\ud83d"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
# Keys and ids are ours or Notion's: whole characters. Values may hold half of one.
names = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
records = st.builds(
    Applied,
    st.sampled_from(Kind),
    names,
    names,
    st.dictionaries(names, json_values, max_size=3),
    st.dictionaries(names, names, max_size=2),
    st.integers(0, 3),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=st.lists(records, max_size=5))
def test_any_records_come_back_equal(state: State, items: list[Applied]) -> None:
    state.forget(*state.all())
    state.record(*items)
    assert state.all() == {one.key: one for one in items}
