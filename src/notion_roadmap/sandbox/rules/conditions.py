"""The conditions of filters, type by type, with Notion's treatment of empty values, case and dates.

Recorded: does_not_equal and does_not_contain hold for empty values; text compares without case where it contains,
starts or ends; moments are cut to the minute on both sides; a day compares as a day.
https://developers.notion.com/reference/filter-data-source-entries
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from notion_roadmap.sandbox.errors import wrong_body
from notion_roadmap.sandbox.rules import check, dates

Test = Callable[[Any], bool]
_EXISTENCE = ("is_empty", "is_not_empty")
_DATES = ("equals", "before", "after", "on_or_before", "on_or_after", "does_not_equal")
_SPANS = ("this_week", "past_week", "past_month", "past_year", "next_week", "next_month", "next_year")


def stamp(ms: int) -> str:
    """A kept time as a date condition reads it, cut to the minute."""
    return datetime.fromtimestamp(ms // 60_000 * 60, UTC).isoformat()


def _operator(condition: Any, path: str, allowed: tuple[str, ...]) -> tuple[str, Any]:
    condition = check.obj(condition, path)
    name = next((one for one in (*allowed, *_EXISTENCE) if one in condition), None)
    if name is None:
        raise wrong_body(*(check.issue(f"{path}.{one}", "defined", check.MISSING) for one in (*allowed, *_EXISTENCE)))
    if name in _EXISTENCE:
        check.choice(condition[name], f"{path}.{name}", (True,))
    return name, condition[name]


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def _existence_of(name: str) -> Test:
    return _is_empty if name == "is_empty" else lambda value: not _is_empty(value)


def existence(condition: Any, path: str) -> Test:
    """is_empty or is_not_empty."""
    return _existence_of(_operator(condition, path, ())[0])


def text(condition: Any, path: str) -> Test:
    """The conditions of texts."""
    names = ("equals", "does_not_equal", "contains", "does_not_contain", "starts_with", "ends_with")
    name, wanted = _operator(condition, path, names)
    if name in _EXISTENCE:
        return _existence_of(name)
    wanted = check.text(wanted, f"{path}.{name}")
    folded = wanted.casefold()
    tests: dict[str, Test] = {
        "equals": lambda value: (value or "").casefold() == folded,
        "does_not_equal": lambda value: (value or "").casefold() != folded,
        "contains": lambda value: folded in (value or "").casefold(),
        "does_not_contain": lambda value: folded not in (value or "").casefold(),
        "starts_with": lambda value: (value or "").casefold().startswith(folded),
        "ends_with": lambda value: (value or "").casefold().endswith(folded),
    }
    return tests[name]


def number(condition: Any, path: str) -> Test:
    """The conditions of numbers; an empty number compares with nothing but does_not_equal."""
    names = (
        "equals", "does_not_equal", "greater_than", "less_than", "greater_than_or_equal_to", "less_than_or_equal_to",
    )  # fmt: skip
    name, wanted = _operator(condition, path, names)
    if name in _EXISTENCE:
        return (lambda value: value is None) if name == "is_empty" else lambda value: value is not None
    wanted = check.number(wanted, f"{path}.{name}")
    tests: dict[str, Test] = {
        "equals": lambda value: value == wanted,
        "does_not_equal": lambda value: value != wanted,
        "greater_than": lambda value: value is not None and value > wanted,
        "less_than": lambda value: value is not None and value < wanted,
        "greater_than_or_equal_to": lambda value: value is not None and value >= wanted,
        "less_than_or_equal_to": lambda value: value is not None and value <= wanted,
    }
    return tests[name]


def checkbox(condition: Any, path: str) -> Test:
    """equals or does_not_equal."""
    condition = check.obj(condition, path)
    name = next((one for one in ("equals", "does_not_equal") if one in condition), None)
    if name is None:
        raise wrong_body(
            *(check.issue(f"{path}.{one}", "defined", check.MISSING) for one in ("equals", "does_not_equal"))
        )
    wanted = check.boolean(condition[name], f"{path}.{name}") == (name == "equals")
    return lambda value: bool(value) is wanted


def option(kind: str, condition: Any, path: str, resolve: Callable[[str], set[str]] | None) -> Test:
    """Conditions of options: on ids where `resolve` turns names into ids, else on folded names; lists mean any."""
    positive, negative = ("contains", "does_not_contain") if kind == "multi_select" else ("equals", "does_not_equal")
    name, wanted = _operator(condition, path, (positive, negative))
    if name in _EXISTENCE:
        return _existence_of(name)
    listed = wanted if isinstance(wanted, list) else [wanted]
    names = [check.text(one, f"{path}.{name}") for one in listed]
    ids = set().union(*(resolve(one) for one in names)) if resolve else {one.casefold() for one in names}

    def hits(value: Any) -> bool:
        found = value if isinstance(value, list) else [value] if value else []
        return any((one if resolve else one.casefold()) in ids for one in found)

    if resolve and kind != "multi_select":  # one id: most filters are of this kind, and of ten thousand rows
        return (lambda value: value in ids) if name == positive else lambda value: value not in ids
    return hits if name == positive else lambda value: not hits(value)


def reference(condition: Any, path: str) -> Test:
    """contains or does_not_contain of people and relations; "me" is nobody for an internal connection."""
    name, wanted = _operator(condition, path, ("contains", "does_not_contain"))
    if name in _EXISTENCE:
        return _existence_of(name)
    id_ = None if wanted == "me" else check.uuid(wanted, f"{path}.{name}")
    return (lambda value: id_ in (value or [])) if name == "contains" else lambda value: id_ not in (value or [])


def date(condition: Any, path: str, now: datetime, *, exact: bool = False) -> Test:
    """The conditions of dates: exact, relative, and spans such as past_week.

    Moments are cut to the minute on both sides; for created and edited times (`exact`) the filter's is not cut, so that
    a filter with seconds never equals them (as recorded).
    """
    name, wanted = _operator(condition, path, (*_DATES, *_SPANS))
    if name in _EXISTENCE:
        return _existence_of(name)
    if name in _SPANS:
        check.obj(wanted, f"{path}.{name}")
        first, last = dates.span(name, now) or (now.date(), now.date())
        return lambda value: value is not None and first <= dates.instant(value["start"]).astimezone(UTC).date() <= last
    text = check.text(wanted, f"{path}.{name}")
    found = dates.relative(text, now) or dates.read(text)
    if found is None:
        raise check.refuse(f"{path}.{name}", "a valid ISO 8601 date string", wanted)
    compare = _compare_moment(found, exact=exact) if isinstance(found, datetime) else _compare_day(found)
    return _by_sign(name, compare)


def _compare_moment(wanted: datetime, *, exact: bool) -> Callable[[str], int]:
    moment = wanted if wanted.tzinfo else wanted.replace(tzinfo=UTC)
    moment = moment if exact else moment.replace(second=0, microsecond=0)

    def compare(text: str) -> int:
        found = dates.instant(text)
        return (found > moment) - (found < moment)

    return compare


def _compare_day(wanted: dt.date) -> Callable[[str], int]:
    def compare(text: str) -> int:
        found = dates.instant(text).astimezone(UTC).date() if "T" in text else dt.date.fromisoformat(text)
        return (found > wanted) - (found < wanted)

    return compare


def _by_sign(name: str, compare: Callable[[str], int]) -> Test:
    if name == "does_not_equal":
        return lambda value: value is None or compare(value["start"]) != 0
    signs = {"equals": (0,), "before": (-1,), "after": (1,), "on_or_before": (-1, 0), "on_or_after": (0, 1)}[name]
    return lambda value: value is not None and compare(value["start"]) in signs
