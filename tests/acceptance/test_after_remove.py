"""What a removal leaves behind must not stand in the way of what comes after it."""

from __future__ import annotations

from acceptance.ground import Ground
from notion_roadmap.roadmap import Roadmap


def test_a_seed_after_a_removal_that_kept_an_edited_task_makes_everything_else_again(
    empty: Ground, mini: Roadmap
) -> None:
    """The kept database still relates to one in the trash, and Notion refuses its rows."""
    empty.seed(mini)
    row, status = empty.id("tasks/phase-1/one"), empty.state.all()["tasks.status"].id
    empty.owner.patch(f"/pages/{row}", {"properties": {status: {"select": {"name": "🟡 In Progress"}}}})
    assert empty.remove(mini)["outcome"] == "done"

    result = empty.seed(mini)

    assert (result.outcome, result.skipped) == ("done", [])
    assert any("leads to a database that is gone" in line for line in result.warnings)
    with empty.no_writes():
        assert empty.seed(mini).outcome == "done"


def test_after_a_whole_removal_nothing_is_remembered(empty: Ground, mini: Roadmap) -> None:
    empty.seed(mini)
    empty.remove(mini)
    assert empty.state.roadmaps() == ()
