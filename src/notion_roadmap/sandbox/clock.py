"""The sandbox's own clock: the wall clock with an offset, or a clock that somebody else drives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache


class SandboxClock:
    """Tells the time of the workspace. A simulation passes its own `source` (aware datetimes); tests set and advance.

    `set` freezes nothing: the clock keeps running from the given moment, unless `frozen=True` was asked for.
    """

    def __init__(self, source: Callable[[], datetime] | None = None, *, frozen_at: datetime | None = None) -> None:
        self._source = source or (lambda: datetime.now(UTC))
        self._offset = timedelta()
        self._frozen = frozen_at.astimezone(UTC) if frozen_at else None

    def now(self) -> datetime:
        """The moment in the workspace, aware and in UTC."""
        return self._frozen or self._source().astimezone(UTC) + self._offset

    def now_ms(self) -> int:
        """Milliseconds since 1970, as everything in the state keeps its times."""
        return int(self.now().timestamp() * 1000)

    def set(self, moment: datetime) -> None:
        """Jump to an aware moment; a frozen clock stays frozen there."""
        if self._frozen:
            self._frozen = moment.astimezone(UTC)
        else:
            self._offset = moment.astimezone(UTC) - self._source().astimezone(UTC)

    def advance(self, seconds: float) -> None:
        """Let that many seconds pass at once."""
        self.set(self.now() + timedelta(seconds=seconds))


@lru_cache(maxsize=4096)
def minute(ms: int) -> str:
    """How pages, blocks, comments and data sources show a time: cut to the minute, with Z."""
    return datetime.fromtimestamp(ms // 60_000 * 60, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def precise(ms: int) -> str:
    """How asynchronous tasks show a time: with milliseconds and Z."""
    return exact(ms).replace("+00:00", "Z")


def exact(ms: int) -> str:
    """How databases and views show a time: with milliseconds and +00:00."""
    moment = datetime.fromtimestamp(ms / 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{ms % 1000:03d}+00:00"
