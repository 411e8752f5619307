"""An embedded, stateful, writable server that speaks Notion's public API, and shares no code with our own client.

Shapes and rules come from the official types, recorded traffic and https://developers.notion.com/reference/intro.
Nothing heavy is imported before it is asked for, because the command line and pytest both import this package.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from notion_roadmap.sandbox.app import create_app
    from notion_roadmap.sandbox.clock import SandboxClock
    from notion_roadmap.sandbox.errors import DataInUseError, SandboxError
    from notion_roadmap.sandbox.in_process import transport
    from notion_roadmap.sandbox.serving import serve

__all__ = ["DataInUseError", "SandboxClock", "SandboxError", "create_app", "serve", "transport"]

_HOMES = {
    "SandboxClock": "clock",
    "DataInUseError": "errors",
    "SandboxError": "errors",
    "create_app": "app",
    "serve": "serving",
    "transport": "in_process",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
