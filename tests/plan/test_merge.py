"""The three-way decision, as a table: base, live, desired → story."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.plan.alike import alike
from notion_roadmap.plan.fields import GOT, Field
from notion_roadmap.plan.merge import OUTCOMES, Outcome, Story, merge
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.properties import Owner

OURS, SHARED, THEIRS = Owner.OURS, Owner.SHARED, Owner.THEIRS
NO = object()
"""No known base."""

TABLE = [
    # owner, base, live, desired, story
    (SHARED, "a", "a", "a", Story.SAME),
    (SHARED, "a", "a", "b", Story.TEMPLATE_CHANGED),
    (SHARED, "a", "b", "a", Story.OWNER_CHANGED),
    (SHARED, "a", "b", "b", Story.SAME),
    (SHARED, "a", "b", "c", Story.BOTH_CHANGED),
    (SHARED, NO, "a", "a", Story.SAME),
    (SHARED, NO, "b", "a", Story.BASE_UNKNOWN),
    (SHARED, None, None, "a", Story.TEMPLATE_CHANGED),
    (SHARED, None, "b", None, Story.OWNER_CHANGED),
    (SHARED, "a", None, "a", Story.OWNER_CHANGED),
    (SHARED, "a", "a", None, Story.TEMPLATE_CHANGED),
    (OURS, "a", "a", "a", Story.SAME),
    (OURS, "a", "a", "b", Story.COMPUTED),
    (OURS, "a", "b", "a", Story.EDITED_BY_HAND),
    (OURS, "a", "b", "b", Story.SAME),
    (OURS, "a", "b", "c", Story.EDITED_BY_HAND),
    (OURS, NO, "a", "a", Story.SAME),
    (OURS, NO, "b", "a", Story.COMPUTED),
    (THEIRS, "a", "b", "c", None),
    (THEIRS, "a", "a", "b", None),
    (THEIRS, NO, "b", "a", None),
]


@pytest.mark.parametrize(("owner", "base", "live", "desired", "story"), TABLE)
def test_the_table(owner: Owner, base: JSON, live: JSON, desired: JSON, story: Story | None) -> None:
    known = {} if base is NO else {"f": base}
    decisions = list(merge({"f": Field(desired, owner)}, known, {"f": live}))
    assert [one.story for one in decisions] == ([story] if story else [])
    for one in decisions:
        assert (one.name, one.old, one.new) == ("f", live, desired)


def test_every_story_leads_somewhere() -> None:
    assert set(OUTCOMES) == set(Story)


@given(st.sampled_from(["a", "b", None]), st.sampled_from(["a", "b", None, NO]), st.sampled_from(["a", "b", None]))
def test_a_shared_value_that_differs_from_what_we_left_is_never_written(desired: JSON, base: JSON, live: JSON) -> None:
    known = {} if base is NO else {"f": base}
    (decision,) = merge({"f": Field(desired, SHARED)}, known, {"f": live})
    if decision.outcome is Outcome.UPDATE:
        assert base == live
        assert desired != live


def test_what_was_not_read_is_not_decided() -> None:
    assert list(merge({"f": Field("a", OURS)}, {"f": "b"}, {})) == []


@pytest.mark.parametrize("owner", [OURS, SHARED])
def test_what_notion_made_of_our_value_is_neither_an_edit_nor_written_again(owner: Owner) -> None:
    known = {"f": "asked", "f" + GOT: "got"}
    (decision,) = merge({"f": Field("asked", owner)}, known, {"f": "got"})
    assert decision.story is Story.SAME
    (decision,) = merge({"f": Field("asked anew", owner)}, known, {"f": "got"})
    assert decision.outcome is Outcome.UPDATE


def test_a_change_that_only_a_program_sees_is_written_when_the_template_made_it() -> None:
    (decision,) = merge({"f": Field("⏸️ Not Started", SHARED)}, {"f": "⏸ Not Started"}, {"f": "⏸ Not Started"})
    assert decision.story is Story.TEMPLATE_CHANGED


def _link(to: str) -> JSON:
    return {"is": "Text", "runs": [{"is": "Run", "text": "x", "link": to}]}


ALIKE: list[tuple[JSON, JSON]] = [
    ("⏸️ Not Started", "⏸ Not Started"),
    ("Café", "Cafe\u0301"),
    (_link("https://example.org"), _link("https://example.org/")),
    (_link("https://example.org/a b"), _link("https://example.org/a%20b")),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_forms_of_the_same_value_are_alike(one: JSON, other: JSON) -> None:
    assert alike(one, other)
    assert alike([one, {"x": one}], [other, {"x": other}])


@pytest.mark.parametrize(
    ("one", "other"),
    [("a", "A"), ("a", "a "), (["a", "b"], ["b", "a"]), (0, None), (_link("https://a.org"), _link("https://b.org"))],
)
def test_other_differences_count(one: JSON, other: JSON) -> None:
    assert not alike(one, other)
