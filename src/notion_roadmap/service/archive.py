"""A backup as a folder: `backup.json`, which restores, and Markdown, which reads. Whole or not there at all."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import tzinfo
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from notion_roadmap.errors import UserError
from notion_roadmap.roadmap.ordering import natural
from notion_roadmap.service.backup import Backup, KeptColumn, KeptDatabase, KeptPage, KeptRow, KeptView, titles_of
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.canonical import JSON, canonical
from notion_roadmap.workspace.markdown import inline, markdown
from notion_roadmap.workspace.properties import DateSpan, Foreign
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.thaw import value_of

FORMAT: Final = "notion-roadmap backup 1"
FILE: Final = "backup.json"
_LONGEST: Final = 60
"""Characters of a file's name."""


class FolderUnwritable(UserError):
    """The backup cannot be written where it was to be."""

    def __init__(self, folder: Path, problem: str) -> None:
        self.folder = folder
        super().__init__(
            f"The backup cannot be written to {folder}: {problem}",
            hint="Name another folder with --to or ROADMAP_BACKUP_FOLDER",
        )


def prepare_folder(into: Path) -> None:
    """Make sure that a backup can be written into this folder, before anything is read for it. Raises
    FolderUnwritable."""
    try:
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        Path(mkdtemp(prefix=".backup-", dir=into)).rmdir()
    except OSError as error:
        raise FolderUnwritable(into, error.strerror or str(error)) from error


def write_archive(backup: Backup, into: Path, zone: tzinfo) -> Path:
    """Write a folder of its own into this one, named after the roadmap and the moment; the folder. Nobody else may read
    it. Raises FolderUnwritable; nothing half written stays behind.
    """
    name = f"{backup.roadmap}-{backup.made.astimezone(zone):%Y-%m-%d-%H%M%S}"
    temporary: Path | None = None
    try:
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = Path(mkdtemp(prefix=f".{name}-", dir=into))
        _fill(temporary, backup)
        return _rename(temporary, into, name)
    except OSError as error:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)
        raise FolderUnwritable(into, error.strerror or str(error)) from error


def prune_archives(folder: Path, roadmap: str, keep: int) -> int:
    """Remove all but the newest backups of a roadmap from a folder; how many were removed.

    The newest whole one stays, however many came after it that are not. Only folders that `write_archive` names and
    fills so are touched. One that cannot be removed stays, and is tried again by the next call.
    """
    found = _dated(folder, roadmap)
    newest, older = found[-keep:], found[:-keep]
    if older and not any(map(_is_whole, reversed(newest))):
        last = next((one for one in reversed(older) if _is_whole(one)), None)
        older = [one for one in older if one != last]
    for one in older:
        shutil.rmtree(one, ignore_errors=True)
    return sum(not one.exists() for one in older)


def _dated(folder: Path, roadmap: str) -> list[Path]:
    """The backups of a roadmap in a folder, oldest first. Whoever puts a link there has what it leads to elsewhere."""
    dated = re.compile(rf"{re.escape(roadmap)}-(\d{{4}}-\d\d-\d\d-\d{{6}})(?:-(\d+))?")
    named = ((dated.fullmatch(one.name), one) for one in folder.iterdir() if not one.is_symlink())
    found = [(match[1], int(match[2] or 1), one) for match, one in named if match and (one / FILE).is_file()]
    return [one for _, _, one in sorted(found)]


def _is_whole(folder: Path) -> bool:
    try:
        return not json.loads((folder / FILE).read_text("utf-8"))["unread"]
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _rename(temporary: Path, into: Path, name: str) -> Path:
    number, target = 1, into / name
    while target.exists():
        number += 1
        target = into / f"{name}-{number}"
    return temporary.rename(target)


def _fill(folder: Path, backup: Backup) -> None:
    words = json.dumps(as_document(backup), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / FILE).write_text(words + "\n", "utf-8")
    for place, text in pages_of(backup).items():
        file = folder / place
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")


def as_document(backup: Backup) -> dict[str, JSON]:
    """The content of the JSON file."""
    return {
        "format": FORMAT,
        "roadmap": backup.roadmap,
        "title": backup.title,
        "version": backup.version,
        "made": backup.made.isoformat(),
        "choices": dict(backup.choices),
        "pages": [_page(page) for page in backup.pages],
        "databases": [_database(database) for database in backup.databases],
        "views": [_view(view) for view in backup.views],
        "unread": list(backup.unread),
    }


def _body(blocks: tuple[Block, ...]) -> JSON:
    return [canonical(block) for block in blocks]


def _page(page: KeptPage) -> JSON:
    return {"key": page.key, "id": page.id, "title": page.title, "icon": page.icon, "body": _body(page.body)}


def _view(view: KeptView) -> JSON:
    return {**asdict(view), "wished": dict(view.wished)}


def _database(database: KeptDatabase) -> JSON:
    return {
        "key": database.key,
        "id": database.id,
        "source_id": database.source_id,
        "title": database.title,
        "columns": [{"key": one.key, "column": canonical(one.column)} for one in database.columns],
        "rows": [_row(row) for row in database.rows],
    }


def _row(row: KeptRow) -> JSON:
    return {
        "key": row.key,
        "id": row.id,
        "icon": row.icon,
        "created": row.created,
        "edited": row.edited,
        "values": dict(row.values),
        "body": _body(row.body),
    }


def pages_of(backup: Backup) -> dict[str, str]:
    """The Markdown files, by their place in the folder: an index, one for each page and one for each row."""
    files: dict[str, str] = {}
    titles = titles_of(backup.databases)
    index = [f"# {backup.title}", "", f"As it stood on {backup.made.isoformat(timespec='minutes')}.", ""]
    if backup.unread:
        index += ["Not whole:", "", *(f"- {words}" for words in backup.unread), ""]
    index += ["## Pages", ""]
    for page in backup.pages:
        place = _free(files, "pages", page.title or page.key)
        files[place] = f"# {' '.join(filter(None, (page.icon, page.title)))}\n\n{markdown(page.body)}"
        index.append(_link(page.title or page.key, place))
    for database in backup.databases:
        index += ["", f"## {database.title} ({len(database.rows)})", ""]
        for row in sorted(database.rows, key=lambda row: (not row.key, natural(row.key), row.created)):
            title = titles.get(row.key or f"id:{row.id}") or "Untitled"
            place = _free(files, _slug(database.title or database.key), title)
            files[place] = _row_page(database, row, title, titles)
            index.append(_link(title, place))
    return {"README.md": "\n".join(index) + "\n", **files}


def _link(title: str, place: str) -> str:
    return f"- [{inline(Text.of(title))}](<{place}>)"


def _free(files: Mapping[str, str], folder: str, title: str) -> str:
    number, slug = 1, _slug(title)
    place = f"{folder}/{slug}.md"
    while place in files:
        number += 1
        place = f"{folder}/{slug}-{number}.md"
    return place


def _slug(title: str) -> str:
    """A name for a file on any system."""
    return re.sub(r"[^\w]+", "-", title.lower())[:_LONGEST].strip("-_") or "untitled"


def _row_page(database: KeptDatabase, row: KeptRow, title: str, titles: Mapping[str, str]) -> str:
    lines = [f"# {' '.join(filter(None, (row.icon, title)))}", "", *_values(database.columns, row, titles)]
    body = markdown(row.body)
    return "\n".join(lines) + "\n" + (f"\n{body}" if body else "")


def _values(columns: tuple[KeptColumn, ...], row: KeptRow, titles: Mapping[str, str]) -> Iterator[str]:
    for one in columns:
        told = row.values.get(one.key)
        if one.column.type != "title" and told not in (None, "", []):
            yield f"- **{one.column.name}:** {_words(told, one.column.type, titles)}"


def _words(told: JSON, kind: str, titles: Mapping[str, str]) -> str:
    if kind == "relation" and isinstance(told, list):
        return ", ".join(titles.get(str(key)) or "a row elsewhere" for key in told)
    match value_of(told):
        case bool() as ticked:
            return "yes" if ticked else "no"
        case Text() as text:
            return inline(text).replace("\n", " ")
        case DateSpan(start, end):
            return start.isoformat() if end is None else f"{start.isoformat()} to {end.isoformat()}"
        case Foreign(_, day):
            return f"{day.isoformat()}, at a time of day" if day else "(of a kind that is not backed up)"
        case tuple() as several:
            return ", ".join(str(one) for one in several)
        case other:
            return f"{other:g}" if isinstance(other, float) else str(other)
