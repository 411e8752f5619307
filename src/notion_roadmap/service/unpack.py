"""Reading a backup's folder again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from notion_roadmap.errors import UserError
from notion_roadmap.service.archive import FILE, FORMAT
from notion_roadmap.service.backup import Backup, KeptColumn, KeptDatabase, KeptPage, KeptRow, KeptView
from notion_roadmap.workspace.columns import Column
from notion_roadmap.workspace.thaw import block_of


class NoBackup(UserError):
    """There is no backup of ours in the folder, or it cannot be read.

    Args:
        problem: what was found, one clause.
    """

    def __init__(self, folder: Path, problem: str) -> None:
        self.folder = folder
        self.problem = problem
        super().__init__(
            f"{folder} is no backup that can be restored: {problem}",
            hint="Name the dated folder that `notion-roadmap backup` made",
        )


def read_archive(folder: Path) -> Backup:
    """The backup in a folder. Raises NoBackup."""
    try:
        told = json.loads((folder / FILE).read_text("utf-8"))
    except OSError as error:
        raise NoBackup(folder, f"{FILE} cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise NoBackup(folder, f"{FILE} is not whole") from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise NoBackup(folder, f"{FILE} is not of the form that this version knows ({FORMAT})")
    try:
        return _backup(told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NoBackup(folder, f"{FILE} was changed by hand or is damaged ({type(error).__name__})") from error


def _backup(told: Mapping[str, Any]) -> Backup:
    return Backup(
        told["roadmap"],
        told["title"],
        told["version"],
        datetime.fromisoformat(told["made"]),
        dict(told["choices"]),
        tuple(KeptPage(**{**page, "body": _body(page["body"])}) for page in told["pages"]),
        tuple(_database(one) for one in told["databases"]),
        tuple(KeptView(**view) for view in told["views"]),
        tuple(told["unread"]),
    )


def _database(told: Mapping[str, Any]) -> KeptDatabase:
    return KeptDatabase(
        told["key"],
        told["id"],
        told["source_id"],
        told["title"],
        tuple(_column(one) for one in told["columns"]),
        tuple(KeptRow(**{**row, "body": _body(row["body"])}) for row in told["rows"]),
    )


def _column(told: Mapping[str, Any]) -> KeptColumn:
    """What a value is restored by: its key, id, name and type."""
    column = told["column"]
    return KeptColumn(told["key"], Column(column["id"], column["name"], column["type"]))


def _body(told: list[Any]) -> tuple[Any, ...]:
    return tuple(block_of(one) for one in told)
