"""What is done with a plan before it is applied: guarded, hashed, rendered."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.errors import PlanRefused
from notion_roadmap.plan.changes import Action, Change, FieldChange, Plan
from notion_roadmap.plan.checksum import SHORT, PlanChanged, checksum, demand, short
from notion_roadmap.plan.guard import PlanTooLarge, guard
from notion_roadmap.plan.render import as_json, as_markdown, rows, summary
from notion_roadmap.workspace.items import Kind

PRICE = {"requests": 12, "seconds": 4.5, "blocks": 9, "blocks_per_week": 8, "gated": ["view:tasks/burn-up"]}


def a_plan(action: Action, number: int, existing: int) -> Plan:
    changes = tuple(Change(action, Kind.ROW, f"tasks/{n}", "because", id=f"id-{n}") for n in range(number))
    return Plan(changes, unchanged=existing - number, existing=existing)


MIXED = Plan(
    (
        Change(Action.CREATE, Kind.DATABASE, "tasks", "new in the template"),
        Change(Action.CREATE, Kind.PROPERTY, "tasks.a", "new in the template", within="tasks"),
        Change(Action.CREATE, Kind.PROPERTY, "tasks.b", "new in the template", within="tasks"),
        Change(Action.KEEP, Kind.ROW, "tasks/a", "changed by the owner: Notes is 'a | b\n# <c> `d`'", id="a"),
    ),
    unchanged=1,
    existing=2,
)


class TestGuard:
    def test_the_message_shows_the_arithmetic(self) -> None:
        with pytest.raises(PlanTooLarge) as told:
            guard(a_plan(Action.UPDATE, 40, 90))
        assert isinstance(told.value, PlanRefused)
        assert "would change 40 of 90 items (44%), more than the 30% that one run may" in str(told.value)
        assert (told.value.touched, told.value.existing, told.value.share) == (40, 90, 0.30)

    @pytest.mark.parametrize("action", [Action.UPDATE, Action.TRASH, Action.TWIN])
    def test_what_changes_or_goes_counts(self, action: Action) -> None:
        with pytest.raises(PlanTooLarge):
            guard(a_plan(action, 31, 100))
        guard(a_plan(action, 30, 100))

    @pytest.mark.parametrize("action", sorted(set(Action) - {Action.UPDATE, Action.TRASH, Action.TWIN}))
    def test_nothing_else_counts(self, action: Action) -> None:
        guard(a_plan(action, 100, 100))

    def test_few_changes_are_always_allowed(self) -> None:
        guard(a_plan(Action.TRASH, 9, 9))
        with pytest.raises(PlanTooLarge):
            guard(a_plan(Action.TRASH, 10, 10))
        guard(a_plan(Action.TRASH, 10, 10), least=11)

    def test_the_share_can_be_set_and_the_guard_overruled(self) -> None:
        guard(a_plan(Action.TRASH, 60, 100), share=0.6)
        guard(a_plan(Action.TRASH, 100, 100), force=True)

    def test_an_item_counts_once_however_many_changes_it_has(self) -> None:
        plan = a_plan(Action.UPDATE, 30, 100)
        guard(replace(plan, changes=plan.changes * 2))


changes = st.builds(
    Change,
    st.sampled_from(Action),
    st.sampled_from(Kind),
    st.text(max_size=3),
    st.text(max_size=3),
    st.lists(st.builds(FieldChange, st.text(max_size=2), st.none(), st.none(), st.integers()), max_size=2).map(tuple),
    st.text(max_size=2),
)


class TestChecksum:
    @given(st.lists(changes, max_size=6, unique_by=lambda one: one.place), st.integers())
    def test_it_does_not_depend_on_the_order(self, some: list[Change], seed: int) -> None:
        mixed = random.Random(seed).sample(some, len(some))
        assert checksum(Plan(tuple(some))) == checksum(Plan(tuple(mixed)))

    @pytest.mark.parametrize(
        "other",
        [
            {"action": Action.TRASH},
            {"kind": Kind.PAGE},
            {"key": "tasks/b"},
            {"id": "b"},
            {"fields": (FieldChange("x", 1, 1, 3),)},
            {"fields": (FieldChange("x", 1, 2, 2),)},
            {"fields": ()},
        ],
    )
    def test_it_depends_on_everything_that_would_be_done(self, other: dict[str, object]) -> None:
        change = Change(Action.UPDATE, Kind.ROW, "tasks/a", "because", (FieldChange("x", 1, 1, 2),), id="a")
        assert checksum(Plan((change,))) != checksum(Plan((replace(change, **other),)))  # type: ignore[arg-type]

    def test_it_depends_on_nothing_else(self) -> None:
        change = Change(Action.UPDATE, Kind.ROW, "tasks/a", "because")
        assert checksum(Plan((change,), 1, 2)) == checksum(Plan((replace(change, why="for fun"),), 3, 4))

    def test_the_reviewed_plan_is_the_one_that_is_applied(self) -> None:
        demand(MIXED, checksum(MIXED))
        demand(MIXED, f" {short(MIXED).upper()}\n")
        assert re.fullmatch(rf"[0-9a-f]{{{SHORT}}}", short(MIXED))

    @pytest.mark.parametrize("given", ["", "0" * 64, "0" * 12, checksum(MIXED)[: SHORT - 1], checksum(MIXED) + "0"])
    def test_any_other_is_refused(self, given: str) -> None:
        with pytest.raises(PlanChanged) as told:
            demand(MIXED, given)
        assert short(MIXED) in str(told.value)


class TestRender:
    def test_json_is_as_documented(self) -> None:
        told = json.loads(json.dumps(as_json(MIXED, PRICE)))
        assert set(told) == {"checksum", "changes", "price"}
        assert told["checksum"] == checksum(MIXED)
        assert told["changes"][0] == {
            "action": "create",
            "kind": "database",
            "key": "tasks",
            "why": "new in the template",
        }
        assert told["price"] == PRICE

    def test_rows_are_the_changes_in_order(self) -> None:
        assert [row[2] for row in rows(MIXED)] == ["tasks", "tasks.a", "tasks.b", "tasks/a"]

    def test_the_summary_counts_by_action_and_kind(self) -> None:
        assert summary(MIXED) == "create 1 database, 2 properties; keep 1 row; 1 item unchanged."
        assert summary(Plan((), 7, 7)) == "7 items unchanged."

    def test_markdown_says_everything_and_the_owners_words_mean_nothing_in_it(self) -> None:
        page = as_markdown(MIXED, PRICE)
        assert short(MIXED) in page
        assert "- requests: 12" in page
        assert "- gated: view:tasks/burn-up" in page
        assert "## Create (3)" in page
        assert r"changed by the owner: Notes is 'a \| b \# \<c\> \`d\`'" in page
