"""The schedule's own record, kept in the state, and the lock that keeps a second service away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from notion_roadmap.errors import UserError
from notion_roadmap.schedule.due import Past
from notion_roadmap.store import JobRun, only_one, open_state
from notion_roadmap.store.port import StateLocked


class ServiceRuns(UserError):
    """Another service keeps this state alive already.

    Args:
        state: the file of the state.
    """

    def __init__(self, state: Path) -> None:
        self.state = state
        super().__init__(
            f"Another `notion-roadmap run` keeps the roadmaps of {state} alive already",
            hint="Stop that one first, or set ROADMAP_STATE to another file",
        )


@contextmanager
def alone(state: Path) -> Iterator[None]:
    """One service for each state. Raises ServiceRuns when there is one already, StateUnwritable."""
    with ExitStack() as held:
        try:
            held.enter_context(only_one(Path(f"{state}.service")))
        except StateLocked as error:
            raise ServiceRuns(state) from error
        yield


class StateLedger:
    """How the jobs have fared: read without the state's lock, so that a seed may run beside the service."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def past(self) -> Mapping[str, Past]:
        state = open_state(self._file, "", read_only=True).state
        try:
            return {name: Past(one.succeeded, one.failed, one.failures, one.why) for name, one in state.runs().items()}
        finally:
            state.close()

    def note(self, job: str, past: Past) -> None:
        state = open_state(self._file, "").state
        try:
            runs = state.runs().get(job, JobRun()).runs + 1
            one = JobRun(succeeded=past.succeeded, failed=past.failed, why=past.why, failures=past.failures, runs=runs)
            state.note_run(job, one)
        finally:
            state.close()
