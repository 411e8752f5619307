"""The long run: history after history until the time is up; or one life of months. See scripts/simulate."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice

from living.life import ZONE
from living.lived import tell
from simulation.laws import check
from simulation.plot import Plot
from simulation.world import Violation, World


@dataclass
class Tally:
    """What happened so far."""

    began: float
    histories: int = 0
    steps: int = 0
    runs: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    deeds: int = 0
    failures: dict[int, str] = field(default_factory=dict)

    def add(self, world: World) -> None:
        """One history more."""
        self.histories += 1
        self.steps += world.steps
        self.runs.update(told.ending if told.ending != "to the end" else told.outcome or "error" for told in world.told)
        self.faults.update(world.weather.hits)
        self.deeds += len(world.deeds)

    def line(self, now: float) -> str:
        """The figures in a line."""
        seconds = max(now - self.began, 1e-9)
        return (
            f"{self.histories:,} histories, {self.steps:,} steps ({self.steps / seconds:,.0f} a second), "
            f"{self.faults.total():,} faults, {self.deeds:,} deeds, {len(self.failures)} failures, {seconds:,.0f} s"
        )

    def summary(self, now: float) -> Iterator[str]:
        """The figures in full."""
        yield self.line(now)
        yield "runs: " + ", ".join(f"{name} {number:,}" for name, number in self.runs.most_common())
        yield "faults: " + ", ".join(f"{name} {number:,}" for name, number in self.faults.most_common())
        for seed, why in self.failures.items():
            yield f"FAILED seed {seed}: {why}\n  again with: scripts/simulate --seed {seed}"


def main() -> int:
    """Run as the arguments say; 1 when a law was violated."""
    parser = argparse.ArgumentParser(prog="scripts/simulate", description=__doc__)
    parser.add_argument("--seed", type=int, help="replay this one history and tell it")
    parser.add_argument("--first", type=int, default=0, help="the first seed of many (0)")
    parser.add_argument("--histories", type=int, help="how many histories (as many as the time allows)")
    parser.add_argument("--minutes", type=float, help="how long (10, or until the histories are through)")
    parser.add_argument("--life", type=int, metavar="WEEKS", help="live with a roadmap for so long (75), see --seed")
    parser.add_argument("--zone", default=ZONE, help=f"of a life ({ZONE})")
    asked = parser.parse_args()
    if asked.life is not None:
        return tell(asked.seed if asked.seed is not None else 1, weeks=asked.life, zone=asked.zone)
    if asked.seed is not None:
        return _replay(asked.seed)
    minutes = asked.minutes if asked.minutes is not None else None if asked.histories else 10.0
    return _many(islice(count(asked.first), asked.histories), minutes)


def _many(seeds: Iterator[int], minutes: float | None) -> int:
    began = told = time.perf_counter()
    tally = Tally(began)
    for seed in seeds:
        now = time.perf_counter()
        if minutes is not None and now - began > minutes * 60:
            break
        if now - told > 5:
            told = now
            _show(tally.line(now))
        with World(Plot.drawn(seed)) as world:
            try:
                world.live()
                check(world)
            except Violation as violation:
                tally.failures[seed] = str(violation)
                _show(f"FAILED seed {seed}: {violation}", end="\n")
            tally.add(world)
    _show("", end="")
    print("\n".join(tally.summary(time.perf_counter())))
    return 1 if tally.failures else 0


def _show(line: str, end: str = "") -> None:
    """A line that the next one takes the place of, on a terminal."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{line}", end=end, file=sys.stderr, flush=True)
    elif line:
        print(line, file=sys.stderr, flush=True)


def _replay(seed: int) -> int:
    plot = Plot.drawn(seed)
    world = World(plot)
    print(plot)
    verdict = "every law holds"
    try:
        world.live()
        check(world)
    except Violation as violation:
        verdict = str(violation)
    for number, told in enumerate(world.told, 1):
        print(f"run {number}: {told.ending} {told.outcome} {told.error} ({told.writes} writes)")
    print("faults:", dict(world.weather.hits))
    for deed in world.deeds:
        print(f"the owner did {deed.what}: {'intact' if deed.holds() else 'UNDONE'}")
    print(f"{world.steps} steps, journal {world.journal_hash()[:16]}")
    print(verdict)
    world.close()
    return 0 if verdict == "every law holds" else 1


if __name__ == "__main__":
    sys.exit(main())
