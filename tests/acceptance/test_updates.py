"""Bringing a workspace that stands up to date: what a second and later seed says, costs and survives."""

from __future__ import annotations

from acceptance.ground import Ground
from notion_roadmap.roadmap import Roadmap


def test_the_seconds_of_a_result_are_those_of_the_whole_run(empty: Ground, mini: Roadmap) -> None:
    """Looking takes most of a second seed, and it said 0.0 s."""
    empty.seed(mini)
    stall = {"method": "GET", "path": "/v1/users/me", "times": 1, "action": {"type": "respond", "status": 503}}
    empty.workspace.control("faults", [{**stall, "when": "before"}])
    before = empty.clock.seconds

    result = empty.seed(mini)

    assert result.retries == 1
    assert result.seconds == empty.clock.seconds - before > 0
