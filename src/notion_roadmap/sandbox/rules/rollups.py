"""Roll-ups: 24 functions over the pages that a relation names.

https://developers.notion.com/reference/page-property-values#rollup
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.rules import relations
from notion_roadmap.sandbox.rules.dates import instant
from notion_roadmap.sandbox.rules.formula.values import Moment, Unsupported, date_value
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

_EMPTY: tuple[Any, ...] = (None, "", [], False)
_ARRAYS = ("show_original", "show_unique")


def compute(ws: Workspace, source: Doc, page: Doc, prop: Doc, depth: int = 0) -> Doc:
    """A roll-up's value as an answer shows it: {"type", <type>, "function"}."""
    from notion_roadmap.sandbox.rules import compute as values  # which reads roll-ups in formulas, and these formulas

    config = prop["config"]
    function = config["function"]
    relation = source["props"].get(config["relation_property_id"])
    unsupported = {"type": "unsupported", "unsupported": {}, "function": function}
    if relation is None or relation["type"] != "relation" or depth > values.MAX_CHAIN:
        return unsupported
    target = ws.store.get(relation["config"]["data_source_id"])
    rolled = target["props"].get(config["rollup_property_id"]) if target else None
    if target is None or rolled is None or function in ("count_per_group", "percent_per_group"):
        return unsupported
    if rolled["type"] == "formula" and ws.switches.rollup_over_formula == "unsupported":
        return unsupported
    pages = [ws.store.docs[id_] for id_ in relations.shown(ws, page["values"].get(relation["id"], []))]
    if function in _ARRAYS:
        return {"type": "array", "array": _array(ws, target, pages, rolled, function, depth), "function": function}
    try:
        found = [_value(values.raw(ws, target, one, rolled, depth + 1)) for one in pages]
        return {**_FUNCTIONS[function](found), "function": function}
    except (Unsupported, TypeError):
        return unsupported


def _value(found: Any) -> Any:
    """A rolled value; a roll-up's or formula's answer is looked through."""
    return found[found["type"]] if isinstance(found, dict) and "type" in found else found


def _array(ws: Workspace, target: Doc, pages: list[Doc], rolled: Doc, function: str, depth: int) -> list[Doc]:
    from notion_roadmap.sandbox.rules import render  # which shows roll-ups, and these the values of any type

    items = [render.value(ws, target, one, rolled, depth + 1) for one in pages]
    if function == "show_unique":
        seen = {json.dumps(item, sort_keys=True): item for item in items}
        return list(seen.values())
    return items


def _number(value: float | int | None) -> Doc:
    return {"type": "number", "number": value}


def _numeric(found: list[Any]) -> list[float]:
    flat = [one for value in found for one in (value if isinstance(value, list) else [value])]
    return [one for one in flat if isinstance(one, int | float) and not isinstance(one, bool)]


def _filled(found: list[Any]) -> int:
    return sum(value not in _EMPTY for value in found)


def _count_values(found: list[Any]) -> int:
    return sum(len(value) if isinstance(value, list) else 1 for value in found if value not in _EMPTY)


def _unique(found: list[Any]) -> int:
    flat = [one for value in found for one in (value if isinstance(value, list) else [value]) if one not in _EMPTY]
    return len({json.dumps(one, sort_keys=True, default=str) for one in flat})


def _share(part: int, whole: int) -> Doc:
    return _number(part / whole if whole else 0)


def _checked(found: list[Any]) -> int:
    return sum(value is True for value in found)


def _over_numbers(function: Callable[[list[float]], float]) -> Callable[[list[Any]], Doc]:
    def run(found: list[Any]) -> Doc:
        numbers = _numeric(found)
        result = function(numbers) if numbers else None
        return _number(int(result) if isinstance(result, float) and result.is_integer() else result)

    return run


def _bounds(found: list[Any]) -> list[str]:
    dates = [date_value(value) if isinstance(value, Moment) else value for value in found]
    ends = [(one["start"], one.get("end")) for one in dates if isinstance(one, dict) and "start" in one]
    return sorted((text for pair in ends for text in pair if text), key=instant)


def _edge(latest: bool) -> Callable[[list[Any]], Doc]:
    def run(found: list[Any]) -> Doc:
        texts = _bounds(found)
        start = texts[-1 if latest else 0] if texts else None
        return {"type": "date", "date": {"start": start, "end": None, "time_zone": None} if start else None}

    return run


def _date_range(found: list[Any]) -> Doc:
    texts = _bounds(found)
    return {"type": "date", "date": {"start": texts[0], "end": texts[-1], "time_zone": None} if texts else None}


def _range(found: list[Any]) -> Doc:
    numbers = _numeric(found)
    return _number(max(numbers) - min(numbers) if numbers else None)


_FUNCTIONS: dict[str, Callable[[list[Any]], Doc]] = {
    "count": lambda found: _number(len(found)),
    "count_values": lambda found: _number(_count_values(found)),
    "empty": lambda found: _number(len(found) - _filled(found)),
    "not_empty": lambda found: _number(_filled(found)),
    "unique": lambda found: _number(_unique(found)),
    "percent_empty": lambda found: _share(len(found) - _filled(found), len(found)),
    "percent_not_empty": lambda found: _share(_filled(found), len(found)),
    "sum": _over_numbers(sum),
    "average": _over_numbers(statistics.fmean),
    "median": _over_numbers(statistics.median),
    "min": _over_numbers(min),
    "max": _over_numbers(max),
    "range": _range,
    "earliest_date": _edge(latest=False),
    "latest_date": _edge(latest=True),
    "date_range": _date_range,
    "checked": lambda found: _number(_checked(found)),
    "unchecked": lambda found: _number(len(found) - _checked(found)),
    "percent_checked": lambda found: _share(_checked(found), len(found)),
    "percent_unchecked": lambda found: _share(len(found) - _checked(found), len(found)),
}
