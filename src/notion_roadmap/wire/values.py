"""Values that rows hold. https://developers.notion.com/reference/page-property-values"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from notion_roadmap.wire.errors import CannotSend
from notion_roadmap.wire.objects import decode_icon, seen
from notion_roadmap.wire.schema import option_name
from notion_roadmap.wire.shapes import JSONObject, dashed, obj, objs, property_id, property_key, string
from notion_roadmap.wire.text import decode_text, encode_text
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.canonical import digest
from notion_roadmap.workspace.columns import Column, Columns
from notion_roadmap.workspace.fit import fit_link
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.limits import VALUES
from notion_roadmap.workspace.observed import Seen
from notion_roadmap.workspace.properties import COMPUTED, DateSpan, Foreign, Value, empty_as_none
from notion_roadmap.workspace.text import EMPTY, Text

_SAFE_INT: Final = 2**53


def encode_values(values: Mapping[str, Value], columns: Columns, addresses: Addresses) -> JSONObject:
    """Values by property id, as a page's `properties`. Computed columns are left out: Notion refuses them.

    Raises CannotSend, naming the column, for a value that its column cannot hold.
    """
    encoded: JSONObject = {}
    for key, value in values.items():
        if key not in columns:
            raise CannotSend(f"The property “{key}”", "has no column in Notion", hint="Run seed again to add it")
        column = columns[key]
        if column.type not in COMPUTED:
            encoded[property_key(column.id)] = encode_value(value, column, addresses)
    return encoded


def encode_value(value: Value, column: Column, addresses: Addresses) -> JSONObject:
    """One value in the form of its column's type; None clears."""
    if isinstance(value, Foreign):
        raise CannotSend(f"“{column.name}”", "holds a value that only Notion can write")
    encoder = _ENCODERS.get(column.type)
    if encoder is None:
        raise CannotSend(
            f"“{column.name}”",
            f"is now of type {column.type}, which is not written",
            hint="Change its type back in Notion",
        )
    return {column.type: encoder(value, column, addresses)}


def decode_values(properties: object, columns: Columns, addresses: Addresses) -> dict[str, Value]:
    """The values of a page's answer by property key; computed columns and columns that it does not show are absent."""
    by_id = {property_id(one.get("id")): one for one in obj(properties).values() if isinstance(one, dict)}
    shown = ((key, by_id.get(column.id)) for key, column in columns.by_key.items())
    return {key: decode_value(one, addresses) for key, one in shown if one and one.get("type") not in COMPUTED}


def decode_value(answer: JSONObject, addresses: Addresses) -> Value:
    """One value; a Foreign where it has no form in our words."""
    kind = string(answer.get("type"))
    held = answer.get(kind)
    match kind:
        case "title" | "rich_text":
            return empty_as_none(decode_text(held))
        case "number":
            return held if isinstance(held, int | float) and not isinstance(held, bool) else None
        case "select" | "status":
            return string(obj(held).get("name")) or None
        case "multi_select":
            return tuple(string(option.get("name")) for option in objs(held)) or None
        case "date":
            return _decode_date(held)
        case "url":
            return string(held) or None
        case "checkbox":
            return held is True
        case "relation":
            return tuple(addresses.row_key(dashed(one.get("id"))) for one in objs(held)) or None
    return Foreign(digest({"type": kind, "value": _without_signatures(held)})) if held else None


def decode_columns(properties: object, columns: Columns) -> dict[str, Column]:
    """Those of the columns that a page's answer shows, with the name and type that they have now."""
    by_id = {property_id(obj(one).get("id")): (name, obj(one)) for name, one in obj(properties).items()}
    shown = {key: by_id[columns[key].id] for key in columns if columns[key].id in by_id}
    return {key: replace(columns[key], name=name, type=string(one.get("type"))) for key, (name, one) in shown.items()}


def truncated(properties: object, columns: Columns) -> tuple[str, ...]:
    """Keys of relations of which a page's answer shows only the first 25."""
    cut = {property_id(one.get("id")) for one in map(obj, obj(properties).values()) if one.get("has_more") is True}
    return tuple(key for key in columns if columns[key].id in cut) if cut else ()


def decode_row(
    answer: JSONObject, columns: Columns, addresses: Addresses, bot_id: str, key_property: str, key: str = ""
) -> Seen:
    """A row as a page's answer shows it; its body is not part of it.

    Its key is the given one, else the one that we know this id by, else what its key property says; "" for a row that
    is none of ours.
    """
    identifier = dashed(answer.get("id"))
    if not isinstance(answer.get("properties"), dict):
        return seen(answer, None, bot_id)
    values = decode_values(answer["properties"], columns, addresses)
    told = values.get(key_property)
    known = key or addresses.row_key(identifier)
    if known.startswith("id:"):
        known = told.plain if isinstance(told, Text) else ""
    return seen(answer, Row(known, columns.database, values, icon=decode_icon(answer.get("icon"))), bot_id)


def _decode_date(held: object) -> Value:
    start, end, zone = (obj(held).get(part) for part in ("start", "end", "time_zone"))
    if not isinstance(start, str):
        return None
    try:
        if zone is None:
            return DateSpan(date.fromisoformat(start), date.fromisoformat(end) if isinstance(end, str) else None)
    except ValueError:
        pass  # a time of day
    return Foreign(digest({"start": start, "end": end, "time_zone": zone}), _day(start))


def _day(start: str) -> date | None:
    """The day of a time of day, in the zone in which it was entered."""
    try:
        return date.fromisoformat(start[:10])
    except ValueError:
        return None


def _without_signatures(held: object) -> object:
    """Addresses of files are signed anew for each answer."""
    if isinstance(held, dict):
        return {key: _without_signatures(one) for key, one in held.items() if key not in ("url", "expiry_time")}
    return [_without_signatures(one) for one in held] if isinstance(held, list) else held


def _text(value: Value, column: Column, _: Addresses) -> list[JSONObject]:
    if value is None or isinstance(value, Text | str):
        return encode_text(Text.of(value) if isinstance(value, str) else value or EMPTY)
    raise _mismatch(value, column, "words")


def _number(value: Value, column: Column, _: Addresses) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _mismatch(value, column, "a number")
    if not math.isfinite(value):
        raise CannotSend(f"“{column.name}”", f"would be {value}, which is no number")
    return int(value) if float(value).is_integer() and abs(value) < _SAFE_INT else value


def _choice(value: Value, column: Column, _: Addresses) -> JSONObject | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise _mismatch(value, column, "an option")
    return {"name": option_name(value, column.name)}


def _choices(value: Value, column: Column, _: Addresses) -> list[JSONObject]:
    return [{"name": option_name(one, column.name)} for one in _several(value, column, "options")]


def _date(value: Value, column: Column, _: Addresses) -> JSONObject | None:
    if value is None:
        return None
    if not isinstance(value, DateSpan):
        raise _mismatch(value, column, "a day")
    return {"start": value.start.isoformat(), **({"end": value.end.isoformat()} if value.end else {})}


def _url(value: Value, column: Column, _: Addresses) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise _mismatch(value, column, "a link")
    return fit_link(value) or None


def _checkbox(value: Value, column: Column, _: Addresses) -> bool:
    if value is None or isinstance(value, bool):
        return bool(value)
    raise _mismatch(value, column, "yes or no")


def _relation(value: Value, column: Column, addresses: Addresses) -> list[JSONObject]:
    rows = []
    for key in _several(value, column, "rows"):
        try:
            rows.append({"id": addresses.row_id(key)})
        except KeyError:
            raise CannotSend(f"“{column.name}”", f"points at the row “{key}”, which does not exist yet") from None
    return rows


def _several(value: Value, column: Column, what: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, tuple):
        raise _mismatch(value, column, what)
    if len(value) > VALUES:
        raise CannotSend(f"“{column.name}”", f"would hold {len(value)} {what}; Notion takes {VALUES} at once")
    return value


def _mismatch(value: object, column: Column, what: str) -> CannotSend:
    return CannotSend(f"“{column.name}”", f"of type {column.type} holds {what}, not {type(value).__name__}")


_ENCODERS: Final[Mapping[str, Callable[[Value, Column, Addresses], object]]] = {
    "title": _text,
    "rich_text": _text,
    "number": _number,
    "select": _choice,
    "status": _choice,
    "multi_select": _choices,
    "date": _date,
    "url": _url,
    "checkbox": _checkbox,
    "relation": _relation,
}
