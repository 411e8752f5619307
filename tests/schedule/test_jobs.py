"""The jobs: several roadmaps in one service, and the nightly backup."""

from __future__ import annotations

import logging
from datetime import time, timedelta
from pathlib import Path

import pytest

from notion_roadmap.errors import SettingInvalid
from notion_roadmap.schedule.jobs import Task, runs, timetable
from notion_roadmap.schedule.service import Report
from notion_roadmap.service.archive import FILE
from notion_roadmap.service.unpack import read_archive
from notion_roadmap.settings import Settings, load_settings
from schedule.days import LIVED, Days


@pytest.fixture
def one(tmp_path: Path) -> Days:
    return Days(tmp_path, roadmap_backup_keep=2)


async def backs_up(one: Days) -> Report:
    await one.passes(minutes=20)
    await one.service.runs["sync"]()
    return await one.service.runs["backup"]()


def test_a_backup_is_made_after_edits_and_only_the_newest_are_kept(one: Days) -> None:
    own = one.folder / "lived-2020-02-30-my-own"

    async def story(_: object) -> None:
        own.mkdir(parents=True)
        first = await backs_up(one)
        assert first.outcome == "done"
        assert first.requests > 20
        again = await backs_up(one)
        assert (again.outcome, again.requests) == ("done", 0)
        assert again.words == "lived: nothing was edited since the last backup"
        for number in range(3):
            await one.edits("tasks/phase-1/one", notes=f"Note {number}")
            await backs_up(one)
        kept = [name for name in one.backups if name != own.name]
        assert len(kept) == 2
        rows = [row for d in read_archive(one.folder / kept[-1]).databases for row in d.rows]
        assert "Note 2" in str(next(row.values for row in rows if row.key == "tasks/phase-1/one"))
        assert own.is_dir(), "what we did not make stays"

    one.does(story)


def test_a_backup_that_somebody_deleted_is_made_again(one: Days) -> None:
    async def story(_: object) -> None:
        await backs_up(one)
        (made,) = one.backups
        (one.folder / made / FILE).unlink()
        assert "rows" in (await backs_up(one)).words

    one.does(story)


def test_a_backup_that_is_not_whole_says_so_and_the_last_whole_one_stays(one: Days) -> None:
    async def edited_and_kept() -> Report:
        await one.edits("tasks/phase-1/one", notes=f"On {one.clock.now()}")
        await one.service.runs["sync"]()
        one.sandbox.control("faults", [_REFUSED])
        report = await one.service.runs["backup"]()
        one.sandbox.control("faults", [])
        await one.passes(minutes=20)
        return report

    async def story(_: object) -> None:
        await backs_up(one)
        (whole,) = one.backups
        for _number in range(4):
            report = await edited_and_kept()
            assert report.outcome == "partial"
            assert "is not whole: Notion does not show" in report.words
        assert len(one.backups) == 3, "the newest two, and the whole one"
        assert one.backups[0] == whole
        await one.edits("tasks/phase-1/one", notes="In the end")
        await backs_up(one)
        assert len(one.backups) == 2
        assert whole not in one.backups, "there is a newer one"

    one.does(story)


_REFUSED = {
    "method": "GET",
    "path": "/v1/blocks/*/children",
    "nth": 1,
    "action": {
        "type": "respond",
        "status": 404,
        "json": {"object": "error", "status": 404, "code": "object_not_found", "message": "Could not find block."},
    },
}


def test_a_backup_folder_that_cannot_be_written_costs_no_request(one: Days) -> None:
    async def story(_: object) -> None:
        one.folder.write_text("in the way", "utf-8")
        report = await one.service.runs["backup"]()
        assert (report.outcome, report.requests) == ("failed", 0)
        assert "ROADMAP_BACKUP_FOLDER" in report.words

    one.does(story)


def test_a_roadmap_that_fails_does_not_keep_the_others_from_their_turn(one: Days) -> None:
    async def story(_: object) -> None:
        task = Task(one.house.settings, ("gone.yaml", LIVED))
        report = await runs(lambda: task, one._opens)["sync"]()
        assert report.outcome == "partial"
        assert "gone.yaml" in report.words
        assert "lived: 0 changed" in report.words
        assert report.requests > 0

    one.does(story)


def test_the_log_has_a_line_for_each_run_with_its_parts(one: Days, caplog: pytest.LogCaptureFixture) -> None:
    async def story(_: object) -> None:
        with caplog.at_level(logging.INFO, "notion_roadmap.schedule"):
            await one.service.tick()

    one.does(story)
    told = {record.told["job"]: record.told for record in caplog.records}  # type: ignore[attr-defined]
    assert told.keys() == {"reconcile", "sync", "backup"}
    assert told["sync"].keys() == {"job", "outcome", "requests", "seconds", "failures"}
    assert told["sync"]["outcome"] == "done"


def test_the_night_begins_with_what_the_backup_builds_on_and_zero_backups_are_none() -> None:
    def names(keep: int) -> list[str]:
        return [job.name for job in timetable(Settings.model_validate({"roadmap_backup_keep": keep})).jobs]

    assert names(7) == ["reconcile", "sync", "backup"]
    assert names(0) == ["reconcile", "sync"]


@pytest.mark.parametrize(("written", "meant"), [("03:30", time(3, 30)), ("4:05", time(4, 5)), ("", time(3, 30))])
def test_the_night_is_a_time_of_day(written: str, meant: time) -> None:
    assert load_settings({"ROADMAP_NIGHT": written}).roadmap_night == meant


@pytest.mark.parametrize("written", ["4", "24:00", "03:30Z", "late"])
def test_what_is_no_time_of_day_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(SettingInvalid, match="ROADMAP_NIGHT is not a time of day such as 03:30"):
        load_settings({"ROADMAP_NIGHT": written})


@pytest.mark.parametrize(("minutes", "hours"), [("1.5", 2), ("60", 2), ("720", 24)])
def test_the_last_sync_may_be_two_hours_old_or_twice_what_was_asked_for(minutes: str, hours: int) -> None:
    assert load_settings({"ROADMAP_SYNC_MINUTES": minutes}).stale_after == timedelta(hours=hours)
