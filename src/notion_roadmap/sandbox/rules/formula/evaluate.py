"""Computing a formula for one page, and telling its type for an empty result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from notion_roadmap.sandbox.rules.formula.functions import FUNCTIONS, RESULT_TYPES, equal, less, plus
from notion_roadmap.sandbox.rules.formula.parse import Node
from notion_roadmap.sandbox.rules.formula.values import Moment, Unsupported, is_empty, number, type_of

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": plus, "-": FUNCTIONS["subtract"], "*": FUNCTIONS["multiply"], "/": FUNCTIONS["divide"], "%": FUNCTIONS["mod"],
    "^": FUNCTIONS["pow"], "==": equal, "!=": lambda a, b: not equal(a, b), "<": less, ">": lambda a, b: less(b, a),
    "<=": lambda a, b: less(a, b) or equal(a, b), ">=": lambda a, b: less(b, a) or equal(a, b),
}  # fmt: skip
_COMPARISONS = ("==", "!=", "<", ">", "<=", ">=", "and", "or", "&&", "||")
_OVER_LISTS = ("map", "filter", "some", "every", "find", "findIndex", "count")


class Evaluator:
    """Computes formulas for one page. `value` gives a property's value by id; `now` is the workspace's time."""

    def __init__(self, value: Callable[[str], Any], now: datetime) -> None:
        self._value, self._now = value, now.replace(second=0, microsecond=0)

    def run(self, node: Node) -> Any:
        """The value of a formula; Unsupported when it cannot be computed."""
        try:
            return self._run(node, {})
        except (
            TypeError,
            ValueError,
            OverflowError,
            AttributeError,
            IndexError,
            RecursionError,
            ArithmeticError,
        ) as error:
            raise Unsupported from error

    def _run(self, node: Node, names: dict[str, Any]) -> Any:
        kind = node[0]
        if kind in ("num", "str", "bool"):
            return node[1]
        if kind == "ref":
            return self._value(node[1])
        if kind == "name":
            if node[1] not in names:
                raise Unsupported
            return names[node[1]]
        if kind == "list":
            return [self._run(one, names) for one in node[1]]
        if kind == "un":
            operand = self._run(node[2], names)
            return is_empty(operand) if node[1] in ("not", "!") else (-1 if node[1] == "-" else 1) * number(operand)
        if kind == "bin":
            return self._binary(node, names)
        if kind == "cond":
            return self._run(node[3] if is_empty(self._run(node[1], names)) else node[2], names)
        args = node[2] if kind == "call" else [node[1], *node[3]]
        return self._call(node[1] if kind == "call" else node[2], args, names)

    def _binary(self, node: Node, names: dict[str, Any]) -> Any:
        left = self._run(node[2], names)
        if node[1] in ("and", "&&"):
            return not is_empty(left) and not is_empty(self._run(node[3], names))
        if node[1] in ("or", "||"):
            return not is_empty(left) or not is_empty(self._run(node[3], names))
        return _OPERATORS[node[1]](left, self._run(node[3], names))

    def _call(self, name: str, args: list[Node], names: dict[str, Any]) -> Any:
        if name in ("if", "ifs"):
            pairs, otherwise = args[: len(args) // 2 * 2], args[-1] if len(args) % 2 else None
            for condition, result in zip(pairs[::2], pairs[1::2], strict=True):
                if not is_empty(self._run(condition, names)):
                    return self._run(result, names)
            return self._run(otherwise, names) if otherwise else None
        if name in ("now", "today"):
            return Moment(self._now) if name == "now" else Moment(self._now.replace(hour=0, minute=0), timed=False)
        if name in ("and", "or"):
            return (all if name == "and" else any)(not is_empty(self._run(one, names)) for one in args)
        if name == "not":
            return is_empty(self._run(args[0], names))
        if name in ("let", "lets"):
            return self._let(args, dict(names))
        if name in _OVER_LISTS:
            return self._over_list(name, args, names)
        if name not in FUNCTIONS:
            raise Unsupported
        return FUNCTIONS[name](*(self._run(one, names) for one in args))

    def _let(self, args: list[Node], names: dict[str, Any]) -> Any:
        for name, value in zip(args[:-1:2], args[1::2], strict=True):
            if name[0] != "name":
                raise Unsupported
            names[name[1]] = self._run(value, names)
        return self._run(args[-1], names)

    def _over_list(self, name: str, args: list[Node], names: dict[str, Any]) -> Any:
        items = self._run(args[0], names)
        if not isinstance(items, list):
            raise Unsupported
        if name == "count":
            return len(items)
        results = [self._run(args[1], {**names, "current": one, "index": n}) for n, one in enumerate(items)]
        if name == "map":
            return results
        kept = [n for n, result in enumerate(results) if not is_empty(result)]
        if name == "find":
            return items[kept[0]] if kept else None
        if name == "findIndex":
            return kept[0] if kept else -1
        return {"filter": [items[n] for n in kept], "some": bool(kept), "every": len(kept) == len(items)}[name]


def infer(node: Node, type_of_property: Callable[[str], str | None]) -> str | None:
    """The type that a formula gives, as far as its text tells: number, string, boolean, date, list or None."""
    kind = node[0]
    if kind in ("num", "str", "bool"):
        return type_of(node[1])
    if kind == "ref":
        return type_of_property(node[1])
    if kind == "list":
        return "list"
    if kind == "un":
        return "boolean" if node[1] in ("not", "!") else "number"
    if kind == "bin":
        if node[1] in _COMPARISONS:
            return "boolean"
        sides = [infer(side, type_of_property) for side in node[2:]]
        return "number" if node[1] != "+" or not {"string", "date", "list"} & set(sides) else "string"
    if kind == "cond":
        return infer(node[2], type_of_property) or infer(node[3], type_of_property)
    if kind == "name":
        return None
    name, args = (node[1], node[2]) if kind == "call" else (node[2], [node[1], *node[3]])
    return _infer_call(name, args, type_of_property)


def _infer_call(name: str, args: list[Node], type_of_property: Callable[[str], str | None]) -> str | None:
    if name in RESULT_TYPES:
        return RESULT_TYPES[name]
    if name in ("if", "ifs"):
        branches = [infer(one, type_of_property) for n, one in enumerate(args) if n % 2 or n == len(args) - 1]
        return next((one for one in branches if one), None)
    if name in ("let", "lets") and args:
        return infer(args[-1], type_of_property)
    if name == "add":
        return infer(["bin", "+", *args], type_of_property) if len(args) == 2 else None
    if name in ("style", "unstyle", "slice") and args:
        return infer(args[0], type_of_property)
    return None
