"""A backup holds everything of ours with what the owner wrote in it, and taking one changes nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from notion_roadmap.service.archive import FILE, FolderUnwritable, pages_of, write_archive
from notion_roadmap.service.backup import Backup, KeptDatabase, KeptRow, back_up
from notion_roadmap.service.sync import NotSeeded
from notion_roadmap.store import MemoryState
from notion_roadmap.workspace.items import Kind
from notion_roadmap.workspace.markdown import markdown
from notion_roadmap.workspace.thaw import words_of
from service.living import Living
from service.living import living as begin

ONE, TWO = "tasks/phase-1/one", "tasks/phase-1/two"


def _database(backup: Backup, key: str) -> KeptDatabase:
    return next(one for one in backup.databases if one.key == key)


def _row(backup: Backup, key: str) -> KeptRow:
    return next(row for database in backup.databases for row in database.rows if key in (row.key, row.id))


async def _writes_on(living: Living, page: str, words: str) -> None:
    text = [{"type": "text", "text": {"content": words}, "annotations": {"bold": True}}]
    child = {"type": "bulleted_list_item", "bulleted_list_item": {"rich_text": text}}
    inside = {"type": "toggle", "toggle": {"rich_text": text, "children": [child]}}
    body = {"children": [inside, {"type": "equation", "equation": {"expression": "e=mc^2"}}]}
    await living.says("PATCH", f"blocks/{living.ids.get(page, page)}/children", body)


def test_it_holds_every_item_that_was_seeded_and_writes_nothing() -> None:
    async def story(living: Living) -> None:
        living.wire.sent.clear()
        backup = await back_up(living.house, living.roadmap)
        assert living.wire.writes == []
        assert backup.unread == ()
        applied = living.state.all().values()
        assert {row.key for d in backup.databases for row in d.rows} == {
            one.key for one in applied if one.kind is Kind.ROW
        }
        assert {d.key for d in backup.databases} == {one.key for one in applied if one.kind is Kind.DATABASE}
        assert {view.key for view in backup.views} >= {one.key for one in applied if one.kind is Kind.VIEW}
        columns = {one.key for d in backup.databases for one in d.columns}
        assert columns == {one.key for one in applied if one.kind is Kind.PROPERTY}
        assert {page.key for page in backup.pages} == {one.key for one in applied if one.kind is Kind.PAGE}
        assert "- [ ] A script" in markdown(_row(backup, ONE).body)

    begin().does(story)


def test_what_the_owner_did_is_in_it() -> None:
    async def story(living: Living) -> None:
        await living.edits(ONE, hours=77, notes="my own words", skills=["my own skill"])
        await _writes_on(living, ONE, "in my own page")
        own = await living.adds("tasks", title="My own task", hours=3, blocked_by=[living.ids[TWO]])
        source = living.state.all()["tasks"].refs["data_source"]
        added = await living.says("PATCH", f"data_sources/{source}", {"properties": {"Mood": {"number": {}}}})
        mood = added["properties"]["Mood"]["id"]
        await living.says("PATCH", f"pages/{own}", {"properties": {mood: {"number": 9}}})
        backup = await back_up(living.house, living.roadmap)
        one, mine = _row(backup, ONE), _row(backup, own)
        assert (one.values["tasks.hours"], one.values["tasks.skills"]) == (77, ["my own skill"])
        assert words_of(one.values["tasks.notes"]) == "my own words"
        assert "- **in my own page**\n    - **in my own page**" in markdown(one.body)
        assert mine.key == ""
        assert mine.values["tasks.blocked_by"] == [TWO]
        (column,) = [c for c in _database(backup, "tasks").columns if c.column.name == "Mood"]
        assert mine.values[column.key] == 9

    begin().does(story)


def test_it_reads_as_markdown(tmp_path: Path) -> None:
    async def story(living: Living) -> Backup:
        await living.edits(ONE, notes="a *star*", start="2026-12-01")
        await _writes_on(living, ONE, "in my own page")
        await living.adds("tasks", title="My own: task/with <signs>", blocked_by=[living.ids[TWO]])
        await living.adds("tasks", title="My own: task/with <signs>")
        return await back_up(living.house, living.roadmap)

    files = pages_of(begin().does(story))
    page = files["mini-tasks/learn-the-one-tool.md"]
    assert page.startswith("# Learn the one tool\n\n")
    assert "- **Notes:** a \\*star\\*\n" in page
    assert "- **Start:** 2026-12-01\n" in page
    assert "*(equation: " in page
    assert (
        "- **Blocked By:** Learn the other tool"
        in files["mini-tasks/my-own-task-with-signs.md"] + files["mini-tasks/my-own-task-with-signs-2.md"]
    )
    index = files["README.md"]
    assert all(f"(<{place}>)" in index for place in files if place != "README.md")


def test_the_folder_is_dated_whole_and_private(tmp_path: Path) -> None:
    backup = begin().does(lambda living: back_up(living.house, living.roadmap))
    first, second = (write_archive(backup, tmp_path / "to", UTC) for _ in range(2))
    assert first.name == f"mini-{backup.made:%Y-%m-%d-%H%M%S}"
    assert second.name == f"{first.name}-2"
    assert sorted(path.name for path in (tmp_path / "to").iterdir()) == [first.name, second.name]
    assert first.stat().st_mode & 0o077 == 0
    told = json.loads((first / FILE).read_text("utf-8"))
    assert told["format"] == "notion-roadmap backup 1"
    assert {d["key"]: len(d["rows"]) for d in told["databases"]} == {d.key: len(d.rows) for d in backup.databases}
    assert {str(path.relative_to(first)) for path in first.rglob("*.md")} == set(pages_of(backup))


def test_no_token_is_in_it(tmp_path: Path) -> None:
    living = begin()
    token = living.sandbox.token
    folder = write_archive(living.does(lambda one: back_up(one.house, one.roadmap)), tmp_path, UTC)
    assert not any(token in path.read_text("utf-8") for path in folder.rglob("*") if path.is_file())


def test_where_it_cannot_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    empty = Backup("mini", "Mini", "1", datetime(2026, 11, 25, tzinfo=UTC), {}, (), (), ())
    with pytest.raises(FolderUnwritable, match=r"cannot be written to .*file"):
        write_archive(empty, tmp_path / "file", UTC)


def test_what_breaks_off_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backup = begin().does(lambda living: back_up(living.house, living.roadmap))

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(FolderUnwritable, match="No space left"):
        write_archive(backup, tmp_path, UTC)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_is_named_and_the_rest_is_there() -> None:
    async def story(living: Living) -> None:
        await living.says("PATCH", f"databases/{living.ids['kpis']}", {"in_trash": True})
        backup = await back_up(living.house, living.roadmap)
        assert any("KPIs" in words for words in backup.unread)
        assert _row(backup, ONE).values
        assert "Not whole:" in pages_of(backup)["README.md"]

    begin().does(story)


def test_rows_in_the_trash_are_not_in_it() -> None:
    async def story(living: Living) -> None:
        await living.trashes(ONE)
        backup = await back_up(living.house, living.roadmap)
        assert ONE not in {row.key for row in _database(backup, "tasks").rows}

    begin().does(story)


def test_where_the_state_was_lost_everything_is_found_again() -> None:
    async def story(living: Living) -> None:
        before = await back_up(living.house, living.roadmap)
        object.__setattr__(living.house, "state", MemoryState("mini"))
        after = await back_up(living.house, living.roadmap)
        assert pages_of(after).keys() == pages_of(before).keys()
        assert [d.rows for d in after.databases] == [d.rows for d in before.databases]

    begin().does(story)


def test_where_nothing_was_seeded_it_says_so() -> None:
    async def story(living: Living) -> None:
        await living.trashes("root")
        object.__setattr__(living.house, "state", MemoryState("mini"))
        with pytest.raises(NotSeeded):
            await back_up(living.house, living.roadmap)

    begin().does(story)
