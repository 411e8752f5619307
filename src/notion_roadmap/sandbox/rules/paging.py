"""Pages of a list: sizes and cursors.

https://developers.notion.com/reference/intro#pagination
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_roadmap.sandbox.errors import invalid, wrong_body
from notion_roadmap.sandbox.ids import parse
from notion_roadmap.sandbox.rules import check

if TYPE_CHECKING:
    from notion_roadmap.sandbox.routes import Call

MAX_PAGE = 100


def size(call: Call) -> int:
    """The page size that a request asks for, from its body or query; 100 by default."""
    if "page_size" in call.body:
        number, where = check.number(call.body["page_size"], "body.page_size"), "body"
    else:
        given = call.one("page_size")
        if given is None:
            return MAX_PAGE
        where = "query"
        try:
            number = int(given)
        except ValueError as error:
            raise wrong_body(check.issue("query.page_size", "a number", given), where="query") from error
    if number > MAX_PAGE:
        raise wrong_body(f"{where}.page_size should be ≤ `{MAX_PAGE}`, instead was `{number}`.", where=where)
    if number < 1 or number != int(number):
        raise wrong_body(f"{where}.page_size should be ≥ `1`, instead was `{number}`.", where=where)
    return int(number)


def start(call: Call) -> str | None:
    """The cursor of a request, from its body or query."""
    given = call.body.get("start_cursor") if "start_cursor" in call.body else call.one("start_cursor")
    return None if given is None else check.text(given, "body.start_cursor")


def cut(call: Call, ids: list[str]) -> tuple[list[str], str | None]:
    """One page of a list of ids, and the cursor: the id of the next entry."""
    cursor, first = start(call), 0
    if cursor is not None:
        wanted = parse(cursor) or cursor
        if wanted not in ids:
            raise bad_cursor(cursor)
        first = ids.index(wanted)
    end = first + size(call)
    return ids[first:end], ids[end] if end < len(ids) else None


def bad_cursor(cursor: str) -> Exception:
    """The 400 for a cursor that names nothing (any more)."""
    return invalid(f"The start_cursor provided is invalid: {cursor}")
