"""How far the work has come, when it will end, and whether the next phase may begin: the results, as values.

Everywhere: a percentage is from 0 to 100, rounded to two places; None is "n/a": nothing to count from, or the column
that it needs is gone. A None is never to be shown as 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

ForecastState = Literal["ready", "done", "not_enough_data", "no_progress", "too_far", "not_available"]
GateState = Literal["open", "locked", "advanced", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a phase, or the whole, has come.

    Args:
        completed, total: tasks, whatever their scope; what was trashed is not among them.
        percent: completed / total × 100, as documented.
        required_completed, required_total: tasks whose scope is required.
        required_percent: of required tasks only: it can reach 100.
        hours_completed, hours_total: of required tasks that have hours; those under way count for their share.
        hours_percent: hours_completed / hours_total × 100.
        proven: completed tasks that have a proof.
        proof_percent: proven / total × 100, never more than `percent`.
        planned_percent: what `required_percent` should be today by the first due dates.
        weeks_behind: see `progress.behind.weeks_behind`.
    """

    completed: int | None
    total: int
    percent: float | None
    required_completed: int | None
    required_total: int | None
    required_percent: float | None
    hours_completed: float | None
    hours_total: float | None
    hours_percent: float | None
    proven: int | None
    proof_percent: float | None
    planned_percent: float | None
    weeks_behind: float | None

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """Hours estimated against hours spent, over the `tasks` completed tasks that have both.

    Args:
        factor: spent / estimated; 1.5 says that work takes half as long again as estimated. None without such tasks.
    """

    estimated: float
    spent: float
    tasks: int
    factor: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Throughput:
    """What was completed in one week (first day in `week`): hours as estimated, and tasks."""

    week: date
    hours: float | None
    tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """When something will be done: `p50` as likely sooner as later, `p85` with 85 % certainty; None is "n/a"."""

    p50: date | None = None
    p85: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """When the required work will be done.

    Args:
        state: `ready` has dates. `done`: nothing required is left. `not_enough_data`: fewer than `weeks_needed` weeks
            were lived. `no_progress`: nothing was done in the last `weeks` weeks. `too_far`: more than ten years away
            at this pace. `not_available`: a column that it needs is gone, or no hours are known.
        words: the same in a sentence.
        weeks: how many weeks it was made from; with `no_progress`, how many passed without any.
        hours_left: required hours that are not done; None where no task has hours.
        pace: hours a week (tasks where `unit` says so), on average over those weeks, recent ones weighing more; None
            where there are none.
        phases: by option, for each phase in which something required is left.
        uncounted: required tasks that are left and have no hours: no forecast knows about them.
    """

    state: ForecastState
    words: str
    overall: Dates = Dates()
    phases: Mapping[str, Dates]
    weeks: int = 0
    hours_left: float | None = None
    pace: float | None = None
    unit: Literal["hours", "tasks"] = "hours"
    uncounted: int = 0

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "p50": self.overall.p50,
            "p85": self.overall.p85,
            "state": self.state,
            "words": self.words,
            "weeks": self.weeks,
            "hours_left": self.hours_left,
            "pace": self.pace,
            "unit": self.unit,
            "uncounted": self.uncounted,
            "phases": {option: asdict(dates) for option, dates in self.phases.items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastScore:
    """How good past forecasts were, over the `forecasts` whose end has come.

    Args:
        p50_held, p85_held: percentages of them whose end came on or before that date; 50 and 85 would be perfect.
        loss: pinball loss in days, the mean over both dates: 0 would be perfect.
    """

    forecasts: int
    p50_held: float | None
    p85_held: float | None
    loss: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionState:
    """Whether a criterion or requirement is met.

    Args:
        met: the owner's decision, else whether `current` reached `target`; without both, no.
        chosen: whether the owner decided it.
        current: what its KPI adds up to since the start.
    """

    met: bool
    chosen: bool
    current: float | None = None
    target: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Whether the next phase may begin, and what it waits for, in words.

    Args:
        waiting_tasks, waiting_criteria: keys of what is still missing, in the order of the document.
    """

    state: GateState
    reason: str
    waiting_tasks: tuple[str, ...] = ()
    waiting_criteria: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseOutlook:
    """The window of a phase against its forecast.

    Args:
        first, last: the window as it stands; None where it has none, or no end.
        buffer: days from the forecast (p50) to the end of the window, negative when late; None without either.
        on_track: `on_track` when even p85 is within the window, `tight` when only p50 is, else `behind`.
    """

    first: date | None
    last: date | None
    buffer: int | None
    on_track: Literal["on_track", "tight", "behind"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A rule of the document whose condition holds, and why. `key` is that of the rule."""

    key: str
    condition: str
    because: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """The emergency protocol while it applies.

    Args:
        weeks_behind: more than the document allows.
        drop: keys of the tasks to drop, the first to drop first.
        hours_short, hours_saved: planned hours that are not done, and how many of them dropping those would save.
        steps: of the document, in its order.
    """

    title: str
    weeks_behind: float
    drop: tuple[str, ...]
    hours_short: float
    hours_saved: float
    steps: tuple[str, ...]
