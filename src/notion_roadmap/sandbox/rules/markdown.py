"""Pages as Markdown: reading and the four kinds of change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_roadmap.sandbox.errors import invalid
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace


def write(ws: Workspace, page: Doc, text: str, *, take_title: bool) -> None:
    """Refused until this room stands."""
    raise invalid("Markdown is not supported by the sandbox.")
