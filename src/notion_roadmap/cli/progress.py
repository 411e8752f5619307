"""How far a run is and how long it will take, on standard error: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Self

from notion_roadmap.cli.output import console, note

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from notion_roadmap.cli.caller import Caller
    from notion_roadmap.service.seed import Progress

_LINES = 10
"""Lines in a whole run where there is no terminal."""


@contextmanager
def looking(caller: Caller) -> Iterator[None]:
    """Shows that something happens while Notion is looked at, which has no known end."""
    if caller.as_json or not sys.stderr.isatty():
        yield
        return
    with console(err=True).status("Looking at what is there …"):
        yield


class Meter:
    """Shows the progress that a service reports.

    Args:
        expected_seconds: how long it should take, the only hint until enough is done to tell.
        monotonic: seconds since some fixed moment.
    """

    def __init__(self, expected_seconds: float, monotonic: Callable[[], float]) -> None:
        self._expected = expected_seconds
        self._monotonic = monotonic
        self._began = monotonic()
        self._lines = 0
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
            from rich.progress import Progress as Bar

            self._bar = Bar(
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[left]}"),
                TextColumn("{task.description}", markup=False),
                console=console(err=True),
                transient=True,
            )
            self._task = self._bar.add_task("", total=None, left="")
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        left = f"about {_words(self._seconds_left(progress))} left"
        if self._bar is not None and self._task is not None:
            self._bar.update(
                self._task, completed=progress.done, total=progress.total, left=left, description=progress.label
            )
            return
        share = progress.done / max(1, progress.total)
        if int(share * _LINES) > self._lines:
            self._lines = int(share * _LINES)
            note(f"{share:4.0%}  {progress.done} of {progress.total} requests, {left}")

    def _seconds_left(self, progress: Progress) -> float:
        elapsed = self._monotonic() - self._began
        share = progress.done / max(1, progress.total)
        # A window of requests may be spent in one burst and then be waited for, so the pace so far tells little early.
        by_pace = elapsed / share * (1 - share) if share else self._expected
        return max(0.0, (1 - share) * (self._expected - elapsed) + share * by_pace)


def _words(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} s" if whole < 90 else f"{round(whole / 60)} min"
