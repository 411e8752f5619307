"""An edited document, imported again, brought into a template that was edited by hand."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.templates.digests import as_imported, digest
from notion_roadmap.templates.update import Change, Marks, Updated, _out_of_order, updated

OLD: dict[str, Any] = {
    "key": "mine",
    "title": "Mine",
    "version": 3,
    "phases": [
        {
            "key": "phase-1",
            "option": "Renamed by hand",
            "title": "One",
            "tasks": [{"key": "a", "title": "A"}, {"key": "b", "title": "B", "hours": 2}, {"key": "c", "title": "C"}],
        },
        {"key": "phase-2", "option": "Phase 2", "title": "Two", "tasks": [{"key": "d", "title": "D"}]},
    ],
}
NEW = {**deepcopy(OLD), "version": 1}
NEW["phases"][0]["option"] = "Phase 1"


def tasks(data: dict[str, Any]) -> list[str]:
    return [" ".join(task["key"] for task in phase["tasks"]) for phase in data["phases"]]


def again(change: Any, marks: Marks | None = None, old: dict[str, Any] = OLD) -> Updated:
    """The template after an import that `change` (of a copy of the import) made different."""
    new = deepcopy(NEW)
    change(new)
    before = deepcopy((old, new))
    result = updated(old, new, marks or Marks())
    assert (old, new) == before
    return result


def test_the_same_document_changes_nothing() -> None:
    result = again(lambda new: None)
    assert (result.data, result.changes, result.written) == (OLD, (), False)


def test_what_the_document_states_wins_and_raises_the_version() -> None:
    result = again(lambda new: new["phases"][0]["tasks"][1].update(hours=5, priority="HIGH"))
    assert result.data["phases"][0]["tasks"][1] == {"key": "b", "title": "B", "hours": 5, "priority": "HIGH"}
    assert result.changes == (Change("changed", "b", "hours", 2, 5), Change("added", "b", "priority", None, "HIGH"))
    assert result.data["version"] == 4


def test_what_only_the_template_has_stays_and_is_told() -> None:
    old = {**deepcopy(OLD), "icon": "🚀"}
    old["phases"][0]["tasks"][0]["skills"] = ["sql"]
    result = again(lambda new: None, old=old)
    assert result.data == old
    assert not result.written
    assert result.changes == (Change("kept", "a", "skills", ["sql"], None), Change("kept", "", "icon", "🚀", None))


def test_a_guess_that_the_author_confirmed_or_changed_stays() -> None:
    here = ("phases", "=phase-1", "tasks", "=b", "hours")
    stays = again(lambda new: new["phases"][0]["tasks"][1].update(hours=5), Marks(guessed=frozenset({here})))
    assert stays.changes == (Change("kept", "b", "hours", 2, 5),)
    assert stays.data == OLD
    doubtful = Marks(guessed=frozenset({here}), doubtful=frozenset({here}))
    follows = again(lambda new: new["phases"][0]["tasks"][1].update(hours=5), doubtful)
    assert follows.changes == (Change("changed", "b", "hours", 2, 5),)


def test_what_the_author_changed_stays_as_long_as_the_document_says_what_it_said() -> None:
    here = ("phases", "=phase-1", "tasks", "=b")

    def imported(new: dict[str, Any]) -> None:
        new["phases"][0]["tasks"][1].update(title="Bee", hours=5, priority="HIGH", window={"unit": "weeks", "start": 1})

    same = again(imported, Marks(before={here: "3f9a1c"}, now={here: "3f9a1c"}))
    assert (same.data, same.written) == (OLD, False)
    assert same.changes == (
        Change("kept", "b", "title", "B", "Bee"),
        Change("kept", "b", "hours", 2, 5),
        Change("kept", "b", "priority", None, "HIGH"),
        Change("kept", "b", "window", None, {"unit": "weeks", "start": 1}),
    )
    other = again(imported, Marks(before={here: "3f9a1c"}, now={here: "000000"}))
    assert other.data["phases"][0]["tasks"][1]["title"] == "Bee"


def test_a_digest_is_of_the_entry_itself() -> None:
    phase = OLD["phases"][0]
    assert digest(phase) == digest({**phase, "tasks": phase["tasks"][:1]})
    assert digest(phase) != digest({**phase, "title": "Other"})
    assert digest({"a": {"b": [1]}}) != digest({"a": {"b": [2]}})
    assert digest(phase) == digest({**phase, "key": "phase-9", "option": "Phase 9"})
    assert len(digest({})) == 6


def test_a_template_as_it_was_imported() -> None:
    imported = {
        "key": "mine",
        "phases": [{"key": "p", "title": "One", "tasks": [{"key": "p/a", "title": "A", "hours": 2}]}],
    }
    mine = {
        "key": "mine",
        "phases": [{"key": "p", "title": "Ours", "tasks": [{"key": "p/a", "title": "Aha", "x": [1]}]}],
    }
    phase, task = ("phases", "=p"), ("phases", "=p", "tasks", "=p/a")
    digests = {phase: digest(imported["phases"][0]), task: digest(imported["phases"][0]["tasks"][0])}
    fresh = deepcopy(imported)
    fresh["phases"][0]["tasks"][0]["key"] = "p/another"
    assert as_imported(mine, digests, fresh) == imported
    assert (
        as_imported(mine, {phase: digests[phase], task: "000000"}, fresh)["phases"][0]["tasks"]
        == mine["phases"][0]["tasks"]
    )
    assert as_imported(mine, {}, fresh) == mine


def test_a_guessed_order_is_the_authors() -> None:
    marks = Marks(guessed=frozenset({("phases",)}))
    turned = again(lambda new: new["phases"].insert(0, {**new["phases"].pop(), "title": "Zwei"}), marks)
    assert (turned.data, turned.changes) == (OLD, (Change("kept", "phase-2", "title", "Two", "Zwei"),))
    new = {"key": "phase-0", "title": "Zero", "tasks": []}
    more = again(lambda data: data["phases"].insert(0, new), marks)
    assert [phase["key"] for phase in more.data["phases"]] == ["phase-1", "phase-2", "phase-0"]


def test_an_entry_that_is_gone_from_the_document_goes_if_it_came_from_it() -> None:
    imported = Marks(before={("phases", "=phase-1", "tasks", "=b"): "3f9a1c"})
    result = again(lambda new: new["phases"][0]["tasks"].pop(1), imported)
    assert tasks(result.data) == ["a c", "d"]
    assert result.changes == (Change("removed", "b", "", "B", None),)


def test_an_entry_that_was_added_by_hand_stays_where_it_was() -> None:
    result = again(lambda new: new["phases"][0]["tasks"].pop(1))
    assert tasks(result.data) == ["a b c", "d"]
    assert result.changes == (Change("kept", "b", "", "B", None),)
    assert tasks(again(lambda new: new["phases"][0]["tasks"].pop(0)).data) == ["a b c", "d"]


def test_a_task_that_moved_keeps_what_it_has() -> None:
    old = deepcopy(OLD)
    old["phases"][0]["tasks"][1]["skills"] = ["sql"]

    def move(new: dict[str, Any]) -> None:
        new["phases"][1]["tasks"].append(new["phases"][0]["tasks"].pop(1))

    result = again(move, old=old)
    assert tasks(result.data) == ["a c", "d b"]
    assert result.data["phases"][1]["tasks"][1] == {"key": "b", "title": "B", "hours": 2, "skills": ["sql"]}
    assert Change("moved", "b", "", "phase-1", "phase-2") in result.changes
    turned = again(lambda new: new["phases"][0]["tasks"].append(new["phases"][0]["tasks"].pop(0)))
    assert tasks(turned.data) == ["b c a", "d"]
    assert turned.changes == (Change("moved", "a", ""),)


def test_entries_that_share_a_name_are_taken_as_they_stand() -> None:
    books = [{"title": "SQL", "author": "A"}, {"title": "SQL", "author": "B"}]
    old = {**deepcopy(OLD), "books": books}
    more = [*books, {"title": "SQL", "author": "C"}]
    result = again(lambda new: new.update(books=more), old=old)
    assert result.data["books"] == more
    assert result.changes == (Change("changed", "", "books", books, more),)


def test_new_entries_stand_where_the_document_has_them() -> None:
    result = again(lambda new: new["phases"][0]["tasks"].insert(1, {"key": "n", "title": "New"}))
    assert tasks(result.data) == ["a n b c", "d"]
    assert result.changes == (Change("added", "n", "", None, "New"),)


@given(st.permutations(range(7)), st.sets(st.integers(0, 6)))
def test_as_few_names_as_possible_move(order: list[int], gone: set[int]) -> None:
    old, new = [str(one) for one in range(7)], [str(one) for one in order if one not in gone]
    moved = _out_of_order(old, [*new, "fresh"])
    assert [one for one in new if one not in moved] == sorted(set(new) - moved)
    best = max(size for size in range(len(new) + 1) if not size or _rises(new, size))
    assert len(new) - len(moved) == best


def _rises(names: list[str], size: int) -> bool:
    from itertools import combinations

    return any(list(some) == sorted(some) for some in combinations(names, size))
