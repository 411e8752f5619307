"""Which rows a query or a view selects, and the cursors through them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.ids import parse
from notion_roadmap.sandbox.rules import paging, sorts
from notion_roadmap.sandbox.rules.filters import Filter, RowTest
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace


@dataclass(frozen=True)
class View:
    """The state that a query sees: the present one, or a snapshot where the index lags."""

    docs: dict[str, Doc]
    rows: dict[str, dict[str, None]]


@dataclass(frozen=True)
class Wanted:
    """Filter and sorts as a request has them, and whether trashed or archived rows are asked for."""

    filter: Any = None
    sorts: Any = None
    trashed: bool = False
    archived: bool = False


def view(ws: Workspace) -> View:
    """What this query sees; a frozen snapshot lasts for its number of queries."""
    frozen = ws.frozen
    if frozen is not None:
        frozen["calls"] -= 1
        if frozen["calls"] <= 0:
            ws.frozen = None
        return View(frozen["docs"], frozen["rows"])
    return View(ws.store.docs, ws.store.rows)


def run(ws: Workspace, seen: View, source: Doc, wanted: Wanted) -> list[Doc]:
    """The rows in order."""
    test = Filter(ws, source).compile(wanted.filter, "body.filter") if wanted.filter is not None else None
    order = sorts.parse(source, wanted.sorts, "body.sorts") if wanted.sorts is not None else []
    rows = _matching(seen, source["id"], wanted, test)
    if ws.switches.query_lag_requests:
        rows = [row for row in rows if not _too_fresh(ws, row)]
    if order:
        return sorts.apply(ws, source, rows, order)
    if ws.switches.unsorted_order == "oldest":
        rows.reverse()
    elif ws.switches.unsorted_order == "shuffled":
        ws.random.shuffle(rows)
    return rows


def _matching(seen: View, source_id: str, wanted: Wanted, test: RowTest | None) -> list[Doc]:
    """The rows that fit, newest first: in one go, because each look at ten thousand documents takes its time."""
    docs, trashed, archived = seen.docs, wanted.trashed, wanted.archived
    return [
        row
        for id_ in reversed(seen.rows.get(source_id, {}))
        if (row := docs[id_])["in_trash"] is trashed and row["is_archived"] is archived and (test is None or test(row))
    ]


def _too_fresh(ws: Workspace, row: Doc) -> bool:
    made = ws.made_at.get(row["id"])
    return made is not None and ws.requests - made <= ws.switches.query_lag_requests


def cursor(ws: Workspace, row_id: str) -> str:
    """A cursor that names the next row, as recorded: s:<session>:<row>."""
    session = ws.ids.random_id()
    if ws.switches.cursor_ttl_requests:
        ws.cursors[session] = ws.requests
    return f"s:{session}:{row_id}"


def position(ws: Workspace, given: str | None, ids: list[str]) -> int:
    """Where a query goes on; 400 for a cursor that names no row of the result or has expired."""
    if given is None:
        return 0
    _, _, tail = given.rpartition(":")
    session = given.removeprefix("s:").partition(":")[0]
    lifetime = ws.switches.cursor_ttl_requests
    expired = lifetime and ws.requests - ws.cursors.get(session, -lifetime) > lifetime
    row = parse(tail)
    if row is None or row not in ids or expired:
        raise paging.bad_cursor(given)
    return ids.index(row)
