"""On what terms requests are made: in which manner, with how much patience; and what came of them, in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Manner:
    """How the requests made within `speaking` are to be treated.

    Args:
        lane: what they could be in each other's way about: the id of a data source.
        once: a repetition would do harm, although the kind of request suggests otherwise.
    """

    lane: str = ""
    once: bool = False


_PLAIN: Final = Manner()
_MANNER: ContextVar[Manner] = ContextVar("manner", default=_PLAIN)


def manner_of_speaking() -> Manner:
    """The manner in force here."""
    return _MANNER.get()


@contextmanager
def speaking(*, lane: str = "", once: bool = False) -> Iterator[None]:
    """Requests made inside go in this manner."""
    token = _MANNER.set(Manner(lane, once))
    try:
        yield
    finally:
        _MANNER.reset(token)


@dataclass(frozen=True, slots=True)
class Patience:
    """When to give up. All times in seconds.

    Args:
        attempts: of one request; refusals for the sake of the rate are not counted.
        deadline: for one request: its attempts, bodies included, and the pauses between them. Waiting for a turn and
            for Retry-After is not counted: others went first.
        attempt: for one attempt, its body included. Notion itself ends after 55 to 60.
        read, write: until the next byte comes. Above 60 for writes, so as not to hang up while Notion saves.
        pause: the longest Retry-After that is waited for.
        waits: how often one request may be sent away for the sake of the rate.
        failures: how many requests in a row may use up their attempts before the run is ended.
    """

    attempts: int = 6
    deadline: float = 300
    attempt: float = 120
    read: float = 30
    write: float = 80
    pause: float = 900
    waits: int = 20
    failures: int = 3


@dataclass(frozen=True, slots=True)
class Traffic:
    """What went over the wire.

    Args:
        requests: all that were sent, repetitions included.
        retries: the repetitions.
        waited_seconds: for a turn, for Retry-After and between attempts, all requests together.
    """

    requests: int = 0
    retries: int = 0
    waited_seconds: float = 0
    by_endpoint: Mapping[str, int] = field(default_factory=dict)
