"""What every service is given: one owner's workspace, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from notion_roadmap.clock import Clock
from notion_roadmap.notion.gateway import Gateway
from notion_roadmap.settings import Settings
from notion_roadmap.store.port import State


@dataclass(frozen=True)
class House:
    """Wired services of one profile. Nothing is global, so one process can serve many.

    Args:
        parent_page_id: the page that the owner gave us.
        requests_per_minute: the budget that the talker keeps to.
        place: "Notion" or "the embedded workspace", for messages.
        set_aside: where a damaged state file was moved to; what it held is found again in Notion.
    """

    settings: Settings
    clock: Clock
    gateway: Gateway
    state: State
    parent_page_id: str
    place: str
    requests_per_minute: int = 180
    set_aside: Path | None = None
