"""What we know about a workspace between runs, behind one port. It can always be rebuilt from Notion."""

from __future__ import annotations

from notion_roadmap.store.memory import MemoryState
from notion_roadmap.store.opening import open_state
from notion_roadmap.store.port import OpenedState, State

__all__ = ["MemoryState", "OpenedState", "State", "open_state"]
