"""Bringing a workspace that stands up to date: what a second and later seed says, costs and survives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acceptance.editions import MINI_FILE, Edit, column, edition, task, view
from acceptance.ground import Ground, Seeded
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.service.lookup import LAG_SECONDS

LINES: list[dict[str, Any]] = [{"label": f"Step {n}", "text": "Go"} for n in range(102)]
LINES[7]["items"] = ["first", "then"]


def with_principles(data: dict[str, Any]) -> None:
    data["principles"] = [{"title": "Be kind", "lines": [{"label": "To whom", "text": "all"}]}]


def with_longer_words(data: dict[str, Any]) -> None:
    """Several blocks come: into two bodies, one of them in several requests, and into a section."""
    data["principles"] = [{"title": "Be kind", "lines": [{"label": f"Rule {n}", "text": "so"} for n in range(3)]}]
    data["principles"].append({"title": "Be quick", "lines": [{"label": "How", "text": "now"}]})
    task(data, "phase-1/one").update(deliverables=["Notes", "Middle one", "Middle two", "A script"], lines=LINES)
    task(data, "phase-1/project").update(deliverables=["One", "Two"])


def words(ground: Ground) -> list[Any]:
    """Everything that stands on the pages that `with_longer_words` changes."""

    def told(blocks: list[Any]) -> list[Any]:
        return [(b["type"], b[b["type"]].get("rich_text"), told(b["children"])) for b in blocks]

    return [told(ground.reader.tree(ground.id(key))) for key in ("root", "tasks/phase-1/one", "tasks/phase-1/project")]


def test_the_seconds_of_a_result_are_those_of_the_whole_run(empty: Ground, mini: Roadmap) -> None:
    """Looking takes most of a second seed, and it said 0.0 s."""
    empty.seed(mini)
    stall = {"method": "GET", "path": "/v1/users/me", "times": 1, "action": {"type": "respond", "status": 503}}
    empty.workspace.control("faults", [{**stall, "when": "before"}])
    before = empty.clock.seconds

    result = empty.seed(mini)

    assert result.retries == 1
    assert result.seconds == empty.clock.seconds - before > 0


@pytest.mark.parametrize(
    ("when", "action"), [("after", {"type": "respond", "status": 504}), ("before", "drop")], ids=["saved", "lost"]
)
def test_words_that_were_saved_without_an_answer_are_not_taken_for_the_owners(
    empty: Ground, when: str, action: Any
) -> None:
    """A body of several requests was left half-way, and the run said `partial`."""
    older, newer = edition(with_principles, file=MINI_FILE), edition(with_principles, with_longer_words, file=MINI_FILE)
    empty.seed(older)
    untroubled = empty.fork()
    assert untroubled.seed(newer).outcome == "done"
    rule = {"method": "PATCH", "path": "/v1/blocks/*/children", "when": when, "action": action}
    empty.workspace.control("faults", [{**rule, "nth": nth} for nth in (1, 3, 5)])

    result = empty.seed(newer)

    assert (result.outcome, result.skipped) == ("done", [])
    assert result.seconds >= LAG_SECONDS, "the faults came"
    assert words(empty) == words(untroubled)
    with empty.no_writes():
        assert empty.seed(newer).kept == []


@pytest.mark.parametrize("nth", [1, 2])
def test_a_long_section_whose_answer_was_lost_is_finished_in_the_same_run(empty: Ground, nth: int) -> None:
    """It was found half-made, and left to the next run."""
    rules = [{"label": f"Rule {n}", "text": "so"} for n in range(150)]
    long = edition(lambda data: data.update(principles=[{"title": "Be kind", "lines": rules}]), file=MINI_FILE)
    lost = {"method": "PATCH", "path": "/v1/blocks/*/children", "nth": nth, "when": "after", "action": "drop"}
    empty.workspace.control("faults", [lost])

    result = empty.seed(long)

    assert (result.outcome, result.skipped) == ("done", [])
    toggles = [block for block in empty.reader.tree(empty.id("root")) if block["type"] == "toggle"]
    assert [len(one["children"]) for one in toggles if "Be kind" in str(one["toggle"]["rich_text"])] == [150]
    with empty.no_writes():
        assert empty.seed(long).kept == []


def test_what_somebody_writes_while_a_seed_runs_is_not_written_over(empty: Ground, mini: Roadmap) -> None:
    empty.seed(mini)
    page, newer = empty.id("tasks/phase-1/project"), edition(with_longer_words, file=MINI_FILE)
    looks: list[str] = []

    def write(method: str, path: str) -> None:
        looks.extend([path] if method == "GET" and path == f"/v1/blocks/{page}/children" else [])
        if len(looks) == 2:  # the first one was for the plan, which is being carried out now
            looks.append("and somebody wrote")
            mine = {"type": "paragraph", "paragraph": {"rich_text": [{"text": {"content": "My own words"}}]}}
            empty.owner.patch(f"/blocks/{page}/children", {"children": [mine]})

    empty.recorder.before = write
    first, second = empty.seed(newer), empty.seed(newer)

    assert first.outcome == "partial"
    assert {"key": "tasks/phase-1/project"}.items() <= first.skipped[0].items()
    assert second.outcome == "done"
    assert any(line.startswith("tasks/phase-1/project: changed by the owner") for line in second.kept)
    assert "My own words" in str(empty.reader.tree(page))


def with_another_phase(data: dict[str, Any]) -> None:
    window = {"unit": "weeks", "start": 9, "end": 12}
    tasks = [{"key": "phase-3/new", "title": "New", "category": "Learning", "hours": 5, "skills": ["zig", "python"]}]
    data["phases"].append({"key": "phase-3", "title": "Third", "option": "Phase 3", "window": window, "tasks": tasks})
    column(data, "phase")["options"].append({"name": "Phase 3"})


def with_other_views(data: dict[str, Any]) -> None:
    data["tracking"]["views"].append({"key": "short", "name": "Short", "layout": "table"})
    view(data, "Board")["name"] = "By phase"
    view(data, "Projects")["filter"]["equals"] = "Learning"


def with_other_columns(data: dict[str, Any]) -> None:
    column(data, "category")["options"].append({"name": "Reading"})
    column(data, "hours")["words"] = "as estimated"


def with_fewer_tasks(data: dict[str, Any]) -> None:
    data["phases"][0]["tasks"].pop()


def with_other_titles(data: dict[str, Any]) -> None:
    data.update(title="Another title", goal="Another goal")
    task(data, "phase-1/one").update(title="Learn it", hours=3)


CHANGES: list[Edit] = [
    with_principles, with_longer_words, with_another_phase, with_other_views, with_other_columns, with_fewer_tasks,
    with_other_titles,
]  # fmt: skip


@settings(max_examples=4)
@given(edits=st.sets(st.sampled_from(range(len(CHANGES))), min_size=1), back=st.booleans(), restore=st.booleans())
def test_an_update_costs_what_its_plan_says(
    seeded_mini: Seeded, mini: Roadmap, edits: set[int], back: bool, restore: bool
) -> None:
    """Bodies and columns are read before they are changed, and a body takes a request for each edit: none of it was in
    the price. The manifest always is, though it is not always written."""
    ground = seeded_mini.ground.fork()
    if restore:
        ground.owner.patch(f"/pages/{ground.id('tasks/phase-2/one')}", {"in_trash": True})
        ground.owner.call("DELETE", f"/views/{ground.id('view:tasks/all')}")
    newer = edition(*(CHANGES[number] for number in sorted(edits) if number != 5 or 1 not in edits), file=MINI_FILE)
    for roadmap in (newer, mini) if back else (newer,):
        prepared, result = ground.seed_with_plan(roadmap, restore=restore)
        assert (result.outcome, result.skipped) == ("done", [])
        assert 0 <= prepared.price.requests - result.requests <= 1
    ground.workspace.close()


def test_what_is_computed_is_not_called_a_change_of_the_template(small: Ground, mini: Roadmap) -> None:
    """The owner ticks a task off and has fewer hours a week: nobody touched the template."""
    done = {small.id("tasks.done"): {"checkbox": True}}
    small.owner.patch(f"/pages/{small.id('tasks/phase-1/one')}", {"properties": done})
    small.settings = small.settings.model_copy(update={"roadmap_weekly_hours": 20.0})

    plan = small.plan(mini).plan

    assert "computed anew: words on the page" in {change.why for change in plan.changes if change.key == "root"}
    assert len(plan.changes) > 8
    assert not [change for change in plan.changes if "template" in change.why]


def without_extras(data: dict[str, Any]) -> None:
    """Nothing is left of the document that no database holds: the root page has one section less."""
    del data["goal"]


def test_a_section_that_the_template_drops_goes(small: Ground) -> None:
    """It stayed for ever, and nobody said so."""
    blocks = small.applied("section:extras").refs["blocks"].split()
    dropped = edition(without_extras, file=MINI_FILE)

    prepared, result = small.seed_with_plan(dropped)

    (change,) = prepared.plan.changes
    assert (change.action, change.key, change.why) == (
        "trash",
        "section:extras",
        "no longer in the template, untouched",
    )
    assert (result.outcome, prepared.price.requests - result.requests) == ("done", 1)
    assert not {b["id"] for b in small.reader.children(small.id("root"))} & set(blocks)
    with small.no_writes():
        assert small.seed(dropped).kept == []


def test_a_section_that_the_template_drops_and_the_owner_edited_stays(small: Ground) -> None:
    block = small.id("section:extras")
    small.owner.patch(f"/blocks/{block}", {"toggle": {"rich_text": [{"text": {"content": "My goal"}}]}})

    result = small.seed(edition(without_extras, file=MINI_FILE))

    assert (result.outcome, result.kept) == ("done", ["section:extras: orphan: the owner edited it"])
    assert "My goal" in str(small.reader.children(small.id("root")))


def test_a_view_on_a_page_that_is_dropped_goes_with_what_holds_it(small: Ground, mini: Roadmap) -> None:
    """Notion deletes no last view of a database, and a linked one has but one: each run ended partial."""
    one = small.applied("view:tasks/root-today")
    small.state.forget(one.key)
    small.state.record(replace(one, key="view:tasks/root-of-old"))

    result = small.seed(mini)

    assert (result.outcome, result.skipped) == ("done", [])
    on_page = {block["id"] for block in small.reader.children(small.id("root"))}
    assert one.refs["database"] not in on_page
    assert small.applied("view:tasks/root-today").refs["database"] in on_page
