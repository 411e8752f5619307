"""What the project aims at, beside what was measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Aim:
    """One aim and how it turned out."""

    aim: str
    measured: float
    limit: float

    @property
    def met(self) -> bool:
        """Whether the measured value is within the limit."""
        return self.measured <= self.limit

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {"aim": self.aim, "measured": round(self.measured, 3), "limit": round(self.limit, 3), "met": self.met}


@dataclass(frozen=True, slots=True)
class Run:
    """One way of making the workspace, measured.

    Args:
        who: "notion-roadmap", "concurrent script" or "sequential script".
        seconds: of the whole process, its start included.
        bound_seconds: what latency and budget take at the least.
        refused: requests that were answered 429.
        useful: seconds from the start of the process until each part of what the owner needs first stands, by its name.
        price_seconds: what the plan said that carrying it out would take; None for scripts, which have none.
        applied_seconds: what carrying it out took.
    """

    who: str
    per_minute: int
    requests: int
    seconds: float
    bound_seconds: float
    refused: int
    cpu_seconds: float
    peak_mb: float | None = None
    useful: dict[str, float] | None = None
    price_seconds: float | None = None
    applied_seconds: float | None = None

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        told = {name: getattr(self, name) for name in self.__slots__}
        told = {n: round(v, 2) if isinstance(v, float) else v for n, v in told.items() if v is not None}
        if self.useful is not None:
            told["useful"] = {name: round(seconds, 2) for name, seconds in self.useful.items()}
        return {**told, "ratio": round(self.seconds / self.bound_seconds, 3)}


OURS, CONCURRENT, SEQUENTIAL = "notion-roadmap", "concurrent script", "sequential script"


def aims_of(runs: Iterable[Run], bound_requests: int, status_seconds: float) -> list[Aim]:
    """The aims that these runs can tell something about."""
    runs = list(runs)
    found = []
    for run in (one for one in runs if one.who == OURS):
        at = f"at {run.per_minute} a minute"
        found.append(Aim(f"requests, against the bound, {at}", run.requests / bound_requests, 1.05))
        found.append(Aim(f"requests refused with 429 {at}", run.refused, 0))
        found.append(Aim(f"seconds until it is useful {at}", max((run.useful or {"": 0.0}).values()), 15))
        found.append(Aim(f"peak memory in MB {at}", run.peak_mb or 0.0, 150))
        if run.per_minute < 600:  # the budget decides: a script that runs into it may be as quick, with refusals
            found.append(Aim(f"seconds {at}, against the bound", run.seconds / run.bound_seconds, 1.1))
            continue
        found.append(Aim(f"seconds {at}", run.seconds, 12))
        rival = next((o for o in runs if o.who == CONCURRENT and o.per_minute == run.per_minute), None)
        if rival is not None:
            found.append(Aim(f"seconds {at}, against the concurrent script", run.seconds / rival.seconds, 1))
    found.append(Aim("seconds until `status` answers", status_seconds, 0.5))
    return found
