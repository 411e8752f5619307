"""A pytest fixture with a running sandbox, registered by the package for every project that installs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx
    from starlette.applications import Starlette

    from notion_roadmap.sandbox.workspace import Workspace


@dataclass(frozen=True)
class NotionSandbox:
    """An in-process Notion-compatible workspace: send requests to `url` through `transport`, with `token`."""

    app: Starlette
    workspace: Workspace
    url: str
    token: str
    root_page_id: str
    transport: httpx.AsyncBaseTransport


@pytest.fixture
def notion_sandbox() -> Iterator[NotionSandbox]:
    """A fresh sandbox in memory, without rate limit; `workspace.control(...)` sets clock, switches and faults."""
    from notion_roadmap.sandbox import create_app, transport

    app = create_app(rate_limit=False, seed=0)
    workspace: Workspace = app.state.workspace
    url, token, root = workspace.base_url, workspace.token, workspace.root_page_id
    yield NotionSandbox(app, workspace, url, token, root, transport(app))
    workspace.close()
