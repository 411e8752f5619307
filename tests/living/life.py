"""Months and years of a roadmap: an owner who lives in it, written down in a diary, and syncs on a schedule."""

from __future__ import annotations

from collections.abc import Iterable
from cProfile import Profile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from pstats import Stats
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from living.ledger import STAGES, Diary, Reckoning
from notion_roadmap.service.sync import Syncer, SyncResult
from notion_roadmap.store import MemoryState
from service.living import Living, seeded

LIVED: Final = str(Path(__file__).parent.parent / "data" / "lived-roadmap.yaml")
ZONE: Final = "Europe/Berlin"
START: Final = date(2026, 11, 23)
NAMES: Final = {"not_started": "Open", "in_progress": "Doing", "blocked": "Stuck", "completed": "Done"}
Span = tuple[date, date]
AWAY: Final = ((date(2026, 12, 22), date(2027, 1, 6)), (date(2027, 7, 24), date(2027, 8, 15)))
"""Holidays, the first over a new year."""

UNSEEN: Final = ((date(2027, 2, 1), date(2027, 2, 19)), (date(2028, 3, 20), date(2028, 4, 1)))
"""Nothing runs on these days; the machine was off, the second time while the clocks change."""


@dataclass
class Costs:
    """What the syncs of one week cost.

    Args:
        silent: requests of those after which nothing was left to do.
        queries: requests of every sync that read rows.
        calls: of functions, by a silent one, where they were counted; `known` what the state knew then.
    """

    silent: list[int] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    calls: int = 0
    known: int = 0


class Life(Living):
    """One life. Make it, then `does(Life.lives)`."""

    def __init__(self, seed: int = 1, *, weeks: int, zone: str = ZONE) -> None:
        super().__init__(LIVED, zone=zone, seeded=seeded(LIVED))
        self.weeks = weeks
        self.zone = ZoneInfo(zone)
        self.dice = Random(f"life {seed}")
        self.diary = Diary(self.zone)
        self.costs: dict[int, Costs] = {}
        self.words: dict[str, list[str]] = {}
        self.last: SyncResult | None = None
        self.own = 0
        self.applied_for: dict[str, str] = {}
        self.talks = 0
        self.loses_state_next = False
        self.dated: dict[str, str] = {}

    @property
    def today(self) -> date:
        return self.clock.now().astimezone(self.zone).date()

    @property
    def week(self) -> int:
        return (self.today - START).days // 7

    def reckoning(self) -> Reckoning:
        """By the diary alone."""
        return Reckoning(self.diary)

    def note(self, what: str, *about: Any) -> None:
        self.diary.note(self.clock.now(), what, *about)

    async def lives(self) -> None:
        """Up to the Sunday evening of the last week."""
        day = self.today
        last = START + timedelta(days=7 * self.weeks - 1)
        while day <= last:
            await self._until(day, 8)
            if not within(UNSEEN, day) and (day.weekday() == 0 or self.dice.random() < 0.15):
                await self.looks()
            await self._until(day, 12)
            await self._edits(day)
            await self._until(day, 21)
            if day == last or (day.weekday() == 6 and not within(UNSEEN, day)):
                await self.looks()
            day += timedelta(days=1)

    async def _until(self, day: date, hour: int) -> None:
        """Wall-clock time of the owner: days are as long as they are there."""
        then = datetime.combine(day, time(hour), tzinfo=self.zone)
        await self.passes(seconds=max(0.0, (then - self.clock.now()).total_seconds()))

    async def looks(self) -> SyncResult:
        """One sync; on a Sunday one more, which must find nothing to do."""
        self.note("looks")
        if self.loses_state_next:
            self._forgets()
        self.wire.sent.clear()
        result = await self._sync()
        costs = self.costs.setdefault(self.week, Costs())
        costs.queries.append(sum(path.endswith("/query") for _, path, _ in self.wire.sent))
        if self.today.weekday() == 6:
            result, costs.calls = await self._counted()
            assert (result.written, result.created, result.updated) == (0, [], []), (self.today, result.updated)
            costs.silent.append(result.requests)
            costs.known = len(self.state.all())
        return result

    async def _counted(self) -> tuple[SyncResult, int]:
        """One sync and how many functions it called: the same on every machine, as seconds are not."""
        if self.week not in (1, self.weeks - 1):
            return await self._sync(), 0
        with Profile() as profile:
            result = await self._sync()
        return result, int(Stats(profile).total_calls)  # type: ignore[attr-defined]

    async def _sync(self) -> SyncResult:
        self.last = result = await Syncer(self.house).sync(self.roadmap)
        assert result.outcome == "done", (self.clock.now(), result.skipped, result.stopped, result.warnings)
        self.ids |= {key: one.id for key, one in self.state.all().items()}
        return result

    def _forgets(self) -> None:
        """The state is lost, and with it all that only this machine knew."""
        self.loses_state_next = False
        self.note("forgets")
        self.state = MemoryState(self.roadmap.key)
        object.__setattr__(self.house, "state", self.state)

    # What the owner does.

    async def _edits(self, day: date) -> None:
        """What this day brings: the great things on their days, the small ones by the dice."""
        great = getattr(self, f"_on_{day:%Y_%m_%d}", None)
        if great is not None:
            await great()
        if day < START or within(AWAY, day):
            return
        await self._logs(day)
        if self.dice.random() < 0.15:
            await self._takes_on()
        if self.dice.random() < 0.12:
            await self._applies()
        if self.dice.random() < 0.1:
            self.talks += self.dice.choice((1, 2))
            await self.edits("kpis/talks", own_entry=self.talks)
            self.note("talks", float(self.talks))
        if day.weekday() == 4:
            await self._writes_a_review()

    async def _logs(self, day: date) -> None:
        key, rolled = f"days/{day.isoformat()}", self.dice.random()
        if key not in self.ids:
            return
        if rolled < 0.6:
            await self.edits(key, problems=True)
            self.note("day", day, 2.0)
        elif rolled < 0.7:
            much = self.dice.choice((1, 3, 5))
            await self.edits(key, problems_exactly=much, notes=f"Only {much} on {day}")
            self.words.setdefault(key, []).append(f"Only {much} on {day}")
            self.note("day", day, float(much))
        elif rolled < 0.8:
            await self.edits(key, day_off=True)
            self.note("rests", day)

    async def _takes_on(self) -> None:
        """A row of the owner's own, which moves on a little each time."""
        tasks = self.reckoning().live()
        under_way = [n for n, t in tasks.items() if n.startswith("own ") and t.status != "completed"]
        if not under_way or self.dice.random() < 0.4:
            self.own += 1
            name = f"own {self.own}"
            phase, category = self.dice.choice(("Phase 1", "Phase 2", None)), self.dice.choice(("Learning", "Project"))
            told = {"phase": phase} if phase else {}
            self.ids[name] = await self.adds("tasks", title=name, category=category, hours=4, **told)
            self.note("adds", name, phase, category, 4.0)
            return
        name = self.dice.choice(under_way)
        rolled = self.dice.random()
        if rolled < 0.3:
            await self.sets(name, "in_progress")
        elif rolled < 0.4:
            await self.sets(name, "blocked")
        elif rolled < 0.7:
            await self.sets(name, "completed")
        elif rolled < 0.9:
            await self.edits(self.ids[name], done=True)
            self.note("ticks", name)
        else:
            await self.trashes(name)
            self.note("trashes", name)

    async def sets(self, name: str, status: str) -> None:
        """Another status; a task of the template is named by its key."""
        await self.edits(self.ids.get(f"tasks/{name}", self.ids.get(name, "")), status=NAMES[status])
        self.note("status", name, status)

    async def _applies(self) -> None:
        waiting = [n for n, stage in self.applied_for.items() if stage != STAGES[-1]]
        if waiting and self.dice.random() < 0.5:
            name = self.dice.choice(waiting)
            self.applied_for[name] = STAGES[STAGES.index(self.applied_for[name]) + 1]
            await self.edits_in("applications", name, stage=self.applied_for[name])
        else:
            name = f"Company {len(self.applied_for) + 1}"
            self.applied_for[name] = STAGES[0]
            self.ids[name] = await self.adds("applications", title=name, stage=STAGES[0], notes=f"Dear {name}!")
            self.words[name] = [f"Dear {name}!"]
        self.note("applies", name, self.applied_for[name])

    async def edits_in(self, database: str, name: str, **values: Any) -> None:
        """Set values of a row of the owner's own, in any database."""
        await self.says("PATCH", f"pages/{self.ids[name]}", {"properties": self._properties(database, values)})

    async def _writes_a_review(self) -> None:
        key = f"reviews/{self.today.isocalendar().year}-W{self.today.isocalendar().week:02d}"
        if key not in self.ids:
            return
        said = f"In my own words on {self.today}"
        paragraph = {"type": "paragraph", "paragraph": {"rich_text": [{"type": "text", "text": {"content": said}}]}}
        await self.says("PATCH", f"blocks/{self.ids[key]}/children", {"children": [paragraph]})
        self.words.setdefault(key, []).append(said)

    async def renames(self, database: str, name: str, to: str) -> None:
        """Give a property another name."""
        source = self.state.all()[database].refs["data_source"]
        await self.says("PATCH", f"data_sources/{source}", {"properties": {self.ids[name]: {"name": to}}})

    # The great days. Each is before a new year, a holiday or a change of the clocks at least once.

    async def _on_2026_11_24(self) -> None:
        await self.sets("phase-1/two", "in_progress")

    async def _on_2026_11_27(self) -> None:
        await self.renames("tasks", "tasks.status", "Where I am")
        await self.edits("tasks/phase-1/project", notes="A first idea")
        self.words["tasks/phase-1/project"] = ["A first idea"]

    async def _on_2026_12_03(self) -> None:
        await self.edits("tasks/phase-1/two", done=True)
        self.note("status", "phase-1/two", "completed")

    async def _on_2026_12_08(self) -> None:
        await self.edits("settings/roadmap", weekly_hours=6)
        await self.sets("phase-1/project", "blocked")

    async def _on_2026_12_15(self) -> None:
        await self.edits("tasks/phase-1/project", percent_done=0.5)
        self.note("share", "phase-1/project", 0.5)
        await self.sets("phase-1/project", "in_progress")

    async def _on_2026_12_21(self) -> None:
        await self._pauses(AWAY[0])

    async def _on_2027_01_11(self) -> None:
        await self.sets("phase-2/one", "completed")

    async def _on_2027_01_20(self) -> None:
        await self.sets("phase-2/one", "not_started")

    async def _on_2027_01_28(self) -> None:
        await self.sets("phase-1/project", "completed")
        await self.edits("tasks/phase-1/project", completed_on="2027-01-25")
        self.note("dates", "phase-1/project", date(2027, 1, 25))

    async def _on_2027_02_22(self) -> None:
        await self.edits("criteria/phase-2/shown", met=True)
        self.note("decides", "phase-2/shown", True)
        await self.renames("days", "days.problems", "Two a day")

    async def _on_2027_03_02(self) -> None:
        await self.trashes("tasks/phase-2/extra")
        self.note("trashes", "phase-2/extra")

    async def _on_2027_03_25(self) -> None:
        await self.sets("phase-2/one", "completed")

    async def _on_2027_04_05(self) -> None:
        await self.ticks("tasks/phase-1/one", 0)
        self.note("box", "phase-1/one")

    async def _on_2027_04_19(self) -> None:
        await self._dates_by_hand("phase-2/project", "2028-02-25")

    async def _on_2027_05_03(self) -> None:
        await self.edits("settings/roadmap", replan=True)

    async def _on_2027_05_11(self) -> None:
        await self.edits(self._replan(), accept=True)

    async def _on_2027_05_31(self) -> None:
        await self.edits(self._replan(), undo=True)

    async def _on_2027_06_14(self) -> None:
        self.loses_state_next = True

    async def _on_2027_07_23(self) -> None:
        await self._pauses(AWAY[1])

    async def _on_2027_09_01(self) -> None:
        await self.edits("settings/roadmap", weekly_hours=9)

    async def _on_2027_10_30(self) -> None:
        await self.edits("tasks/phase-2/one", done=False)
        self.note("status", "phase-2/one", "not_started")

    async def _on_2027_12_30(self) -> None:
        await self.sets("phase-2/project", "completed")

    async def _on_2028_01_10(self) -> None:
        await self.edits("settings/roadmap", replan=True)

    async def _on_2028_01_18(self) -> None:
        await self.edits(self._replan(), accept=True)

    async def _pauses(self, span: Span) -> None:
        await self.edits("settings/roadmap", pause_until=span[1].isoformat())
        self.note("pauses", self.today, span[1])

    async def _dates_by_hand(self, name: str, day: str) -> None:
        await self.edits(f"tasks/{name}", due_date=day)
        self.dated[name] = day

    def _replan(self) -> str:
        """The key of the latest proposal of new dates."""
        return max(key for key in self.ids if key.startswith("settings/replan/"))


def within(spans: Iterable[Span], day: date) -> bool:
    """Whether it is one of these days."""
    return any(first <= day <= last for first, last in spans)
