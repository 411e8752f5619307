"""kill -9 of the real process: a sample of what scripts/kill does at every request."""

from __future__ import annotations

from simulation.exported import differences
from simulation.killing import bench, killed, undisturbed


def test_a_process_that_is_killed_leaves_nothing_twice_and_nothing_out() -> None:
    with bench() as place:
        wanted, total = undisturbed(place)
        for number, when in ((4, "after"), (5, "after"), (total // 2, "before"), (total - 1, "after")):
            assert not differences(wanted, killed(place, number, when)), f"request {number}, {when}"
