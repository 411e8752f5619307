"""A recorded conversation as a list of requests that can be sent again, to another workspace with other ids.

Wherever a request names an id that an earlier answer gave, it holds a reference to the place in that answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import unquote

PARENT = -1
"""Stands, in place of a request's number, for what is given from outside: the id of the owner's page."""

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_REFERENCE = re.compile("⟪(%?)([0-9]+)⟫")

Pointer = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, as recorded."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Any
    answer: Any


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in the answer to an earlier request.

    Args:
        call: number of that request in its script, or PARENT.
    """

    call: int
    pointer: Pointer

    def of(self, answers: Mapping[int, Any]) -> str:
        """The id that stands there."""
        found: Any = answers[self.call]
        for step in self.pointer:
            found = found[step]
        return str(found)


@dataclass(frozen=True, slots=True)
class Call:
    """One request to be sent.

    Args:
        path, query, body: with ⟪n⟫ in place of the n-th reference, and ⟪%n⟫ where its id goes URL-decoded: property ids
            stand encoded in answers and where they take the place of a name, and decoded under keys like `property_id`.
        after: numbers of the requests whose answers it needs.
        wave: 0 for what needs nothing, else one more than the highest of what it needs.
    """

    method: str
    path: str
    query: Mapping[str, str]
    body: Any
    references: tuple[Reference, ...]
    after: tuple[int, ...]
    wave: int

    def filled(self, answers: Mapping[int, Any]) -> tuple[str, dict[str, str], Any]:
        """Path, query and body with the ids of another workspace."""

        def put(match: re.Match[str]) -> str:
            found = self.references[int(match[2])].of(answers)
            return unquote(found) if match[1] else found

        def fill(value: Any) -> Any:
            match value:
                case str():
                    return _REFERENCE.sub(put, value)
                case list():
                    return [fill(one) for one in value]
                case dict():
                    return {fill(name): fill(one) for name, one in value.items()}
            return value

        return fill(self.path), fill(self.query), fill(self.body)


def script_of(exchanges: Sequence[Exchange], parent_page_id: str) -> tuple[Call, ...]:
    """The requests that a plain script would send to make the same: every write but what only serves safety (the
    manifest), and of the reads those whose answers a later request needs."""
    drafts = _drafts([e for e in exchanges if "notion-roadmap manifest" not in json.dumps(e.body)], parent_page_id)
    needed = {r.call for draft in drafts for r in draft.references}
    kept = [n for n, draft in enumerate(drafts) if draft.method != "GET" or n in needed]
    number = {old: new for new, old in enumerate(kept)} | {PARENT: PARENT}
    calls: list[Call] = []
    last_at: dict[str, int] = {}
    for old in kept:
        draft = drafts[old]
        references = tuple(Reference(number[r.call], r.pointer) for r in draft.references)
        after = {r.call for r in references if r.call != PARENT}
        place = _reading_place(draft)
        if place:
            after |= {last_at[place]} if place in last_at else set()
            last_at[place] = len(calls)
        wave = 1 + max((calls[n].wave for n in after), default=-1)
        calls.append(Call(draft.method, draft.path, draft.query, draft.body, references, tuple(sorted(after)), wave))
    return tuple(calls)


def longest_chain(calls: Sequence[Call]) -> int:
    """How many requests wait for each other, by the answers that they need and the order in which things stand."""
    return 1 + max((call.wave for call in calls), default=-1)


def dump(calls: Sequence[Call]) -> str:
    """For a file."""
    return json.dumps([asdict(call) for call in calls], ensure_ascii=False)


def load(text: str) -> tuple[Call, ...]:
    """What `dump` wrote."""
    return tuple(
        Call(
            **{
                **told,
                "references": tuple(Reference(r["call"], tuple(r["pointer"])) for r in told["references"]),
                "after": tuple(told["after"]),
            }
        )
        for told in json.loads(text)
    )


def _drafts(exchanges: Sequence[Exchange], parent_page_id: str) -> list[Call]:
    """The requests with references, numbered as they are. `after` and `wave` are not known yet."""
    known: dict[str, Reference] = {parent_page_id: Reference(PARENT, ())}
    drafts = []
    for number, exchange in enumerate(exchanges):
        draft = _Draft(known)
        path = "/".join(draft.referring(segment) for segment in exchange.path.split("/"))
        query, body = draft.referring(dict(exchange.query)), draft.referring(exchange.body)
        drafts.append(Call(exchange.method, path, query, body, tuple(draft.references), (), 0))
        for identifier, pointer in _ids(exchange.answer, ()):
            known.setdefault(identifier, Reference(number, pointer))
    return drafts


class _Draft:
    """One request while its ids are replaced by references."""

    def __init__(self, known: Mapping[str, Reference]) -> None:
        self._known = known
        self.references: list[Reference] = []

    def referring(self, value: Any, under: str = "") -> Any:
        """The same with references. `under` is the key that the value stands under."""
        match value:
            case str():
                return self._refer(value, decoded=under.endswith("_id"))
            case list():
                return [self.referring(one, under) for one in value]
            case dict():
                return {self._refer(name, decoded=False): self.referring(one, name) for name, one in value.items()}
        return value

    def _refer(self, text: str, *, decoded: bool) -> str:
        reference = self._known.get(text if decoded else unquote(text))
        if reference is None:
            return text
        if reference not in self.references:
            self.references.append(reference)
        return f"⟪{'%' if decoded else ''}{self.references.index(reference)}⟫"


def _ids(value: Any, where: Pointer) -> Iterator[tuple[str, Pointer]]:
    """Every id in an answer that a request may have to name, with its place."""
    if isinstance(value, list):
        for place, one in enumerate(value):
            yield from _ids(one, (*where, place))
    elif isinstance(value, dict):
        for name, one in value.items():
            here = (*where, name)
            if isinstance(one, str):
                if _names_something(name, one, value, where):
                    yield unquote(one), here
            else:
                yield from _ids(one, here)


def _names_something(name: str, text: str, around: Mapping[str, Any], where: Pointer) -> bool:
    if name == "synced_property_id":
        return True
    if name == "id" and len(where) == 2 and where[0] == "properties":
        return text != "title" and "description" in around  # a column; a page's property has no description
    return (name == "id" or name.endswith("_id")) and _UUID.fullmatch(text) is not None


def _reading_place(draft: Call) -> str:
    """The page or dashboard on which it matters what is made first, because Notion moves nothing afterwards."""
    body = draft.body or {}
    parent = body.get("parent", {}).get("page_id", "")
    match draft.method, draft.path.rpartition("/")[2]:
        case "POST", "databases" | "pages":
            return str(_named(parent, draft)) if parent else ""
        case "PATCH", "children":
            return str(_named(draft.path.split("/")[-2], draft))
        case "POST", "views" if "view_id" in body:
            return str(_named(body["view_id"], draft))
    return ""


def _named(placeholder: str, draft: Call) -> object:
    match = _REFERENCE.fullmatch(placeholder)
    return draft.references[int(match[2])] if match else placeholder
