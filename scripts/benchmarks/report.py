"""Telling what was measured."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.aims import Aim, Run, aims_of
from benchmarks.seed import Measured


def as_dict(measured: Measured) -> dict[str, object]:
    """For JSON."""
    return {
        "template": measured.plan.template,
        "latency_ms": measured.plan.latency_ms,
        "concurrent_script_width": measured.plan.width,
        "bound": {**measured.bound.parts(), "requests": measured.bound.total, "chain": measured.chain},
        "runs": [run.as_dict() for run in measured.runs],
        "status_seconds": round(measured.status_seconds, 3),
        "aims": [aim.as_dict() for aim in _aims(measured)],
    }


def show(measured: Measured) -> None:
    """As tables on standard output."""
    console = Console(highlight=False, width=None if Console().is_terminal else 120)
    bound = measured.bound
    console.print(f"{measured.plan.template}, answers after {measured.plan.latency_ms} ms")
    parts = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in bound.parts().items())
    console.print(f"Lower bound: {bound.total} requests ({parts}); {measured.chain} of them wait for each other.")
    console.print(_runs(measured))
    console.print(_first(measured))
    console.print(_verdicts(measured))


def _runs(measured: Measured) -> Table:
    headings = ["", "a minute", "requests", "× bound", "429s", "seconds", "bound", "× bound", "CPU s", "peak MB"]
    table = Table(*headings, box=box.SIMPLE, pad_edge=False)
    for run in measured.runs:
        peak = f"{run.peak_mb:.0f}" if run.peak_mb is not None else ""
        table.add_row(
            run.who, str(run.per_minute), str(run.requests), f"{run.requests / measured.bound.total:.3f}",
            str(run.refused), f"{run.seconds:.1f}", f"{run.bound_seconds:.1f}",
            f"{run.seconds / run.bound_seconds:.2f}", f"{run.cpu_seconds:.1f}", peak,
        )  # fmt: skip
    return table


def _first(measured: Measured) -> Table:
    told: list[Run] = [run for run in measured.runs if run.useful is not None]
    names = list(told[0].useful or {}) if told else []
    headings = ["stands after seconds", *names, "the plan said", "carried out in"]
    table = Table(*headings, box=box.SIMPLE, pad_edge=False)
    for run in told:
        parts = [f"{(run.useful or {})[name]:.1f}" for name in names]
        table.add_row(f"at {run.per_minute} a minute", *parts, f"{run.price_seconds} s", f"{run.applied_seconds} s")
    return table


def _verdicts(measured: Measured) -> Table:
    table = Table("aim", "measured", "at most", "", box=box.SIMPLE, pad_edge=False)
    for aim in _aims(measured):
        table.add_row(aim.aim, f"{aim.measured:.2f}", f"{aim.limit:g}", "met" if aim.met else "MISSED")
    return table


def _aims(measured: Measured) -> list[Aim]:
    return aims_of(measured.runs, measured.bound.total, measured.status_seconds)
