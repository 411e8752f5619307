"""Fault rules: what the sandbox does wrong on purpose, before or after a request took effect.

A rule is {"method", "path" (a glob), "nth" | "every", "times", "when": "before" | "after", "action"}; an action is
{"type": "respond", "status", "json" | "html", "headers"} | {"type": "drop", "mid_body"} | {"type": "stall", "seconds"}
| {"type": "drip", "gap_s"} | {"type": "garbage" | "empty" | "truncated" | "no_content" | "redirect"}
| {"type": "freeze_queries", "calls"}; a string stands for the action of that type.
A stall or a drip delays the answer only: the request took effect before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from notion_roadmap.sandbox.errors import SandboxError

_ACTIONS = {
    "respond", "drop", "stall", "drip", "garbage", "empty", "truncated", "no_content", "redirect", "freeze_queries",
}  # fmt: skip
_DELAYS = {"stall", "drip", "freeze_queries"}
_KEYS = {"method", "path", "nth", "every", "times", "when", "action"}


@dataclass
class Rule:
    """One fault rule and how often it matched and fired."""

    action: dict[str, Any]
    method: str = "*"
    path: str = "*"
    nth: int | None = None
    every: int | None = None
    times: int | None = None
    when: str = "before"
    matched: int = 0
    fired: int = 0

    @classmethod
    def read(cls, value: Any) -> Rule:
        """The rule that a JSON object describes; SandboxError when it describes none."""
        if not isinstance(value, dict) or "action" not in value or set(value) - _KEYS:
            raise SandboxError(
                f"A fault rule is an object with action and any of {', '.join(sorted(_KEYS))}: {value!r}."
            )
        action = value["action"]
        action = {"type": action} if isinstance(action, str) else action
        if not isinstance(action, dict) or action.get("type") not in _ACTIONS:
            raise SandboxError(f"A fault's action is one of {', '.join(sorted(_ACTIONS))}: {action!r}.")
        if value.get("when", "before") not in ("before", "after"):
            raise SandboxError(f"A fault happens before or after the commit: {value['when']!r}.")
        numbers: dict[str, int | None] = {key: value.get(key) for key in ("nth", "every", "times")}
        if any(number is not None and (not isinstance(number, int) or number < 1) for number in numbers.values()):
            raise SandboxError(f"nth, every and times are whole numbers from 1: {numbers}.")
        method, path = str(value.get("method", "*")).upper(), str(value.get("path", "*"))
        when = value.get("when", "before")
        return cls(action, method, path, numbers["nth"], numbers["every"], numbers["times"], when)

    @property
    def answers_early(self) -> bool:
        """Whether the request never takes effect; delays and frozen queries leave it its way."""
        return self.when == "before" and self.action["type"] not in _DELAYS

    def fires(self, method: str, path: str) -> bool:
        """Whether this request, counted as one more match, is one that the rule hits."""
        if self.method not in ("*", method) or not fnmatchcase(path, self.path):
            return False
        self.matched += 1
        if self.times is not None and self.fired >= self.times:
            return False
        if self.nth is not None and self.matched != self.nth:
            return False
        if self.every is not None and self.matched % self.every:
            return False
        self.fired += 1
        return True


@dataclass
class Faults:
    """The rules in force, first come first served."""

    rules: list[Rule] = field(default_factory=list)

    def set(self, values: Any) -> None:
        """Replace the rules; [] clears them."""
        if not isinstance(values, list):
            raise SandboxError("The fault rules are a list.")
        self.rules = [Rule.read(value) for value in values]

    def pick(self, method: str, path: str) -> Rule | None:
        """The rule that hits this request, if any does; every rule counts its own matches."""
        hits = [rule for rule in self.rules if rule.fires(method, path)]
        return hits[0] if hits else None
