"""A restore brings back what is missing and never takes anything newer away; a later seed leaves it as it is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from notion_roadmap.service.archive import FILE, as_document, write_archive
from notion_roadmap.service.backup import Backup, KeptRow, back_up
from notion_roadmap.service.choose import Asked
from notion_roadmap.service.restore import AnotherRoadmap, Restored, Restorer
from notion_roadmap.service.seed import Seeder, SeedResult
from notion_roadmap.service.sync import Syncer
from notion_roadmap.service.unpack import NoBackup, read_archive
from notion_roadmap.templates import load_template
from notion_roadmap.workspace.markdown import markdown
from notion_roadmap.workspace.thaw import words_of
from service.living import Living
from service.living import living as begin

ONE, TWO = "tasks/phase-1/one", "tasks/phase-1/two"


async def backed_up(living: Living, folder: Path) -> Backup:
    """As it is read from its folder again."""
    folder = write_archive(await back_up(living.house, living.roadmap), folder, living.house.settings.roadmap_timezone)
    return read_archive(folder)


async def restored(living: Living, backup: Backup, *, overwrite: bool = False) -> Restored:
    restorer = Restorer(living.house)
    return await restorer.apply(await restorer.prepare(living.roadmap, backup, overwrite=overwrite))


async def planned(living: Living, backup: Backup, *, overwrite: bool = False) -> list[tuple[str, str]]:
    living.wire.sent.clear()
    prepared = await Restorer(living.house).prepare(living.roadmap, backup, overwrite=overwrite)
    assert living.wire.writes == []
    return [(str(change.action), change.key) for change in prepared.restoration.plan.changes]


async def seeds(living: Living) -> SeedResult:
    seeder = Seeder(living.house)
    return await seeder.apply(await seeder.prepare(living.roadmap, Asked()), progress=lambda _: None)


async def rows(living: Living) -> dict[str, KeptRow]:
    backup = await back_up(living.house, living.roadmap)
    assert len([row for d in backup.databases for row in d.rows]) == len(
        {r.id for d in backup.databases for r in d.rows}
    )
    return {row.key or row.id: row for database in backup.databases for row in database.rows}


async def lost_for_good(living: Living, *given: str) -> None:
    """To the trash, which then no longer has them."""
    for one in given:
        await living.trashes(one)
    hidden = [
        {"method": "GET", "path": f"/v1/pages/{living.ids.get(one, one)}", "action": {"type": "respond", "status": 404}}
        for one in given
    ]
    living.sandbox.control("faults", hidden)


def test_a_backup_is_read_as_it_was_written(tmp_path: Path) -> None:
    async def story(living: Living) -> None:
        backup = await back_up(living.house, living.roadmap)
        folder = write_archive(backup, tmp_path, living.house.settings.roadmap_timezone)
        assert as_document(read_archive(folder))["pages"] == as_document(backup)["pages"]
        before, after = (as_document(one)["databases"] for one in (backup, read_archive(folder)))
        assert [d["rows"] for d in before] == [d["rows"] for d in after]  # type: ignore[index,union-attr,call-overload]

    begin().does(story)


def test_where_nothing_is_missing_nothing_is_done(tmp_path: Path) -> None:
    async def story(living: Living) -> None:
        backup = await backed_up(living, tmp_path)
        assert await planned(living, backup) == []
        assert await planned(living, backup, overwrite=True) == []

    begin().does(story)


def test_what_is_in_the_trash_is_taken_out_of_it_as_it_was(tmp_path: Path) -> None:
    async def story(living: Living) -> None:
        own = await living.adds("tasks", title="My own")
        backup = await backed_up(living, tmp_path)
        await living.edits(ONE, hours=77)
        await living.trashes(ONE)
        await living.trashes(own)
        assert sorted(await planned(living, backup)) == [("restore", f"id:{own}"), ("restore", ONE)]
        result = await restored(living, backup)
        assert (result.outcome, result.restored) == ("done", sorted([ONE, f"id:{own}"]))
        there = await rows(living)
        assert (there[ONE].id, there[ONE].values["tasks.hours"]) == (living.ids[ONE], 77), "the newer value"
        assert own in there
        assert [key for action, key in await planned(living, backup) if action != "keep"] == []

    begin().does(story)


def test_what_the_trash_no_longer_has_is_made_again_with_the_owners_values_and_words(tmp_path: Path) -> None:
    async def story(living: Living) -> None:
        await living.edits(ONE, hours=77, notes="my own words", skills=["my own skill"])
        await living.edits(TWO, blocked_by=[living.ids[ONE]])
        text = [{"type": "text", "text": {"content": "on my own page"}}]
        child = {"type": "paragraph", "paragraph": {"rich_text": text}}
        await living.says("PATCH", f"blocks/{living.ids[ONE]}/children", {"children": [child]})
        backup = await backed_up(living, tmp_path)
        await lost_for_good(living, ONE)
        assert await planned(living, backup) == [
            ("update", "phases/phase-1"),
            ("update", "reviews/2026-W48"),  # what it said the week was for
            ("create", ONE),
            ("update", TWO),
        ]
        result = await restored(living, backup)
        assert (result.outcome, result.restored, result.skipped, result.kept) == ("done", [ONE], [], [])
        there = (await rows(living))[ONE]
        assert there.id != living.ids[ONE]
        assert (there.values["tasks.hours"], there.values["tasks.skills"]) == (77, ["my own skill"])
        assert words_of(there.values["tasks.notes"]) == "my own words"
        assert there.values["tasks.roadmap_phase"] == ["phases/phase-1"]
        assert (await rows(living))[TWO].values["tasks.blocked_by"] == [ONE], "tied again"
        assert "on my own page" in markdown(there.body)
        assert await planned(living, backup) == []

        await seeds(living)  # the template's own values must not come back over the owner's
        after = (await rows(living))[ONE]
        assert after.id == there.id
        assert (after.values["tasks.hours"], after.values["tasks.skills"]) == (77, ["my own skill"])
        assert "on my own page" in markdown(after.body)

    begin().does(story)


def test_ties_that_the_owner_cut_are_not_tied_again(tmp_path: Path) -> None:
    async def story(living: Living) -> None:
        await living.edits(TWO, blocked_by=[living.ids[ONE]])
        backup = await backed_up(living, tmp_path)
        await living.edits(TWO, blocked_by=[living.ids["tasks/phase-1/project"]])
        await lost_for_good(living, ONE)
        assert TWO not in (await restored(living, backup)).overwritten
        assert (await rows(living))[TWO].values["tasks.blocked_by"] == ["tasks/phase-1/project"]

    begin().does(story)


def test_a_row_of_the_owners_own_is_made_again_once(tmp_path: Path) -> None:
    async def story(living: Living) -> None:
        own = await living.adds("tasks", title="My own", hours=3, blocked_by=[living.ids[TWO]])
        backup = await backed_up(living, tmp_path)
        await lost_for_good(living, own)
        assert (await restored(living, backup)).restored == [f"id:{own}"]
        (mine,) = [row for row in (await rows(living)).values() if not row.key]
        assert words_of(mine.values["tasks.title"]) == "My own"
        assert (mine.values["tasks.hours"], mine.values["tasks.blocked_by"]) == (3, [TWO])
        assert (await restored(living, backup)).restored == [], "known again by what it says"
        assert "id:" not in "".join(living.state.all())
        assert not [intent for intent in living.state.intents() if intent.key.startswith("id:")]
        assert (await seeds(living)).outcome == "done"
        assert mine.id in await rows(living)

    begin().does(story)


def test_newer_values_stay_unless_the_backup_is_to_win(tmp_path: Path) -> None:
    async def story(living: Living) -> None:
        await living.edits(ONE, hours=77, notes="older")
        backup = await backed_up(living, tmp_path)
        await living.edits(ONE, hours=88, notes="newer")
        assert await planned(living, backup) == [("keep", ONE)]
        result = await restored(living, backup)
        assert (result.restored, result.overwritten) == ([], [])
        (kept,) = result.kept
        assert kept["key"] == ONE
        assert "Hours, Notes" in kept["why"]
        assert (await rows(living))[ONE].values["tasks.hours"] == 88

        assert await planned(living, backup, overwrite=True) == [("update", ONE)]
        assert (await restored(living, backup, overwrite=True)).overwritten == [ONE]
        there = (await rows(living))[ONE]
        assert (there.values["tasks.hours"], words_of(there.values["tasks.notes"])) == (77, "older")
        await seeds(living)
        assert (await rows(living))[ONE].values["tasks.hours"] == 77, "still the owner's, not the template's"

    begin().does(story)


def test_what_we_compute_is_never_overwritten(tmp_path: Path) -> None:
    async def story(living: Living) -> None:
        await Syncer(living.house).sync(living.roadmap)
        backup = await backed_up(living, tmp_path)
        await living.edits(ONE, done=True)
        await Syncer(living.house).sync(living.roadmap)
        phases = {key for action, key in await planned(living, backup, overwrite=True) if key.startswith("phases/")}
        assert phases == set()

    begin().does(story)


def test_a_row_that_was_moved_elsewhere_stays_there(tmp_path: Path) -> None:
    async def story(living: Living) -> None:
        backup = await backed_up(living, tmp_path)
        page = await living.says(
            "POST",
            "pages",
            {"parent": {"type": "page_id", "page_id": living.sandbox.root_page_id}, "properties": {}},
        )
        await living.says(
            "POST", f"pages/{living.ids[ONE]}/move", {"parent": {"type": "page_id", "page_id": page["id"]}}
        )
        assert await planned(living, backup) == [("keep", ONE)]

    begin().does(story)


def test_what_cannot_come_back_is_told(tmp_path: Path) -> None:
    async def story(living: Living) -> None:
        source = living.state.all()["tasks"].refs["data_source"]
        added = await living.says("PATCH", f"data_sources/{source}", {"properties": {"Mood": {"number": {}}}})
        mood = added["properties"]["Mood"]["id"]
        own = await living.adds("tasks", title="My own")
        await living.says("PATCH", f"pages/{own}", {"properties": {mood: {"number": 9}}})
        backup = await backed_up(living, tmp_path)
        await lost_for_good(living, own)
        await living.says("PATCH", f"data_sources/{source}", {"properties": {mood: None}})
        await living.says("PATCH", f"databases/{living.ids['kpis']}", {"in_trash": True})
        result = await restored(living, backup)
        assert any(note.startswith("KPIs is gone, and its 1 rows") for note in result.notes)
        assert any("comes back without Mood" in note for note in result.notes)

    begin().does(story)


def test_a_column_of_the_owners_own_comes_back_with_its_row(tmp_path: Path) -> None:
    async def story(living: Living) -> None:
        source = living.state.all()["tasks"].refs["data_source"]
        added = await living.says("PATCH", f"data_sources/{source}", {"properties": {"Mood": {"number": {}}}})
        mood = added["properties"]["Mood"]["id"]
        own = await living.adds("tasks", title="My own")
        for row in (own, living.ids[ONE]):
            await living.says("PATCH", f"pages/{row}", {"properties": {mood: {"number": 9}}})
        backup = await backed_up(living, tmp_path)
        await lost_for_good(living, own, ONE)
        assert sorted((await restored(living, backup)).restored) == sorted([f"id:{own}", ONE])
        moods = [v for row in (await rows(living)).values() for k, v in row.values.items() if ".own:" in k and v]
        assert moods == [9, 9]

    begin().does(story)


def test_a_day_that_time_had_added_comes_back(tmp_path: Path) -> None:
    async def story(living: Living) -> None:
        await Syncer(living.house).sync(living.roadmap)
        day = min(key for key in living.state.all() if key.startswith("days/"))
        living.ids[day] = living.state.all()[day].id
        await living.edits(day, notes="a good day")
        backup = await backed_up(living, tmp_path)
        await living.passes(days=9)
        await Syncer(living.house).sync(living.roadmap)
        await lost_for_good(living, day)
        assert (await restored(living, backup)).restored == [day]
        assert words_of((await rows(living))[day].values["days.notes"]) == "a good day"
        result = await Syncer(living.house).sync(living.roadmap)
        assert (result.outcome, day in await rows(living)) == ("done", True)

    begin().does(story)


def test_into_a_workspace_that_was_seeded_anew(tmp_path: Path) -> None:
    async def old(living: Living) -> Backup:
        await living.edits(ONE, hours=77, blocked_by=[living.ids[TWO]])
        await living.adds("tasks", title="My own")
        return await backed_up(living, tmp_path)

    backup = begin().does(old)
    # Other ids than those of the backup: every page and row was made again.
    databases = [
        replace(d, rows=tuple(replace(row, id=f"00000000{row.id[8:]}") for row in d.rows)) for d in backup.databases
    ]
    other = replace(backup, databases=tuple(databases))

    async def anew(living: Living) -> None:
        result = await restored(living, other, overwrite=True)
        assert result.overwritten == [ONE]
        (name,) = result.restored
        assert name.startswith("id:00000000")
        there = await rows(living)
        assert (there[ONE].values["tasks.hours"], there[ONE].values["tasks.blocked_by"]) == (77, [TWO])
        assert (await restored(living, other, overwrite=True)).restored == []

    begin().does(anew)


def test_the_backup_of_another_roadmap_is_refused(tmp_path: Path) -> None:
    async def story(living: Living) -> None:
        backup = await backed_up(living, tmp_path)
        with pytest.raises(AnotherRoadmap, match="The backup is of mini, not of data-engineering-career"):
            await Restorer(living.house).prepare(load_template("data-engineering-career"), backup)

    begin().does(story)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "cannot be read"),
        ("{", "is not whole"),
        ("[]", "is not of the form"),
        ({"format": "notion-roadmap backup 9"}, "is not of the form"),
        ({"format": "notion-roadmap backup 1", "roadmap": "mini"}, "changed by hand or is damaged"),
    ],
)
def test_what_is_no_backup_is_refused(tmp_path: Path, content: Any, problem: str) -> None:
    if content is not None:
        (tmp_path / FILE).write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    with pytest.raises(NoBackup, match=problem):
        read_archive(tmp_path)


def test_an_answer_that_was_lost_makes_no_second_row(tmp_path: Path) -> None:
    async def story(living: Living) -> None:
        own = await living.adds("tasks", title="My own", hours=3)
        backup = await backed_up(living, tmp_path)
        await lost_for_good(living, own, ONE)
        lost = {"method": "POST", "path": "/v1/pages", "when": "after", "times": 2}
        hidden = [
            {"method": "GET", "path": f"/v1/pages/{i}", "action": {"type": "respond", "status": 404}}
            for i in (own, living.ids[ONE])
        ]
        living.sandbox.control("faults", [*hidden, {**lost, "action": {"type": "respond", "status": 502}}])
        first = await restored(living, backup)
        second = await restored(living, backup)
        assert set(first.restored) | set(second.restored) <= {ONE, f"id:{own}"}
        assert {one["key"] for one in first.skipped} <= {f"id:{own}"}
        assert (second.outcome, second.skipped) == ("done", [])
        there = await rows(living)
        assert ONE in there
        assert len([row for row in there.values() if not row.key]) == 1

    begin().does(story)
