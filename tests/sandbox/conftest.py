"""A sandbox for each test, and the client that checks its answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from notion_roadmap.sandbox import SandboxClock
from notion_roadmap.sandbox.workspace import Workspace
from sandbox.ground import Api

NOW = datetime(2026, 11, 20, 9, 30, 45, 123000, tzinfo=UTC)  # a Friday


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    """A workspace in memory, unlimited, on Friday 20 November 2026 at 09:30:45 UTC, where time stands still."""
    made = Workspace(rate_limit=False, seed=1, clock=SandboxClock(frozen_at=NOW))
    yield made
    made.close()


@pytest.fixture
def api(workspace: Workspace) -> Api:
    """The checking client."""
    return Api(workspace)
