"""Syncing: pull what people did, draw the numbers from it, and write the few values that differ.

The same movement as a seed, with other wishes: the numbers are desired values too. What nobody looked at counts as it
was left, so a quiet sync asks each tracked database once and writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Final

from notion_roadmap.blueprint import Choices, build
from notion_roadmap.blueprint.criteria import TRANSITIONS
from notion_roadmap.blueprint.part import REVIEWS
from notion_roadmap.clock import local_date
from notion_roadmap.errors import UserError
from notion_roadmap.plan.changes import Action, Change, Plan
from notion_roadmap.plan.compare import compare, to_read
from notion_roadmap.plan.orphans import added_by_time
from notion_roadmap.plan.rulings import with_rulings
from notion_roadmap.plan.steps import Step, steps_of
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.life import Life
from notion_roadmap.roadmap.numbers import Numbers
from notion_roadmap.roadmap.record import PastForecast
from notion_roadmap.service.choose import Asked, choose
from notion_roadmap.service.context import Context, Difference
from notion_roadmap.service.execute import Execution, Executor
from notion_roadmap.service.foresee import settled
from notion_roadmap.service.house import House
from notion_roadmap.service.identity import know_ourselves
from notion_roadmap.service.intake import HISTORY, Intake, take_in
from notion_roadmap.service.life import first_life, life_of
from notion_roadmap.service.observe import NOWHERE
from notion_roadmap.service.past import without_past
from notion_roadmap.service.perform import Performer
from notion_roadmap.service.pull import note_own_edits, pass_time
from notion_roadmap.service.read import read_in_full
from notion_roadmap.service.replanning import dated_by_hand, replans_of, wants_replan, with_proposal
from notion_roadmap.service.seed import Outcome, Seeder
from notion_roadmap.service.settle import learn, settle_row_intents
from notion_roadmap.service.status import NUMBERS, SHOWN, SYNCED
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.columns import Column, Columns
from notion_roadmap.workspace.items import ROOT, Database, Kind, Page, Row, Workspace
from notion_roadmap.workspace.observed import Applied, Seen


class NotSeeded(UserError):
    """There is nothing to sync: the roadmap was never seeded here, or cannot be found."""

    def __init__(self, roadmap: str, place: str) -> None:
        self.roadmap = roadmap
        super().__init__(
            f"Nothing of {roadmap} was found in {place}", hint=f"Seed it first: notion-roadmap seed {roadmap}"
        )


@dataclass
class SyncResult:
    """What a sync did. `as_dict` is the contract of `sync --json`.

    Args:
        pulled: rows that were seen, `changed` those that somebody but us changed since, `written` ours that we did.
        stopped: what ended the run before its time, None when it went to its end.
        edited: whether the owner was seen to have done something.
    """

    outcome: Outcome
    numbers: Numbers
    stopped: UserError | None = None
    pulled: int = 0
    changed: int = 0
    written: int = 0
    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    requests: int = 0
    retries: int = 0
    seconds: float = 0.0

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        told = self.numbers.as_dict()
        return {
            "outcome": self.outcome,
            "pulled": self.pulled,
            "changed": self.changed,
            "written": self.written,
            "requests": self.requests,
            "retries": self.retries,
            "seconds": round(self.seconds, 2),
            **{name: told[name] for name in SHOWN},
            "reviews": {"created": weeks_in(self.created), "updated": weeks_in(self.updated)},
            "skipped": self.skipped,
            "differences": [asdict(one) for one in self.differences],
            "warnings": self.warnings,
        }


def weeks_in(keys: Iterable[str]) -> list[str]:
    """The weeks whose review is among these keys."""
    return sorted(key.removeprefix("reviews/") for key in keys if key.startswith("reviews/"))


async def remember_workspace(house: House, roadmap: Roadmap) -> dict[str, Applied]:
    """What the state knows. Where that is nothing, everything is found in Notion again; nothing is made.

    Raises NotSeeded.
    """
    if ROOT in (known := house.state.all()):
        return known
    seeder = Seeder(house)
    prepared = await seeder.prepare(roadmap, Asked())
    if ROOT not in prepared.context.live:
        raise NotSeeded(roadmap.key, house.place)
    seeder.remember(prepared)
    return house.state.all()


class Syncer:
    """Keeps one workspace alive."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def sync(self, roadmap: Roadmap, *, full: bool = False) -> SyncResult:
        """Pull, compute, write. Never raises for one item: what could not be done is in the result.

        Raises NotSeeded, NotionError where nothing could be read, StateError.
        """
        traffic, clock = self._house.gateway.traffic, self._house.clock
        before, began = traffic, clock.monotonic()
        try:
            result = await self._sync(roadmap, full=full)
        finally:
            self._house.state.save_spending(self._house.gateway.spent())
        traffic = self._house.gateway.traffic
        result.requests = traffic.requests - before.requests
        result.retries = traffic.retries - before.retries
        result.seconds = clock.monotonic() - began
        return result

    async def _sync(self, roadmap: Roadmap, *, full: bool) -> SyncResult:
        await know_ourselves(self._house)
        applied = await remember_workspace(self._house, roadmap)
        choices = choose(self._house, NOWHERE, Asked())
        skeleton = build(roadmap, choices, first_life(roadmap, choices))
        context = Context(self._house, skeleton, applied)
        learn(context.addresses, context.applied.values())
        intake = await take_in(
            self._house, roadmap, choices, skeleton.databases, context.addresses, context.applied, full=full
        )
        _take_over(context, intake)
        life, read = self._life(context, roadmap, choices, intake), set[str]()
        context.workspace = build(roadmap, choices, life)
        for database in context.workspace.databases:
            await settle_row_intents(database, context)  # what an earlier sync was about to make when it was killed
        plan = await self._plan(context, context.workspace, read)
        drawn = (plan, life)
        plan, life = await settled(
            roadmap, choices, intake, context, drawn, lambda wished: self._plan(context, wished, read)
        )
        plan = with_rulings(plan if intake.pulled.complete else _without_final_words(plan), intake.ruled)
        performer = Performer(context, plan.records)
        self._house.state.settle(*_at_any_time(plan))
        steps = steps_of(plan, context.workspace)
        execution = await Executor(steps, performer, _silent, self._house.gateway.left).run()
        note_own_edits(self._house, intake.pulled)
        pass_time(self._house, intake.pulled)
        if execution.stopped is None:
            self._note(life.numbers, life.today)
        return _result(life.numbers, context, intake, execution, _outdated(self._house, roadmap))

    def _life(self, context: Context, roadmap: Roadmap, choices: Choices, intake: Intake) -> Life:
        """What has become of the roadmap, with a new plan where the owner asks for one."""
        now = self._house.clock.now()
        today = local_date(self._house.clock, self._house.settings.roadmap_timezone)
        settings, tasks = intake.pulled.rows("settings"), intake.pulled.rows("tasks")
        life = life_of(roadmap, choices, intake.record, today, now=now, replans=replans_of(settings))
        if not wants_replan(settings):
            return life
        return with_proposal(roadmap, choices, life, dated_by_hand(tasks, context.applied))

    async def _plan(self, context: Context, wished: Workspace, read: set[str]) -> Plan:
        """What differs in what lives: rows of the tracked databases, our own history, and the root page's words.

        Args:
            read: keys of what was read in full already; learns what is read now.
        """
        context.workspace = wished = without_past(wished, context.applied)
        unread = to_read(wished, context.applied) - read
        for key in unread:
            context.live[key] = _with_item(context.live[key], context.applied[key])
        await read_in_full(context, wished, known=read)
        read |= unread
        plan = compare(wished, context.applied, context.live, twins=context.twins)
        growing = added_by_time(wished)
        there = set(context.addresses.sources)
        return replace(plan, changes=tuple(c for c in plan.changes if _lives(c, growing, there)))

    def _note(self, numbers: Numbers, today: date) -> None:
        """What `status` shows, and what later forecasts are scored against."""
        state, forecast = self._house.state, numbers.forecast
        state.remember(NUMBERS, _json(numbers.as_dict()))
        state.remember(SYNCED, self._house.clock.now().isoformat())
        dates = {"": forecast.overall, **forecast.phases}
        state.note_forecasts(
            *(PastForecast(made_on=today, subject=s, p50=d.p50, p85=d.p85) for s, d in dates.items() if d.p50 and d.p85)
        )


def _take_over(context: Context, intake: Intake) -> None:
    """What was looked at, as it is there; the rest as it was left."""
    for source in intake.pulled.sources.values():
        context.columns[source.database.key] = source.columns
        context.twins.update(source.twins)
    context.live.update(intake.live(context.applied))
    for database in context.workspace.databases:
        context.columns.setdefault(database.key, _columns_as_left(database, context))
    for key, one in context.applied.items():
        context.live.setdefault(key, _as_left(one, context.workspace))


def _json(value: object) -> JSON:
    """A value that is made for JSON, as JSON's type."""
    return value  # type: ignore[return-value]


def _silent(_: Step) -> None:
    """A sync shows no progress."""


def _columns_as_left(database: Database, context: Context) -> Columns:
    """The columns of a database that nobody looked at."""
    known = [p for p in database.properties if context.addresses.knows(p.key)]
    return Columns({p.key: Column(context.addresses.ids[p.key], p.name, p.type.value) for p in known})


def _with_item(there: Seen, one: Applied) -> Seen:
    """A row whose body is to be read; the pull told its values alone."""
    if one.kind is not Kind.ROW or there.item is not None or there.trashed:
        return there
    icon = one.fields.get("icon")
    return replace(there, item=Row(one.key, one.key.partition("/")[0], {}, icon=icon if isinstance(icon, str) else ""))


def _as_left(one: Applied, workspace: Workspace) -> Seen:
    """What nobody looked at counts as it was left."""
    page = next((p for p in workspace.pages if p.key == one.key), None)
    item: Page | None = replace(page, body=()) if page is not None else None
    return Seen(one.id, item, refs=one.refs)


FINAL: Final = (f"{REVIEWS}/", TRANSITIONS, f"{HISTORY}/")
"""How the keys of rows begin that are made or closed once, from what is known then. Points of the burn-up come with the
page of their week: see service.removed_weeks."""


def _without_final_words(plan: Plan) -> Plan:
    """Where not everything could be read, no week is planned or closed and no gate celebrated: the next run does it."""
    changes = tuple(c for c in plan.changes if not c.key.startswith(FINAL))
    return replace(plan, changes=changes, records={k: r for k, r in plan.records.items() if not k.startswith(FINAL)})


def _lives(change: Change, growing: tuple[str, ...], there: Collection[str]) -> bool:
    """Whether a sync does this: new rows where time adds them, values of rows, words of pages. The rest is a seed's.

    Args:
        there: keys of the databases that exist.
    """
    if change.action is Action.CREATE:
        is_row = change.kind is Kind.ROW and change.key.partition("/")[0] in there
        return is_row and change.key.startswith(growing)
    return change.action in (Action.UPDATE, Action.TWIN) and change.kind in (Kind.ROW, Kind.PAGE)


def _at_any_time(plan: Plan) -> list[Applied]:
    updated = {c.key for c in plan.of(Action.UPDATE)}
    return [record for key, record in plan.records.items() if key not in updated]


def _outdated(house: House, roadmap: Roadmap) -> list[str]:
    """A word about a template that is newer than the workspace."""
    fact = house.state.fact("template")
    seeded = fact.get("version") if isinstance(fact, dict) else None
    if seeded in (None, str(roadmap.version)):
        return []
    words = f"The workspace has version {seeded} of {roadmap.key}, and the template is version {roadmap.version}"
    return [f"{words}: notion-roadmap seed {roadmap.key} brings it up to date."]


def _result(
    numbers: Numbers, context: Context, intake: Intake, execution: Execution, words: Iterable[str]
) -> SyncResult:
    done = [c for step in execution.done for c in step.changes]
    skipped = [{"key": k, "why": w} for k, w in sorted(execution.skipped.items())]
    partial = bool(skipped) or not intake.pulled.complete
    return SyncResult(
        "failed" if execution.stopped else "partial" if partial else "done",
        numbers,
        stopped=execution.stopped,
        pulled=sum(len(source.rows) for source in intake.pulled.sources.values()),
        changed=intake.pulled.changed,
        written=len(done),
        created=[c.key for c in done if c.action is Action.CREATE],
        updated=[c.key for c in done if c.action is Action.UPDATE],
        skipped=skipped,
        differences=list(context.differences),
        warnings=[*intake.warnings, *context.warnings, *words],
    )
