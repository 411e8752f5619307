"""A world from one seed number: a sandbox, a seeder that is killed and lied to, and a person who edits meanwhile.

Everything that happens follows from the seed: the same number is the same history, to the last request.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from pydantic import SecretStr

from notion_roadmap.errors import UserError
from notion_roadmap.notion.gateway import Gateway
from notion_roadmap.plan.fields import owners_of
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.sandbox import SandboxClock, create_app, transport
from notion_roadmap.sandbox.workspace import Workspace
from notion_roadmap.service.choose import Asked
from notion_roadmap.service.house import House
from notion_roadmap.service.seed import Prepared, Seeder, SeedResult
from notion_roadmap.settings import Settings
from notion_roadmap.store import MemoryState, State, open_state
from notion_roadmap.templates import load_template
from notion_roadmap.workspace.properties import Owner
from simulation.exported import Facts, facts
from simulation.mortal import Killed, Life, MortalState, MortalTransport, Wire
from simulation.person import Deed, Person
from simulation.plot import Plot
from simulation.virtual import VirtualClock, VirtualLoop, run
from simulation.weather import Weather

QUIET_RUNS: Final = 4
"""Runs, faults off, after which nothing may be left to do."""

_READS: Final = ("/query", "/search")


@cache
def roadmap_of(template: str) -> Roadmap:
    """A template, loaded once."""
    return load_template(template)


class Violation(AssertionError):
    """A law does not hold."""


@dataclass
class Told:
    """One run, for reports."""

    ending: str
    outcome: str = ""
    writes: int = 0
    error: str = ""


class Ear(logging.Handler):
    """Listens to every log for the token."""

    def __init__(self, token: str) -> None:
        super().__init__(logging.DEBUG)
        self._token = token
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage()
        if self._token in words or self._token in str(record.__dict__.get("exc_info")):
            self.heard.append(words)


class World:
    """One history."""

    def __init__(self, plot: Plot) -> None:
        self.plot = plot
        self._dice = Random(f"world {plot.seed}")
        self.loop = VirtualLoop()
        self.clock = VirtualClock(self.loop)
        app = create_app(seed=plot.seed, clock=SandboxClock(self.clock.now))
        self.workspace: Workspace = app.state.workspace
        self.workspace.control("latency", {"ms": plot.latency_ms})
        self.workspace.control("switches", dict(plot.switches))
        self.weather = Weather(Random(f"weather {plot.seed}"))
        self.workspace.faults = self.weather  # type: ignore[assignment]
        self.wire = Wire(transport(app))
        self._settings = Settings.model_validate({"roadmap_timezone": "UTC"})
        self._roadmap = roadmap_of(plot.template)
        self._folder = tempfile.TemporaryDirectory() if plot.on_disk else None
        self._memory = MemoryState(self._roadmap.key)
        self._names: dict[str, Any] = {}
        self.told: list[Told] = []
        self._calm_now = False
        self.owners: Mapping[str, Owner] = {}
        self.person: Person | None = None
        if plot.pause is not None:
            self.person = Person(Random(f"person {plot.seed}"), self.workspace, transport(app), self.known, plot.pause)
        self._ear = Ear(self.workspace.token)

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What the person did."""
        return self.person.deeds if self.person else ()

    @property
    def steps(self) -> int:
        """Requests so far."""
        return self.workspace.requests

    def journal_hash(self) -> str:
        """A number for the whole history."""
        told = [(e["method"], e["path"], e["body_hash"], e["status"], e["time"]) for e in self.workspace.journal]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def facts(self) -> Facts:
        """What is there now."""
        with self._state() as state:
            applied = state.all().values()
        ws = self.workspace
        return facts(ws.store.docs, applied, ws.root_page_id, ws.bot_id)

    def known(self) -> Mapping[str, Any]:
        """What is there of ours, by key: what a state ever knew."""
        if self._folder is None:
            self._names.update(self._memory.all())
        return self._names

    @contextmanager
    def _state(self) -> Iterator[State]:
        if self._folder is None:
            yield self._memory
            return
        state = open_state(Path(self._folder.name) / "state.sqlite", self._roadmap.key).state
        try:
            yield state
        finally:
            self._names.update(state.all())
            state.close()

    def change_template(self, template: str) -> None:
        """From now on another version of the roadmap is seeded."""
        self._roadmap = roadmap_of(template)

    def lose_state(self) -> None:
        """Nothing here remembers anything."""
        self._memory = MemoryState(self._roadmap.key)
        if self._folder is not None:
            for file in Path(self._folder.name).iterdir():
                file.unlink()

    def live(self) -> None:
        """The whole history: trouble, then quiet. Raises Violation."""
        with self._listening():
            self._trouble()
            self.weather.clear()
            self.workspace.control("switches", {"query_lag_requests": 0})  # what was written long ago is listed
            self._calm()
        if self._ear.heard:
            raise Violation(f"7 Secrecy: the token was logged: {self._ear.heard[0]!r}")

    def _trouble(self) -> None:
        drawn = Weather.drawn(self._dice)
        self.weather.kinds, self.weather.streak = drawn.kinds, drawn.streak
        for _ in range(self.plot.runs):
            self.weather.rate = drawn.rate
            if self._dice.random() < self.plot.losses and self._may_forget():
                self.lose_state()
            moments = int(self._dice.expovariate(1 / 250)) if self.plot.mortal and self._dice.random() < 0.8 else None
            ends_after = self._dice.choice((None, None, None, 1.0, 30.0)) if self.plot.mortal else None
            self.run(Life(moments), ends_after=ends_after)
            self._pass(self._dice.choice((0.0, 1.0, 30.0, 3600.0)))

    def _may_forget(self) -> bool:
        """Before the first run that came to its end there is no manifest, and what the owner renames until then is
        known to the state alone."""
        return self.person is None or any(told.outcome == "done" for told in self.told)

    def _calm(self) -> None:
        """Rerun until a run writes nothing. The owner is away."""
        self._calm_now = True
        for _ in range(QUIET_RUNS):
            self.run(Life())
            told = self.told[-1]
            if told.error:
                raise Violation(f"6 No silent loss: a calm run ended with {told.error}")
            if told.writes == 0:
                return
            self._pass(1.0)
        raise Violation(f"1 Silence: {self.told[-1].writes} writes in calm run number {QUIET_RUNS}")

    def _pass(self, seconds: float) -> None:
        async def wait() -> None:
            await self.wire.settle()
            await asyncio.sleep(seconds)
            if self.person is not None and not self._calm_now and self._dice.random() < 0.5:
                await self.person.act()

        run(self.loop, wait())

    def run(self, life: Life, *, ends_after: float | None = None) -> SeedResult | None:
        """One run of the process; None when it did not come to a result.

        Args:
            ends_after: seconds until somebody ends it politely (Ctrl-C).
        """
        before = len(self.workspace.journal)
        told = Told("to the end")
        result = None
        try:
            result = run(self.loop, self._process(life, ends_after))
            told.outcome = result.outcome
            self._check_result(result)
        except Killed:
            told.ending = "killed"
        except asyncio.CancelledError:
            told.ending = "cancelled"
        except UserError as error:
            told.error = f"{type(error).__name__}: {error}"
            self._check_secret(str(error), repr(error), repr(error.__dict__))
        except Exception as error:
            self._check_secret(str(error), repr(error))
            raise Violation(f"6 No silent loss: {type(error).__name__}: {error}") from error
        finally:
            told.writes = sum(_wrote(e) for e in self.workspace.journal[before:])
            self.told.append(told)
        return result

    async def _process(self, life: Life, ends_after: float | None) -> SeedResult:
        others = [asyncio.ensure_future(self.person.live())] if self.person and not self._calm_now else []
        seeding = asyncio.ensure_future(self._seed(life))
        if ends_after is not None:
            others.append(asyncio.ensure_future(_end(seeding, ends_after)))
        try:
            return await seeding
        finally:
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            await self.wire.settle()
            if self.person is not None:
                await self.person.finish()

    async def _seed(self, life: Life) -> SeedResult:
        with self._state() as kept:
            state: Any = MortalState(kept, life)
            gateway = Gateway(
                SecretStr(self.workspace.token),
                clock=self.clock,
                base_url=self.workspace.base_url,
                inner=MortalTransport(self.wire, life),
                earlier=kept.spending(),
                dice=Random(f"gateway {self.plot.seed} {len(self.told)}"),
            )
            house = House(self._settings, self.clock, gateway, state, self.workspace.root_page_id, "the simulation")
            try:
                seeder = Seeder(house)
                prepared = await self.prepare(seeder)
                return await seeder.apply(prepared, progress=lambda _: None)
            finally:
                await gateway.aclose()

    async def prepare(self, seeder: Seeder) -> Prepared:
        """Look and plan, of course without a write."""
        before = len(self.workspace.journal)
        prepared = await seeder.prepare(self._roadmap, Asked())
        self.owners = owners_of(prepared.workspace)
        if any(_is_write(e) for e in self.workspace.journal[before:]):
            raise Violation("preparing sent a write")
        return prepared

    def _check_result(self, result: SeedResult) -> None:
        if result.outcome == "partial" and not result.skipped:
            raise Violation("6 No silent loss: partial, and nothing is named")
        if result.outcome == "done" and result.skipped:
            raise Violation("6 No silent loss: done, and something was skipped")
        if unnamed := [one for one in result.skipped if not one["key"] or not one["why"]]:
            raise Violation(f"6 No silent loss: skipped without a word: {unnamed}")
        self._check_secret(str(result.as_dict()))

    def _check_secret(self, *words: str) -> None:
        if any(self.workspace.token in one for one in words):
            raise Violation("7 Secrecy: the token was told")

    @contextmanager
    def _listening(self) -> Iterator[None]:
        loggers = [logging.getLogger(name) for name in ("notion_roadmap", "httpx", "notion_client")]
        before = [(one.level, one.propagate) for one in loggers]
        for one in loggers:
            one.addHandler(self._ear)
            one.setLevel(logging.DEBUG)
            one.propagate = False
        try:
            yield
        finally:
            for one, (level, propagate) in zip(loggers, before, strict=True):
                one.removeHandler(self._ear)
                one.setLevel(level)
                one.propagate = propagate

    def __enter__(self) -> World:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of everything."""
        if self.person is not None:
            run(self.loop, self.person.close())
        with suppress(Exception):
            self.workspace.close()
        self.loop.close()
        if self._folder is not None:
            self._folder.cleanup()


async def _end(task: asyncio.Task[Any], seconds: float) -> None:
    await asyncio.sleep(seconds)
    task.cancel()


def _is_write(entry: Mapping[str, Any]) -> bool:
    return entry["method"] != "GET" and not entry["path"].endswith(_READS)


def _wrote(entry: Mapping[str, Any]) -> bool:
    """Whether it changed something: what a plan of Notion's refuses is asked for in every run, and told each time."""
    return _is_write(entry) and entry["status"] == 200
