"""Two roadmaps on one page: each is seeded, synced and removed as if it were alone."""

from __future__ import annotations

from acceptance.ground import Ground, new_ground
from acceptance.test_other_documents import DATA, value
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.templates import load_template

CLIMBER = load_template(str(DATA / "pillar-roadmap.yaml"))
DAYS = load_template(str(DATA / "day-roadmap.yaml"))


def both() -> tuple[Ground, Ground]:
    climber = new_ground().beside(CLIMBER)
    days = climber.beside(DAYS)
    assert climber.seed(CLIMBER).outcome == "done"
    assert days.seed(DAYS).outcome == "done"
    return climber, days


def content_below(ground: Ground, roadmap: Roadmap) -> dict[str, object]:
    """What is recorded as this roadmap's, as it is there."""
    there = ground.content()
    return {one.id: there.get(one.id) for one in ground.state.all().values() if one.id in there}


def test_neither_finds_anything_to_do_in_the_other() -> None:
    climber, days = both()
    assert climber.id("root") != days.id("root")
    assert climber.id("days" if "days" in climber.state.all() else "reviews") != days.id("reviews")

    with climber.no_writes():
        assert climber.seed(CLIMBER).unchanged > 0
        assert days.seed(DAYS).unchanged > 0


def test_each_finds_its_own_again_when_all_states_are_lost() -> None:
    climber, days = both()
    roots = climber.id("root"), days.id("root")
    climber.forget()
    days.forget()

    with climber.no_writes():
        assert (climber.seed(CLIMBER).outcome, days.seed(DAYS).outcome) == ("done", "done")

    assert (climber.id("root"), days.id("root")) == roots


def test_what_is_done_in_one_counts_in_it_alone() -> None:
    climber, days = both()
    done = {"properties": {"Done": {"checkbox": True}}}
    climber.owner.patch(f"/pages/{days.id('tasks/phase-1/day-2')}", done)
    climber.owner.patch(f"/pages/{climber.id('tasks/phase-1/objective-1')}", done)

    told = climber.sync(CLIMBER).numbers, days.sync(DAYS).numbers

    assert [one.progress.completed for one in told] == [1, 2]
    climber.sync(CLIMBER)
    days.sync(DAYS)
    with climber.no_writes():
        assert (climber.sync(CLIMBER).written, days.sync(DAYS).written) == (0, 0)


def test_removing_one_leaves_the_other_as_it_was() -> None:
    climber, days = both()
    before = content_below(days, DAYS)
    root = climber.id("root")

    result = climber.remove(CLIMBER)

    assert (result["outcome"], result["kept"], result["skipped"]) == ("done", [], [])
    assert climber.owner.get(f"/pages/{root}")["in_trash"] is True
    assert content_below(days, DAYS) == before
    with days.no_writes():
        assert days.seed(DAYS).outcome == "done"
    page = days.reader.get(f"/pages/{days.id('tasks/phase-1/day-1')}")
    assert (page["in_trash"], value(page, "Status")) == (False, "Completed")
