"""A long life costs a sync no more than it must: what is over and written is not looked at again."""

from __future__ import annotations

from living.life import LIVED, START
from notion_roadmap.service.past import without_past
from notion_roadmap.service.sync import Syncer
from notion_roadmap.workspace.items import Row, Workspace
from service.living import Living, living


def wished(*keys: str) -> Workspace:
    rows = tuple(Row(key, key.partition("/")[0], {}) for key in keys)
    return Workspace("lived", "Lived", "1", (), (), (), (), rows)


def left(recorded: set[str], *keys: str) -> set[str]:
    return {row.key for row in without_past(wished(*keys), recorded).rows}


def test_points_of_weeks_that_are_over_are_left_alone_once_they_are_recorded() -> None:
    old, unmade, now = "history/2026-W53/done", "history/2026-W52/done", "history/2027-W01/done"
    task, day = "tasks/a", "days/2026-12-01"
    assert left({old, now, task, day}, old, unmade, now, task, day) == {unmade, now, task, day}
    assert left(set(), task) == {task}


def test_a_week_that_nobody_wrote_is_made_up_and_then_stands() -> None:
    """Three weeks without a sync: their points come with the next one, and the one after it writes nothing."""

    async def story(one: Living) -> None:
        await one.passes(days=(START - one.clock.now().date()).days)
        await Syncer(one.house).sync(one.roadmap)
        await one.passes(days=22)
        made = await Syncer(one.house).sync(one.roadmap)
        assert {key for key in made.created if key.endswith("/done")} == {
            f"history/2026-W{week}/done" for week in (49, 50, 51)
        }
        again = await Syncer(one.house).sync(one.roadmap)
        assert (again.outcome, again.written) == ("done", 0)

    living(LIVED).does(story)
