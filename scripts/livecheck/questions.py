"""The questions, each with the switch of the sandbox that stands for it: notion-api.md calls them open.

An answer is the value of that switch; where there is no switch, or Notion gives an answer that the switch has not, it
is a short sentence. References are to https://developers.notion.com/reference unless they say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from livecheck.ground import Ground

Asks = Callable[[Ground], object]


@dataclass(frozen=True)
class Question:
    """Something to find out; `switch` is the sandbox's switch of it, if it has one."""

    name: str
    asks: str
    page: str
    switch: str | None
    find_out: Asks


QUESTIONS: dict[str, Question] = {}

NOT_ASKED = {
    "token_state": "a right that the owner gives and takes, no question",
    "can_read": "a right that the owner gives and takes, no question",
    "can_update": "a right that the owner gives and takes, no question",
    "can_insert": "a right that the owner gives and takes, no question",
    "can_comment": "a right that the owner gives and takes, no question",
    "can_see_users": "a right that the owner gives and takes, no question",
    "requests_per_minute": "documented; spending it would stop everybody else who uses the connection",
    "members": "a fact about the workspace, no question",
    "block_limit": "documented; reaching it would spend the workspace's lifetime blocks",
    "block_limit_grace_days": "documented; reaching it would spend the workspace's lifetime blocks",
    "query_cap": "documented; it takes more than 10,000 rows",
    "cursor_ttl_requests": "nobody says how long cursors live; ours are begun anew when they die",
    "conflict_every": "counted while everything else is asked",
}
"""Switches of the sandbox that no question is about, and why."""

WEBHOOKS = (
    "When failed webhooks are delivered again: subscriptions are made in Notion's settings only, watch one by hand."
)


def question(asks: str, page: str, *, switch: bool = True) -> Callable[[Asks], Asks]:
    """Add a question; the function's name is its name, and its switch's."""

    def add(find_out: Asks) -> Asks:
        name = find_out.__name__
        QUESTIONS[name] = Question(name, asks, page, name if switch else None, find_out)
        return find_out

    return add
