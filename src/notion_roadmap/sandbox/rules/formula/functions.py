"""The functions of formulas that take plain values.

https://www.notion.com/help/formula-syntax
"""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Callable
from functools import partial
from typing import Any

from notion_roadmap.sandbox.rules.formula import datefn
from notion_roadmap.sandbox.rules.formula.values import Moment, Ref, Unsupported, is_empty, number, text


def _numbers(args: tuple[Any, ...]) -> list[float]:
    flat = [one for arg in args for one in (arg if isinstance(arg, list) else [arg])]
    return [number(one) for one in flat if one is not None]


def _length(value: Any) -> int:
    return len(value) if isinstance(value, list) else len(text(value))


def _to_number(value: Any) -> float | int | None:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    if isinstance(value, Moment):
        return int(value.start.timestamp() * 1000)
    found = re.match(r"\s*[-+]?\d+(\.\d+)?", text(value))
    return None if not found else float(found[0]) if found[1] else int(found[0])


def _round(value: Any, digits: Any = 0) -> float | int:
    scale = 10 ** int(number(digits))
    rounded = math.floor(number(value) * scale + 0.5) / scale
    return int(rounded) if rounded.is_integer() else rounded


def _divide(left: Any, right: Any) -> float | int | None:
    if number(right) == 0:
        return None
    quotient = number(left) / number(right)
    return int(quotient) if isinstance(quotient, float) and quotient.is_integer() else quotient


def _mod(left: Any, right: Any) -> float | int | None:
    if number(right) == 0:
        return None
    rest = math.fmod(number(left), number(right))
    return int(rest) if rest.is_integer() else rest


def plus(left: Any, right: Any) -> Any:
    """`+`: text as soon as one side is text, numbers otherwise."""
    if any(isinstance(side, str | Moment | list | Ref) for side in (left, right)):
        return text(left) + text(right)
    return number(left) + number(right)


def equal(left: Any, right: Any) -> bool:
    """`==`."""
    if isinstance(left, Moment) and isinstance(right, Moment):
        return left.start == right.start and left.end == right.end
    if isinstance(left, list) and len(left) == 1 and not isinstance(right, list):
        left = left[0]
    if {type(left), type(right)} == {str, Ref}:
        return text(left) == text(right)
    return (
        bool((left if left is not None else "") == (right if right is not None else ""))
        if left is None or right is None
        else bool(left == right)
    )


def less(left: Any, right: Any) -> bool:
    """`<`; nothing is smaller than an empty date, nor larger."""
    if isinstance(left, Moment) or isinstance(right, Moment):
        return isinstance(left, Moment) and isinstance(right, Moment) and left.start < right.start
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    return number(left) < number(right)


def _contains(where: Any, what: Any) -> bool:
    return any(equal(one, what) for one in where) if isinstance(where, list) else text(what) in text(where)


def _pattern(value: Any) -> re.Pattern[str]:
    try:
        return re.compile(text(value))
    except re.error as error:
        raise Unsupported from error


def _replacement(value: Any) -> str:
    return re.sub(r"\$(\d)", r"\\\1", text(value).replace("\\", "\\\\"))


def _slice(value: Any, start: Any, end: Any = None) -> Any:
    whole = value if isinstance(value, list) else text(value)
    return whole[int(number(start)) : None if end is None else int(number(end))]


def _at(value: Any, index: int) -> Any:
    return value[index] if isinstance(value, list) and -len(value) <= index < len(value) else None


def _unique(value: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for one in value:
        if one not in kept:
            kept.append(one)
    return kept


def _range(start: Moment | None, end: Moment | None) -> Moment | None:
    return Moment(start.start, end.start, start.timed) if start and end else None


def _flat(value: list[Any]) -> list[Any]:
    return [inner for one in value for inner in (one if isinstance(one, list) else [one])]


def _part(name: str, at: Moment | None) -> int | None:
    return datefn.part(at, name)


def _log(function: Callable[[float], float]) -> Callable[[Any], float | None]:
    return lambda value: function(number(value)) if number(value) > 0 else None


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "empty": is_empty, "length": _length, "format": text, "toNumber": _to_number, "add": plus,
    "subtract": lambda a, b: number(a) - number(b), "multiply": lambda a, b: number(a) * number(b), "divide": _divide,
    "mod": _mod, "pow": lambda a, b: number(a) ** number(b), "unaryMinus": lambda a: -number(a),
    "unaryPlus": _to_number, "equal": equal, "unequal": lambda a, b: not equal(a, b), "smaller": less,
    "larger": lambda a, b: less(b, a), "smallerEq": lambda a, b: less(a, b) or equal(a, b),
    "largerEq": lambda a, b: less(b, a) or equal(a, b), "min": lambda *a: min(_numbers(a), default=None),
    "max": lambda *a: max(_numbers(a), default=None), "sum": lambda *a: sum(_numbers(a)),
    "mean": lambda *a: statistics.fmean(_numbers(a)) if _numbers(a) else None,
    "median": lambda *a: statistics.median(_numbers(a)) if _numbers(a) else None,
    "abs": lambda a: abs(number(a)), "round": _round, "ceil": lambda a: math.ceil(number(a)),
    "floor": lambda a: math.floor(number(a)), "sqrt": lambda a: math.sqrt(number(a)) if number(a) >= 0 else None,
    "cbrt": lambda a: math.copysign(abs(number(a)) ** (1 / 3), number(a)), "exp": lambda a: math.exp(number(a)),
    "ln": _log(math.log), "log10": _log(math.log10), "log2": _log(math.log2),
    "sign": lambda a: (number(a) > 0) - (number(a) < 0), "pi": lambda: math.pi, "e": lambda: math.e,
    "lower": lambda a: text(a).lower(), "upper": lambda a: text(a).upper(), "trim": lambda a: text(a).strip(),
    "repeat": lambda a, n: text(a) * max(0, min(int(number(n)), 1000)), "contains": _contains, "includes": _contains,
    "substring": _slice, "slice": _slice, "test": lambda a, p: bool(_pattern(p).search(text(a))),
    "match": lambda a, p: [found[0] for found in _pattern(p).finditer(text(a))],
    "replace": lambda a, p, r: _pattern(p).sub(_replacement(r), text(a), count=1),
    "replaceAll": lambda a, p, r: _pattern(p).sub(_replacement(r), text(a)),
    "split": lambda a, s: text(a).split(text(s)) if text(s) else list(text(a)),
    "join": lambda a, s="": text(s).join(text(one) for one in a), "concat": lambda *a: _flat(list(a)),
    "style": lambda a, *styles: a, "unstyle": lambda a, *styles: a, "link": lambda a, *target: text(a),
    "at": lambda a, i: _at(a, int(number(i))), "first": lambda a: _at(a, 0), "last": lambda a: _at(a, -1),
    "reverse": lambda a: list(reversed(a)), "unique": _unique, "flat": _flat,
    "sort": lambda a: sorted((one for one in a if one is not None), key=lambda one: (type(one).__name__, one)),
    "name": lambda a: text(a), "id": lambda a: a.id if isinstance(a, Ref) else None,
    "dateAdd": lambda d, n, u: datefn.add(d, number(n), u),
    "dateSubtract": lambda d, n, u: datefn.add(d, -number(n), u),
    "dateBetween": datefn.between, "dateRange": _range,
    "dateStart": lambda d: Moment(d.start, None, d.timed) if d else None,
    "dateEnd": lambda d: Moment(d.end or d.start, None, d.timed) if d else None,
    "timestamp": lambda d: int(d.start.timestamp() * 1000) if d else None,
    "fromTimestamp": lambda n: datefn.from_timestamp(number(n)),
    "formatDate": lambda d, p, *z: datefn.formatted(d, text(p)),
    "parseDate": lambda s: datefn.parse_date(text(s)),
    **{name: partial(_part, name) for name in ("minute", "hour", "day", "date", "week", "month", "year")},
}  # fmt: skip
"""Functions of values already computed; those that decide what to compute stand in `evaluate`."""

RESULT_TYPES: dict[str, str] = {
    **dict.fromkeys(
        ("length", "toNumber", "subtract", "multiply", "divide", "mod", "pow", "unaryMinus", "unaryPlus", "min", "max",
         "sum", "mean", "median", "abs", "round", "ceil", "floor", "sqrt", "cbrt", "exp", "ln", "log10", "log2", "sign",
         "pi", "e", "dateBetween", "timestamp", "minute", "hour", "day", "date", "week", "month", "year", "findIndex",
         "count"), "number"),
    **dict.fromkeys(
        ("format", "lower", "upper", "trim", "repeat", "substring", "replace", "replaceAll", "join", "name", "id",
         "link",          "formatDate"), "string"),
    **dict.fromkeys(
        ("empty", "equal", "unequal", "smaller", "larger", "smallerEq", "largerEq", "contains", "includes",
         "test", "and",          "or", "not", "some", "every"), "boolean"),
    **dict.fromkeys(
        ("dateAdd", "dateSubtract", "dateRange", "dateStart", "dateEnd", "fromTimestamp", "parseDate", "now", "today"),
        "date"),
    **dict.fromkeys(("match", "split", "concat", "reverse", "unique", "flat", "sort", "filter", "map"), "list"),
}  # fmt: skip
"""What each function gives, where that does not depend on its arguments."""
