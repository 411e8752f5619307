"""The port: what any kind of state can do, and how it fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from notion_roadmap.errors import StateError
from notion_roadmap.store.lived import Lived
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.observed import Applied, Intent


class StateDamaged(StateError):
    """The file is not a state of ours any more.

    Args:
        path: the file.
        problem: what was found, one clause.
    """

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(
            f"The state file {path} is damaged: {problem}",
            hint="The next seed sets the file aside and finds everything again in Notion",
        )


class StateTooNew(StateError):
    """The file was written by a later version of notion-roadmap.

    Args:
        path: the file.
        version: its schema.
        ours: the newest schema that this version knows.
    """

    def __init__(self, path: Path, version: int, ours: int) -> None:
        self.path = path
        self.version = version
        self.ours = ours
        super().__init__(
            f"The state file {path} has schema {version}, and this version of notion-roadmap knows {ours}",
            hint="Update notion-roadmap, or set ROADMAP_STATE to another file",
        )


class StateUnwritable(StateError):
    """The file cannot be made, read or written: no rights, no space, a folder in its place.

    Args:
        path: the file.
        problem: what the system says.
    """

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(
            f"The state file {path} cannot be used: {problem}",
            hint="Make room or give yourself the right to write there, or set ROADMAP_STATE to another file",
        )


class StateLocked(StateError):
    """Another process uses the file.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"The state file {path} is in use by another run of notion-roadmap",
            hint="Wait until that run has ended, or stop it",
        )


class StateOfAnotherWorkspace(StateError):
    """The state belongs to another workspace than the one that is set.

    Args:
        roadmap: whose state it is.
        differing: the names of the parts that differ, sorted.
    """

    def __init__(self, roadmap: str, differing: Sequence[str]) -> None:
        self.roadmap = roadmap
        self.differing = tuple(differing)
        super().__init__(
            f"The local state of {roadmap} belongs to another workspace (not the same {', '.join(differing)})",
            hint="Set the token and parent page of that workspace again, or set ROADMAP_STATE to another file",
        )


class State(Lived, Protocol):
    """The state of one roadmap. Every method is one transaction: after it the change is there, or an error came.

    Every method may raise StateUnwritable or StateDamaged.
    """

    roadmap: str

    def of(self, roadmap: str) -> State:
        """The state of another roadmap in the same place."""
        ...

    def roadmaps(self) -> tuple[str, ...]:
        """Keys of the roadmaps that something is known of, sorted."""
        ...

    def all(self) -> dict[str, Applied]:
        """What was last applied, by key."""
        ...

    def record(self, *items: Applied) -> None:
        """Note items as applied, each in place of what was noted under its key."""
        ...

    def forget(self, *keys: str) -> None:
        """Note that these items are ours no longer. Keys that are not known do no harm."""
        ...

    def clear(self) -> None:
        """Forget this roadmap altogether. Other roadmaps, and what was spent, stay."""
        ...

    def intents(self) -> tuple[Intent, ...]:
        """Creates whose result is not known, oldest first."""
        ...

    def intend(self, *intents: Intent) -> None:
        """Note creates that are about to be sent, each in place of an earlier one for its key."""
        ...

    def drop(self, *keys: str) -> None:
        """Forget intents: the creates did not happen. Keys that are not known do no harm."""
        ...

    def settle(self, *items: Applied) -> None:
        """Record items and drop their intents, both or neither."""
        ...

    def fact(self, name: str) -> JSON:
        """A small document, None when there is none."""
        ...

    def remember(self, name: str, value: JSON) -> None:
        """Keep a small document in place of an earlier one of that name; None forgets it."""
        ...

    def claim(self, identity: Mapping[str, str]) -> None:
        """Bind the state to a workspace the first time; raise StateOfAnotherWorkspace when it is bound to another.

        Args:
            identity: what tells workspaces apart, by the name of the part (base URL, workspace id, parent page). A
                part that is empty or absent on either side is not known there and tells nothing; once known it stays.
        """
        ...

    def spending(self) -> tuple[datetime, ...]:
        """When requests were sent lately, oldest first; one list for all roadmaps in the same place."""
        ...

    def save_spending(self, times: Sequence[datetime]) -> None:
        """Keep that list in place of the earlier one."""
        ...

    def close(self) -> None:
        """Let go of the file and its lock. Nothing is lost when this is never called."""
        ...


@dataclass(frozen=True, slots=True)
class OpenedState:
    """What opening gave.

    Args:
        state: ready for use.
        set_aside: where a damaged file was moved to, None when it was sound.
    """

    state: State
    set_aside: Path | None = None
