"""What we know about a workspace between runs, behind one port. It can always be rebuilt from Notion."""

from __future__ import annotations

from notion_roadmap.store.lived import JobRun
from notion_roadmap.store.memory import MemoryState
from notion_roadmap.store.opening import only_one, open_state
from notion_roadmap.store.port import OpenedState, State

__all__ = ["JobRun", "MemoryState", "OpenedState", "State", "only_one", "open_state"]
