"""Days and weeks of the service over an embedded workspace, in virtual time: what it costs, sees and makes up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from notion_roadmap.errors import RunStopped
from notion_roadmap.schedule.due import DAY_BUDGET
from notion_roadmap.service.unpack import read_archive
from schedule.days import LIVED, Days

START = date(2026, 11, 23)
"""When the roadmap begins."""


def told(one: Days, story: Callable[[], Awaitable[None]]) -> None:
    async def main(_: object) -> None:
        await story()

    one.does(main)


def noon(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(12), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def two_quiet_days(one: Days) -> None:
    async def story() -> None:
        first = await one.lives(hours=24)
        made = one.backups
        assert len(made) == 1, "the first backup is made at once"
        backup = read_archive(one.folder / made[0])
        assert first <= DAY_BUDGET + 2 * backup.rows + 100, "beside it the first day is an ordinary one"
        assert await one.lives(hours=24) <= DAY_BUDGET
        assert one.service.how_it_goes().healthy
        assert one.backups == made, "nothing was edited since"

    told(one, story)


@pytest.mark.slow
@pytest.mark.parametrize("template", [LIVED, "data-engineering-career"], ids=["lived", "bundled"])
def test_a_quiet_day_costs_at_most_300_requests(tmp_path: Path, template: str) -> None:
    two_quiet_days(Days(tmp_path, template))


def test_without_a_backup_the_very_first_day_costs_no_more(tmp_path: Path) -> None:
    one = Days(tmp_path, roadmap_backup_keep=0)

    async def story() -> None:
        assert await one.lives(hours=24) <= DAY_BUDGET
        assert not one.folder.exists()

    told(one, story)


@pytest.mark.slow
def test_while_the_owner_is_at_it_every_edit_is_seen_within_two_minutes(tmp_path: Path) -> None:
    one = Days(tmp_path, roadmap_backup_keep=0)
    edits, seen = list[datetime](), list[datetime]()

    def completed() -> int:
        return sum(event.after == "completed" for event in one.state.events())

    async def meanwhile() -> None:
        if len(seen) < completed():
            seen.append(one.clock.now())
        elif len(edits) == len(seen) and (not seen or one.clock.now() - seen[-1] > timedelta(minutes=14)):
            edits.append(one.clock.now())
            key = await one.adds("tasks", title=f"Own {len(edits)}", phase="Phase 1", category="Learning")
            await one.edits(key, done=True)

    async def story() -> None:
        await one.passes(days=3)
        await one.lives(hours=2, meanwhile=meanwhile)
        waits = [b - a for a, b in zip(edits, seen, strict=False)]
        assert len(waits) >= 6
        assert max(waits[1:]) <= timedelta(minutes=2), "the first one has yet to be noticed"

    told(one, story)


def test_three_weeks_of_downtime_are_made_up_in_order_once(tmp_path: Path) -> None:
    one = Days(tmp_path)

    async def story() -> None:
        await one.passes(days=3)
        await one.lives(hours=0.1)
        nights = one.notes.reports.count(("reconcile", "done"))
        await one.passes(days=22)
        one.starts()
        await one.lives(hours=0.5)
        assert one.notes.reports.count(("reconcile", "done")) == nights + 1, "three weeks of nights are one"
        keys = [f"reviews/2026-W{week}" for week in range(48, 52)]
        one.ids |= {key: item.id for key, item in one.state.all().items()}
        pages = [await one.says("GET", f"pages/{one.ids[key]}") for key in keys]
        assert [page["created_time"] for page in pages] == sorted(page["created_time"] for page in pages)
        assert [await one.holds(key, "closed") for key in keys] == [True, True, True, False]
        assert _made(one) == keys[1:], "in order, and none twice; the seed made the first"
        one.starts()
        before = len(one.wire.writes)
        await one.lives(hours=0.5)
        assert len(one.wire.writes) == before

    told(one, story)


def _made(one: Days) -> list[str]:
    """The keys of the reviews that were made since the seed, in the order of the requests."""
    bodies = [body for method, path, body in one.wire.sent if (method, path) == ("POST", "/v1/pages")]
    texts = [value["rich_text"] for body in bodies for value in body["properties"].values() if "rich_text" in value]
    words = ["".join(run["text"]["content"] for run in text) for text in texts]
    return [one for one in words if one.startswith("reviews/")]


def test_a_revoked_token_is_visible_and_backs_off_and_a_new_one_is_enough(tmp_path: Path) -> None:
    one = Days(tmp_path)

    async def story() -> None:
        await one.lives(hours=1)
        one.away = RunStopped("Notion does not accept the token", hint="Make a new one")
        runs = len(one.notes.reports)
        await one.lives(hours=24)
        assert len(one.notes.reports) - runs < 4 * 60, "it waits longer and longer, up to half an hour"
        health = one.service.how_it_goes()
        assert (health.healthy, health.stale) == (False, True)
        assert {"sync", "reconcile"} <= set(health.failing)
        assert health.jobs["sync"]["why"] == "lived: Notion does not accept the token. Make a new one"
        one.away = None
        await one.lives(hours=0.6)
        assert one.service.how_it_goes().healthy

    told(one, story)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Amsterdam", date(2027, 3, 28)),
        ("Europe/Amsterdam", date(2027, 10, 31)),
        ("America/Los_Angeles", date(2027, 3, 14)),
        ("America/Los_Angeles", date(2027, 11, 7)),
        ("Australia/Lord_Howe", date(2027, 4, 4)),
        ("Australia/Lord_Howe", date(2027, 10, 3)),
    ],
)
def test_when_the_clocks_change_each_night_has_its_turn_once_and_each_day_its_row(
    tmp_path: Path, zone: str, day: date
) -> None:
    one = Days(tmp_path, zone=zone, roadmap_night="02:15", roadmap_sync_minutes=60, roadmap_backup_keep=0)
    turns = list[date]()

    async def meanwhile() -> None:
        turn = one.notes.known["reconcile"].succeeded
        if turn is not None and turn.astimezone(ZoneInfo(zone)).date() not in turns[-1:]:
            turns.append(turn.astimezone(ZoneInfo(zone)).date())

    async def story() -> None:
        await one.passes(seconds=(noon(day - timedelta(days=2), zone) - one.clock.now()).total_seconds())
        await one.lives(hours=hours(day, zone), meanwhile=meanwhile)
        assert turns == [day + timedelta(days=n) for n in (-2, -1, 0, 1, 2)]
        assert one.notes.reports.count(("reconcile", "done")) == 5
        rows = {key for key in one.state.all() if key.startswith("days/")}
        assert {f"days/{day + timedelta(days=n)}" for n in range(-1, 7)} <= rows

    told(one, story)


def hours(day: date, zone: str) -> float:
    """From noon two days before to noon two days after, as long as they are there."""
    ends = [noon(day + timedelta(days=n), zone) for n in (-2, 2)]
    return (ends[1] - ends[0]).total_seconds() / 3600
