"""From a formula's text to a tree of JSON lists, and back to text as Notion writes it.

Nodes: ["num", n], ["str", s], ["bool", b], ["ref", property id], ["name", variable], ["call", function, args],
["method", receiver, function, args], ["bin", operator, left, right], ["un", operator, operand],
["cond", if, then, else], ["list", items].
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

Node = list[Any]

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<ref>\{\{notion:block_property:(?P<pid>[^:}]+):[^}]*\}\})
    |(?P<num>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)
    |(?P<str>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<op>==|!=|>=|<=|&&|\|\||[-+*/%^<>!?:.,()\[\]])
    )""",
    re.VERBOSE | re.DOTALL,
)
_BINARY = {
    "or": 1, "||": 1, "and": 2, "&&": 2, "==": 3, "!=": 3, ">": 4, "<": 4, ">=": 4, "<=": 4, "+": 5, "-": 5, "*": 6,
    "/": 6, "%": 6, "^": 8,
}  # fmt: skip
_UNARY_BINDS = 7
MAX_DEPTH = 200


class FormulaError(Exception):
    """The text is no formula."""


class _Parser:
    def __init__(self, text: str, resolve: Callable[[str], str | None]) -> None:
        self._tokens = self._lex(text)
        self._at = 0
        self._resolve = resolve
        self._depth = 0

    @staticmethod
    def _lex(text: str) -> list[tuple[str, str]]:
        tokens, at = [], 0
        text = re.sub(r"/\*.*?\*/", " ", text, flags=re.DOTALL)
        while text[at:].strip():
            found = _TOKEN.match(text, at)
            if found is None:
                raise FormulaError(f"unexpected {text[at:].strip()[:1]!r}")
            kind = str(found.lastgroup if found.lastgroup != "pid" else "ref")
            tokens.append((kind, found["pid"] if kind == "ref" else found[kind]))
            at = found.end()
        return [*tokens, ("end", "")]

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at]

    def _next(self) -> tuple[str, str]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _expect(self, symbol: str) -> None:
        kind, value = self._next()
        if kind == "end" or value != symbol:
            raise FormulaError(f"expected {symbol!r}, found {value!r}")

    def whole(self) -> Node:
        node = self._expression()
        if self._peek()[0] != "end":
            raise FormulaError(f"unexpected {self._peek()[1]!r}")
        return node

    def _expression(self) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FormulaError("too deeply nested")
        node = self._binary(0)
        if self._peek() == ("op", "?"):
            self._next()
            yes = self._expression()
            self._expect(":")
            node = ["cond", node, yes, self._expression()]
        self._depth -= 1
        return node

    def _binary(self, least: int) -> Node:
        left = self._unary()
        while True:
            kind, value = self._peek()
            binds = _BINARY.get(value, 0) if kind in ("op", "name") else 0
            if binds <= least:
                return left
            self._next()
            left = ["bin", value, left, self._binary(binds - 1 if value == "^" else binds)]

    def _unary(self) -> Node:
        kind, value = self._peek()
        if (kind == "op" and value in "-+!") or (
            kind == "name" and value == "not" and self._tokens[self._at + 1][1] != "("
        ):
            self._next()
            return ["un", value, self._binary(_UNARY_BINDS)]
        return self._postfix()

    def _postfix(self) -> Node:
        node = self._atom()
        while self._peek() == ("op", "."):
            self._next()
            kind, name = self._next()
            if kind != "name":
                raise FormulaError(f"expected a function after '.', found {name!r}")
            args = self._arguments(")") if self._peek() == ("op", "(") else []
            node = ["method", node, name, args]
        return node

    def _arguments(self, closing: str) -> list[Node]:
        self._next()
        args: list[Node] = []
        while self._peek() != ("op", closing):
            args.append(self._expression())
            if self._peek() == ("op", closing):
                break
            self._expect(",")
        self._expect(closing)
        return args

    def _atom(self) -> Node:
        kind, value = self._peek()
        if (kind, value) == ("op", "["):
            return ["list", self._arguments("]")]
        self._next()
        if kind == "num":
            return ["num", float(value) if re.search(r"[.eE]", value) else int(value)]
        if kind == "str":
            return ["str", _unquote(value)]
        if kind == "ref":
            return self._reference(value)
        if (kind, value) == ("op", "("):
            node = self._expression()
            self._expect(")")
            return node
        if kind == "name":
            return self._named(value)
        raise FormulaError(f"unexpected {value!r}" if value else "unexpected end")

    def _named(self, value: str) -> Node:
        if value in ("true", "false"):
            return ["bool", value == "true"]
        if self._peek() != ("op", "("):
            return ["name", value]
        args = self._arguments(")")
        if value != "prop":
            return ["call", value, args]
        if len(args) != 1 or args[0][0] != "str":
            raise FormulaError("prop takes one name")
        return self._reference(args[0][1])

    def _reference(self, name: str) -> Node:
        found = self._resolve(name)
        if found is None:
            raise FormulaError(f"Could not find property with name or id: {name}")
        return ["ref", found]


def parse(text: str, resolve: Callable[[str], str | None]) -> Node:
    """The tree of a formula; `resolve` gives a property's id for its name or id. Raises FormulaError."""
    try:
        return _Parser(text, resolve).whole()
    except RecursionError as error:
        raise FormulaError("too deeply nested") from error


def _unquote(text: str) -> str:
    escapes = {"n": "\n", "t": "\t", "r": "\r"}
    return re.sub(r"\\(.)", lambda found: escapes.get(found[1], found[1]), text[1:-1], flags=re.DOTALL)


def show(node: Node, reference: Callable[[str], str]) -> str:
    """A formula's text as Notion gives it back: spaces around operators, nested operations in parentheses."""
    kind = node[0]
    if kind in ("num", "bool", "str"):
        return json.dumps(node[1], ensure_ascii=False)
    if kind == "ref":
        return reference(node[1])
    if kind == "name":
        return str(node[1])
    if kind == "list":
        return f"[{', '.join(show(one, reference) for one in node[1])}]"
    if kind == "call":
        return f"{node[1]}({', '.join(show(one, reference) for one in node[2])})"
    if kind == "method":
        return f"{_inner(node[1], reference)}.{node[2]}({', '.join(show(one, reference) for one in node[3])})"
    if kind == "bin":
        return f"{_inner(node[2], reference)} {node[1]} {_inner(node[3], reference)}"
    if kind == "un":
        return f"{node[1]}{' ' if node[1] == 'not' else ''}{_inner(node[2], reference)}"
    return f"{_inner(node[1], reference)} ? {_inner(node[2], reference)} : {_inner(node[3], reference)}"


def _inner(node: Node, reference: Callable[[str], str]) -> str:
    text = show(node, reference)
    return f"({text})" if node[0] in ("bin", "cond") else text


def references(node: Node) -> set[str]:
    """The ids of all properties that a formula mentions."""
    if node and node[0] == "ref":
        return {node[1]}
    return {id_ for part in node if isinstance(part, list) for id_ in references(part)}
