"""Faults at random, from one seed: every kind that Notion, its edge and the network are known for, alone and mixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from notion_roadmap.sandbox.faults import Rule

BEFORE: Final = ("before",)
AFTER: Final = ("after",)
EITHER: Final = ("before", "after")

_HTML: Final = "<html><head><title>Oh no</title></head><body><h1>An edge had trouble</h1></body></html>"
_RETRY_AFTER: Final = ("1", "7", "90", "0", "1.5", "soon", "", "-3", "Fri, 20 Nov 2026 09:05:00 GMT")
_NOT_CONNECTED: Final = {
    "object": "error",
    "status": 503,
    "code": "database_connection_unavailable",
    "message": "Notion is unavailable, please try again later.",
}
_WORKSPACE_LIMIT: Final = {
    "object": "error",
    "status": 429,
    "code": "rate_limited",
    "message": "You have been rate limited. Please try again in a few minutes.",
    "additional_data": {"rate_limit_reason": "public_api_space_request_rate_limit"},
}


@dataclass(frozen=True)
class Kind:
    """A kind of fault.

    Args:
        actions: one of these, as in the sandbox's fault rules.
        when: before the write took effect, after it, or either. A refusal (429, 409, 529, an edge's 403) comes before:
            nothing was done, by Notion's word.
        queries: only queries meet it.
    """

    actions: Sequence[Mapping[str, Any]]
    when: Sequence[str] = EITHER
    queries: bool = False


KINDS: Final[Mapping[str, Kind]] = {
    "429": Kind([{"type": "respond", "status": 429, "headers": {"Retry-After": one}} for one in _RETRY_AFTER], BEFORE),
    "429 of the workspace": Kind(
        [{"type": "respond", "status": 429, "json": _WORKSPACE_LIMIT, "headers": {"Retry-After": "130"}}], BEFORE
    ),
    "529": Kind([{"type": "respond", "status": 529, "headers": {"Retry-After": one}} for one in ("7", "")], BEFORE),
    "409": Kind([{"type": "respond", "status": 409}], BEFORE),
    "403 of an edge": Kind([{"type": "respond", "status": 403, "html": _HTML}], BEFORE),
    "500": Kind([{"type": "respond", "status": 500}]),
    "502 in HTML": Kind([{"type": "respond", "status": 502, "html": _HTML}]),
    "503": Kind([{"type": "respond", "status": 503}, {"type": "respond", "status": 503, "json": _NOT_CONNECTED}]),
    "503 saved": Kind([{"type": "respond", "status": 503, "saved": True}], AFTER),
    "504": Kind([{"type": "respond", "status": 504}]),
    "reset": Kind([{"type": "drop"}]),
    "reset in the body": Kind([{"type": "drop", "mid_body": True}], AFTER),
    "garbage": Kind([{"type": "garbage"}]),
    "empty": Kind([{"type": "empty"}]),
    "truncated": Kind([{"type": "truncated"}], AFTER),
    "no content": Kind([{"type": "no_content"}]),
    "redirect": Kind([{"type": "redirect"}]),
    "no answer": Kind([{"type": "stall", "seconds": 200}]),
    "stale queries": Kind(
        [{"type": "freeze_queries", "calls": calls} for calls in (1, 2, 4)], BEFORE, queries=True
    ),
}  # fmt: skip


@dataclass
class Weather:
    """Takes the place of a workspace's fault rules.

    Args:
        kinds: names of the kinds that occur.
        rate: the part of the requests that are met.
        streak: the chance that after one request the next is met by the same.
    """

    dice: Random
    kinds: Sequence[str] = ()
    rate: float = 0.0
    streak: float = 0.0
    hits: Counter[str] = field(default_factory=Counter)
    _last: str = ""

    @classmethod
    def drawn(cls, dice: Random) -> Weather:
        """One of all weathers: none, one kind alone, a few, or all of them; from now and then to most of the time."""
        kinds = sorted(KINDS)
        some = dice.choice((1, 1, 3, len(kinds)))
        rate = dice.choice((0.0, 0.01, 0.03, 0.1, 0.3))
        return cls(Random(dice.random()), sorted(dice.sample(kinds, some)), rate, dice.choice((0.0, 0.0, 0.4, 0.8)))

    def clear(self) -> None:
        """No more faults."""
        self.rate = self.streak = 0.0
        self._last = ""

    def set(self, values: Any) -> None:
        """The sandbox's control of its fault rules; here it can only clear them."""
        assert not values
        self.clear()

    def pick(self, method: str, path: str) -> Rule | None:
        """The fault that this request meets, if it meets one."""
        name = self._last if self._last and self.dice.random() < self.streak else ""
        if not name and self.kinds and self.dice.random() < self.rate:
            name = self.dice.choice(self.kinds)
        self._last = name
        if not name or (KINDS[name].queries and not path.endswith("/query")):
            return None
        self.hits[name] += 1
        kind = KINDS[name]
        return Rule(dict(self.dice.choice(kind.actions)), when=self.dice.choice(kind.when))
