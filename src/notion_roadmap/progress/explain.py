"""From which rows a number comes, and by which formula: for whoever does not believe it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from difflib import get_close_matches
from operator import attrgetter
from typing import NamedTuple

from notion_roadmap.errors import UserError
from notion_roadmap.progress.counts import amounts, day_reached, is_countable, is_level, stages_of
from notion_roadmap.progress.focus import current_phase
from notion_roadmap.progress.forecast import forecast
from notion_roadmap.progress.gates import criteria_states, gates
from notion_roadmap.progress.habits import habit_numbers
from notion_roadmap.progress.kpis import kpi_value, kpi_values, watched
from notion_roadmap.progress.pace import lived_weeks
from notion_roadmap.progress.risks import emergency
from notion_roadmap.progress.scopes import phase_places, plan_places, required, scopes_of
from notion_roadmap.progress.shares import effort, share_done
from notion_roadmap.progress.weeks import week_of
from notion_roadmap.progress.work import estimates, progress, progress_by_phase, progress_by_pillar, progress_by_week
from notion_roadmap.roadmap import ConversionCount, Kpi, Roadmap
from notion_roadmap.roadmap.record import Record, TaskRecord
from notion_roadmap.roadmap.results import Progress


class UnknownNumber(UserError):
    """There is no number of this name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name = name
        close = get_close_matches(name, known, n=3, cutoff=0.4)
        super().__init__(f"There is no number {name!r}", hint=f"Did you mean {' or '.join(close or known[:3])}?")


class Source(NamedTuple):
    """A row that a number comes from, by its key, and what it says."""

    key: str
    says: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One number.

    Args:
        name: as in `status --json`, with dots: `progress.percent`, `kpis.sql-problems`, `gates.Phase 1`.
        value: what it is today; None is "n/a".
        formula: in words, with its figures.
        sources: the rows that it comes from, those that count first.
    """

    name: str
    value: object
    formula: str
    sources: tuple[Source, ...]

    def as_dict(self) -> dict[str, object]:
        """For JSON; dates as `2026-11-20`."""
        value = self.value.isoformat() if isinstance(self.value, date) else self.value
        return {**asdict(self), "value": value, "sources": [source._asdict() for source in self.sources]}


class Asked(NamedTuple):
    """What a number is explained from."""

    roadmap: Roadmap
    record: Record
    today: date


def names(roadmap: Roadmap, record: Record) -> list[str]:
    """Every name that `explain` knows for this roadmap, in the order in which one would read them."""
    return list(_explainers(Asked(roadmap, record, record.steering.start)))


def explain(name: str, roadmap: Roadmap, record: Record, today: date) -> Explanation:
    """One number, by its name. Raises UnknownNumber, with the names that are close."""
    known = _explainers(Asked(roadmap, record, today))
    if name not in known:
        raise UnknownNumber(name, list(known))
    value, formula, sources = known[name]()
    return Explanation(name, value, formula, tuple(sources))


Told = tuple[object, str, Iterable[Source]]
Explainers = dict[str, Callable[[], Told]]


def _explainers(asked: Asked) -> Explainers:
    options = tuple(phase_places(asked.roadmap, asked.record))
    return {
        **_progress_explainers(asked, options),
        **{f"kpis.{kpi.key}": _bound(_kpi, asked, kpi) for kpi in watched(asked.roadmap)},
        **{f"forecast.{field}": _bound(_forecast, asked, "", field) for field in ("p50", "p85", "state", "pace")},
        **{f"forecast.phases.{o}.{f}": _bound(_forecast, asked, o, f) for o in options for f in ("p50", "p85")},
        **{f"gates.{option}": _bound(_gate, asked, options, option) for option in options},
        **{
            f"{'requirements' if one.phase is None else 'criteria'}.{one.key}": _bound(_criterion, asked, one.key)
            for one in asked.record.criteria
        },
        **{f"habits.{field}": _bound(_habits, asked, field) for field in ("streak", "strength")},
        "estimates.factor": _bound(_estimates, asked),
        **({"emergency.weeks_behind": _bound(_emergency, asked)} if asked.roadmap.emergency else {}),
    }


def _bound(maker: Callable[..., Told], *given: object) -> Callable[[], Told]:
    return lambda: maker(*given)


_FIELDS = (
    "percent",
    "completed",
    "total",
    "required_percent",
    "required_completed",
    "required_total",
    "hours_percent",
    "hours_completed",
    "hours_total",
    "proof_percent",
    "proven",
    "planned_percent",
    "weeks_behind",
)
_OF_EVERY_TASK = ("percent", "completed", "total", "proof_percent", "proven")


def _progress_explainers(asked: Asked, options: Sequence[str]) -> Explainers:
    whole: Explainers = {f"progress.{field}": _bound(_progress, asked, None, field) for field in _FIELDS}
    found = {name: tuple(_GROUPS[name](*asked)) for name in ("pillars", "weeks")}
    groups = {"phases": options, **found}
    return whole | {
        f"progress.{name}.{option}.{field}": _bound(_progress, asked, option, field, name)
        for name, some in groups.items()
        for option in some
        for field in _FIELDS
    }


_GROUPS: Mapping[str, Callable[[Roadmap, Record, date], Mapping[str, Progress]]] = {
    "phases": progress_by_phase,
    "pillars": progress_by_pillar,
    "weeks": progress_by_week,
}


def _progress(asked: Asked, option: str | None, field: str, group: str = "phases") -> Told:
    record = asked.record
    if option is None:
        found: Progress | None = progress(record, asked.today)
    else:
        found = _GROUPS[group](asked.roadmap, record, asked.today).get(option)
    if found is None:
        return None, f"The column of the {group} is gone.", ()
    every = field in _OF_EVERY_TASK
    field_of = attrgetter(group.removesuffix("s"))
    tasks = [t for t in (record.live if every else required(record)) if option in (None, field_of(t))]
    tasks = sorted(_in_order(asked, tasks), key=lambda task: not task.completed)
    value = getattr(found, field)
    formula = (
        _FORMULAS[field].format_map(asdict(found))
        if value is not None
        else "n/a: nothing to count from, or its column is gone."
    )
    return value, formula, [Source(task.key, _says(task, field)) for task in tasks]


_FORMULAS: Mapping[str, str] = {
    "percent": "{completed} completed / {total} tasks × 100",
    "completed": "tasks that are completed, whatever their scope",
    "total": "tasks, whatever their scope, without those in the trash",
    "required_completed": "required tasks that are completed",
    "required_total": "required tasks: no alternatives, stretch goals or dropped ones",
    "hours_completed": "hours of required tasks by the share of each that is done",
    "hours_total": "hours of required tasks that have any",
    "proven": "completed tasks with a proof",
    "required_percent": "{required_completed} completed / {required_total} required tasks × 100",
    "hours_percent": "{hours_completed:g} hours done / {hours_total:g} required hours × 100",
    "proof_percent": "{proven} completed with a proof / {total} tasks × 100",
    "planned_percent": "required tasks whose first due date has come / {required_total} × 100",
    "weeks_behind": "days since the first due date that the work done does not reach, without pauses / 7",
}


def _says(task: TaskRecord, field: str) -> str:
    said: list[str] = [task.status.replace("_", " ")]
    if field.startswith("hours"):
        said.append(f"{share_done(task):.0%} of {task.hours:g} h" if task.hours else "no hours")
    if field in ("proof_percent", "proven"):
        said.append("with a proof" if task.has_proof else "without a proof")
    if field in ("planned_percent", "weeks_behind"):
        said.append(f"first due {task.baseline_due.isoformat()}" if task.baseline_due else "never due")
    return ", ".join(said)


def _in_order(asked: Asked, tasks: Iterable[TaskRecord]) -> list[TaskRecord]:
    places = plan_places(asked.roadmap, asked.record)
    return sorted(tasks, key=lambda task: places[task.key])


def _kpi(asked: Asked, kpi: Kpi) -> Told:
    roadmap, record, today = asked
    options = tuple(phase_places(roadmap, record))
    value = kpi_value(kpi, roadmap, record, current_phase(record, options), today)
    if not is_countable(kpi, record):
        return None, "n/a: the column that it counts is gone.", ()
    if isinstance(kpi.counted, ConversionCount):
        return value.value, *_conversion(asked, kpi.counted, value.n or 0)
    if is_level(kpi):
        entries = sorted((one for one in record.entries if one.kpi == kpi.key), key=lambda one: one.day, reverse=True)
        said = [Source(one.day.isoformat(), f"{one.value:g} entered") for one in entries if one.day <= today]
        return value.value, "what the owner entered last", said
    found = amounts(kpi, roadmap, record, today)
    span = "since the start"
    if kpi.period == "week":
        span, week = "of this week", week_of(today, record.steering.week_start)
        found = [one for one in found if one.day is not None and week.first <= one.day]
    formula = f"sum of {kpi.unit or 'what was counted'} {span}; {value.total or 0:g} in all"
    sources = [
        Source(one.row, f"{one.much:g} on {one.day.isoformat() if one.day else 'an unknown day'}") for one in found
    ]
    return value.value, formula, sources


def _conversion(asked: Asked, counted: ConversionCount, n: int) -> tuple[str, list[Source]]:
    denominator = f"{n} that reached {counted.from_stage} at least 14 days ago"
    formula = f"applications that reached {counted.to_stage} / {denominator} × 100"
    stages = stages_of(asked.roadmap)
    sources = []
    for application in asked.record.applications:
        if (reached := day_reached(application, counted.from_stage, stages)) is not None:
            further = day_reached(application, counted.to_stage, stages) is not None
            since = reached.day.isoformat() if reached.day else "an unknown day"
            sources.append(Source(application.key, f"{'passed' if further else 'not passed'}, there since {since}"))
    return formula, sources


def _forecast(asked: Asked, option: str, field: str) -> Told:
    found = forecast(asked.roadmap, asked.record, asked.today)
    dates = found.phases.get(option) if option else found.overall
    value = getattr(found, field) if field in ("state", "pace") else getattr(dates, field, None)
    timed = found.unit == "hours"
    unit = "h" if timed else "tasks"
    weeks = [Source(one.week.label, f"{one.hours:.1f} {unit}") for one in lived_weeks(asked.record, asked.today)]
    left = [task for task in _in_order(asked, required(asked.record)) if not task.completed]
    left = [task for task in left if option in ("", task.phase)]
    work = [
        Source(task.key, f"{weight * (1 - share_done(task)):g} {unit} left" if weight else "no hours")
        for task in left
        for weight in (effort(task, hours=timed),)
    ]
    formula = f"{found.words} Drawn from {len(weeks)} weeks for the work that is left, phase by phase."
    return value, formula, (*weeks, *work)


def _gate(asked: Asked, options: Sequence[str], option: str) -> Told:
    roadmap, record, today = asked
    states = criteria_states(record, kpi_values(roadmap, record, current_phase(record, options), today))
    gate = gates(roadmap, record, states, options, plan_places(roadmap, record))[option]
    needed = [task for task in _in_order(asked, required(record)) if task.phase == option]
    tasks = [Source(task.key, task.status.replace("_", " ")) for task in needed]
    asked_for = (one for one in record.criteria if one.phase == option)
    criteria = sorted(Source(one.key, "met" if states[one.key].met else "not met") for one in asked_for)
    return gate.state, gate.reason, (*criteria, *tasks)


def _criterion(asked: Asked, key: str) -> Told:
    roadmap, record, today = asked
    options = tuple(phase_places(roadmap, record))
    state = criteria_states(record, kpi_values(roadmap, record, current_phase(record, options), today))[key]
    measured = next((one.kpi for one in record.criteria if one.key == key), None)
    if state.chosen:
        return state.met, "as its owner decided", ()
    if measured is None:
        return state.met, "only its owner can say", ()
    current = "n/a" if state.current is None else f"{state.current:g}"
    return state.met, f"{measured}: {current} of {state.target or 0:g}", [Source(f"kpis.{measured}", current)]


def _habits(asked: Asked, field: str) -> Told:
    found = habit_numbers(asked.roadmap, asked.record, asked.today)
    formula = {
        "streak": "days in a row on which every habit was done; days off and pauses neither count nor break it",
        "strength": "mean over the last 28 days of how much of each target was reached; days off and pauses left out",
    }[field]
    days = sorted(found.days.items(), reverse=True)[:28]
    return getattr(found.together, field), formula, [Source(d.isoformat(), f"{getattr(n, field)}") for d, n in days]


def _estimates(asked: Asked) -> Told:
    found = estimates(asked.record)
    both = [task for task in asked.record.tasks if task.completed and task.hours and task.hours_spent]
    sources = [Source(task.key, f"{task.hours_spent:g} h spent of {task.hours:g} h estimated") for task in both]
    return found.factor, f"{found.spent:g} hours spent / {found.estimated:g} hours estimated", sources


def _emergency(asked: Asked) -> Told:
    """What to drop, in the order in which it is to go."""
    roadmap, record, today = asked
    behind, places = progress(record, today).weeks_behind, plan_places(roadmap, record)
    found = emergency(roadmap, record, behind, places, today)
    assert roadmap.emergency is not None
    if found is None:
        return None, f"It begins at more than {roadmap.emergency.threshold_weeks:g} weeks behind.", ()
    scopes, tasks = scopes_of(record), {task.key: task for task in record.tasks}
    formula = f"{found.hours_short:g} hours short of the plan; dropping these saves {found.hours_saved:g} of them"
    drop = [Source(key, f"drop: {scopes[key]}, {tasks[key].hours or 0:g} h") for key in found.drop]
    return found.weeks_behind, formula, drop
