"""Seeding: look, plan, apply. Planned before anything is written, exactly once, safe to repeat."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, time
from functools import partial
from typing import Literal

from notion_roadmap.blueprint.build import build
from notion_roadmap.blueprint.choices import Choices
from notion_roadmap.blueprint.first_day import first_record
from notion_roadmap.blueprint.settings import LAST_SYNC
from notion_roadmap.blueprint.settings import ROW as SETTINGS_ROW
from notion_roadmap.clock import local_date
from notion_roadmap.errors import UserError
from notion_roadmap.plan.changes import Action, Change, Plan
from notion_roadmap.plan.compare import compare
from notion_roadmap.plan.fields import BODIES, GOT
from notion_roadmap.plan.price import Price, price_of
from notion_roadmap.plan.steps import Step, Work, steps_of
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.life import Life
from notion_roadmap.service.choose import CHOICES, Asked, choose
from notion_roadmap.service.context import Context, Difference
from notion_roadmap.service.execute import Execution, Executor
from notion_roadmap.service.foresee import settled, with_unmade
from notion_roadmap.service.house import House
from notion_roadmap.service.intake import Intake, take_in
from notion_roadmap.service.keep import keep_manifest, manifest_page
from notion_roadmap.service.life import first_life, life_of
from notion_roadmap.service.observe import arrive, observe
from notion_roadmap.service.perform import Performer
from notion_roadmap.service.pricing import priced
from notion_roadmap.service.read import read_in_full, untouched_stand_ins
from notion_roadmap.service.replanning import replans_of
from notion_roadmap.service.stand_ins import stand_ins_told
from notion_roadmap.service.status import NUMBERS, SYNCED
from notion_roadmap.service.unfinished import WRITING, ended
from notion_roadmap.workspace.items import Database, Page, Row, Section, Workspace
from notion_roadmap.workspace.properties import DateSpan

Outcome = Literal["done", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Args:
        done, total: requests, by the plan's price; retries do not count.
        label: what was just finished.
    """

    done: int
    total: int
    label: str


@dataclass
class Prepared:
    """A plan and what it takes to carry it out.

    Args:
        life: what the numbers of the workspace were drawn from.
        reads, retries, seconds: requests that looking took, those of them that were repetitions, and how long it took.
    """

    workspace: Workspace
    choices: Choices
    life: Life
    context: Context
    plan: Plan
    steps: tuple[Step, ...]
    price: Price
    reads: int
    retries: int
    seconds: float


@dataclass
class SeedResult:
    """What a run did. `as_dict` is the contract of `seed --json`.

    Args:
        stopped: what ended the run before its time, None when it went to its end.
        seconds: from the first look to the last answer, without the time in which somebody was asked.
    """

    outcome: Outcome
    stopped: UserError | None = None
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    requests: int = 0
    retries: int = 0
    seconds: float = 0.0
    root_page_id: str = ""
    url: str = ""

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        told = asdict(replace(self, stopped=None)) | {"seconds": round(self.seconds, 2)}
        del told["stopped"]
        return told


class Seeder:
    """Brings one workspace to what a template wishes."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._lived: tuple[Intake, Life] | None = None

    async def prepare(
        self, roadmap: Roadmap, asked: Asked, *, restore: bool = False, retry_views: bool = False
    ) -> Prepared:
        """Look and plan. Sends reads only.

        Args:
            restore: bring back what the owner removed.
            retry_views: ask again for the views that Notion refused in full.
        """
        before, began = self._house.gateway.traffic, self._house.clock.monotonic()
        arrival = await arrive(self._house, roadmap.key, roadmap.title)
        choices = choose(self._house, arrival, asked)
        first = first_life(roadmap, choices)
        wish = partial(self._as_lived, roadmap, choices)
        context = await observe(self._house, build(roadmap, choices, first), arrival, wish)
        again = await untouched_stand_ins(context) if retry_views else ()
        plan, life = await self._settled(roadmap, choices, context, first, restore=restore, again=again)
        workspace = context.workspace
        looked = self._house.gateway.traffic
        reads, retries = looked.requests - before.requests, looked.retries - before.retries
        steps = priced(steps_of(plan, workspace), context)
        price = price_of(
            steps,
            workspace,
            reads=reads,
            per_minute=self._house.requests_per_minute,
            latency_seconds=arrival.latency_seconds,
        )
        seconds = self._house.clock.monotonic() - began
        return Prepared(workspace, choices, life, context, plan, steps, price, reads, retries, seconds)

    async def _as_lived(self, roadmap: Roadmap, choices: Choices, context: Context) -> Workspace:
        """The workspace with the numbers of what was done so far: a seed never puts them back to the first day."""
        today = local_date(self._house.clock, self._house.settings.roadmap_timezone)
        databases = context.workspace.databases
        intake = await take_in(self._house, roadmap, choices, databases, context.addresses, context.applied)
        now = self._last_sync(context)
        replans = replans_of(intake.pulled.rows("settings"))
        made = context.applied.keys() | context.live.keys()
        record = with_unmade(intake.record, first_record(roadmap, choices), made)
        life = life_of(roadmap, choices, record, today, now=now, replans=replans)
        self._lived = (replace(intake, record=record), life)
        return build(roadmap, choices, life)

    async def _settled(
        self,
        roadmap: Roadmap,
        choices: Choices,
        context: Context,
        first: Life,
        *,
        restore: bool,
        again: Collection[str],
    ) -> tuple[Plan, Life]:
        """The plan whose numbers count what it makes itself: a seed that goes on after it was cut short writes the
        numbers of the whole, not of what had been made by then."""

        def planned() -> Plan:
            return compare(
                context.workspace, context.applied, context.live, twins=context.twins, restore=restore, again=again
            )

        async def plan_for(wished: Workspace) -> Plan:
            context.workspace = wished
            await read_in_full(context, wished)
            return planned()

        if self._lived is None:
            return planned(), first
        intake, life = self._lived
        return await settled(roadmap, choices, intake, context, (planned(), life), plan_for)

    def _last_sync(self, context: Context) -> datetime | None:
        """When the last sync was: by the state, or else by what the Settings row says."""
        synced = self._house.state.fact(SYNCED)
        if isinstance(synced, str):
            return datetime.fromisoformat(synced)
        row = context.live.get(SETTINGS_ROW)
        day = row.item.values.get(LAST_SYNC) if row is not None and isinstance(row.item, Row) else None
        zone = self._house.settings.roadmap_timezone
        return datetime.combine(day.start, time(12), tzinfo=zone) if isinstance(day, DateSpan) else None

    async def apply(self, prepared: Prepared, *, progress: Callable[[Progress], None]) -> SeedResult:
        """Carry a plan out. Never raises for one item: what could not be done is in the result, with its reason."""
        context, clock, before = prepared.context, self._house.clock, self._house.gateway.traffic
        began = clock.monotonic()
        self.remember(prepared)
        done = prepared.reads

        def report(step: Step) -> None:
            nonlocal done
            done += step.requests
            progress(Progress(done, prepared.price.requests, step.key))

        try:
            performer = Performer(context, prepared.plan.records)
            execution = await Executor(prepared.steps, performer, report, self._house.gateway.left).run()
            if execution.stopped is None:
                await self._finish(performer, prepared, execution)
        finally:
            self._house.state.save_spending(self._house.gateway.spent())
        result = _result(prepared, execution)
        traffic = self._house.gateway.traffic
        result.requests = traffic.requests - before.requests + prepared.reads
        result.retries = traffic.retries - before.retries + prepared.retries
        result.seconds = clock.monotonic() - began + prepared.seconds
        return result

    def remember(self, prepared: Prepared) -> None:
        """Take over what needs no request: adopted items, and the bases of fields that stay the owner's."""
        self._house.state.remember(CHOICES, dict(prepared.workspace.settings))
        records = dict(prepared.plan.records)
        for change in prepared.plan.of(Action.UPDATE):
            record = records.pop(change.key, None)
            if record is not None and change.key not in prepared.context.applied:  # known from now on, not yet written
                kept = {n: v for n, v in record.fields.items() if n.removesuffix(GOT) not in change.names}
                records[change.key] = replace(record, fields=kept)
        writing = {c.key for c in prepared.plan.of(Action.UPDATE) if BODIES & set(c.names)}
        for key, one in {**prepared.context.applied, **records}.items():
            if WRITING in one.refs and key not in writing and BODIES & one.fields.keys():
                records[key] = ended(one)
        # All at once: where the root page is remembered, the next run believes that everything is.
        self._house.state.settle(*records.values())
        prepared.context.applied.update(records)

    async def _finish(self, performer: Performer, prepared: Prepared, execution: Execution) -> None:
        """What comes last. Where something could not be made on the manifest's page, it waits: blocks do not move."""
        page, skipped = manifest_page(prepared.workspace), execution.skipped
        waits = any(step.key in skipped and _made_on(page, step) for step in prepared.steps)
        try:
            await keep_manifest(prepared.context, performer, append=not waits)
        except UserError as error:
            execution.skipped["manifest"] = str(error)
        self._house.state.remember(NUMBERS, prepared.life.numbers.as_dict())  # type: ignore[arg-type]  # made for JSON
        template = {"key": prepared.workspace.key, "version": prepared.workspace.version}
        self._house.state.remember("template", {**template, "url": prepared.context.root_url})


def _result(prepared: Prepared, execution: Execution) -> SeedResult:
    done = [c for step in execution.done for c in step.changes]
    skipped = [
        {"key": change.key, "why": execution.skipped[step.key]}
        for step in prepared.steps
        if step.key in execution.skipped
        for change in step.changes
    ]
    if "manifest" in execution.skipped:
        skipped.append({"key": "manifest", "why": execution.skipped["manifest"]})
    outcome: Outcome = "failed" if execution.stopped else "partial" if skipped else "done"
    return SeedResult(
        outcome,
        stopped=execution.stopped,
        created=sum(c.action is Action.CREATE and c.key in prepared.context.applied for c in done),
        updated=sum(c.action is not Action.CREATE for c in done),
        unchanged=prepared.plan.unchanged,
        kept=[f"{c.key}: {c.why}" for c in prepared.plan.changes if _is_kept(c)],
        skipped=skipped,
        differences=list(prepared.context.differences),
        warnings=[*prepared.context.warnings, *_words_about_stand_ins(prepared)],
        root_page_id=prepared.context.addresses.ids.get("root", ""),
        url=prepared.context.root_url,
    )


def _words_about_stand_ins(prepared: Prepared) -> tuple[str, ...]:
    words = stand_ins_told(prepared.context.applied.values(), prepared.workspace.key)
    return (words,) if words else ()


def _made_on(page: str, step: Step) -> bool:
    """Whether a step makes something that stands on this page."""
    match step.subject:
        case Page(parent=place) | Database(page=place) | Section(page=place):
            return place == page and step.work in (Work.CREATE_PAGE, Work.CREATE_DATABASE, Work.APPEND_SECTION)
    return False


def _is_kept(change: Change) -> bool:
    return change.action in (Action.KEEP, Action.FOLLOW, Action.CONFLICT, Action.MISSING)
