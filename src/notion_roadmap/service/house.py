"""What every service is given: one owner's workspace, as one value."""

from __future__ import annotations

from dataclasses import dataclass

from notion_roadmap.clock import Clock
from notion_roadmap.notion.gateway import Gateway
from notion_roadmap.settings import Settings
from notion_roadmap.store.port import State


@dataclass(frozen=True)
class House:
    """Wired services of one profile. Nothing is global, so one process can serve many.

    Args:
        parent_page_id: the page that the owner gave us.
        place: "Notion" or "the embedded workspace", for messages.
        fresh_state: the local state was empty or had to be set aside, so Notion is searched before anything is made.
    """

    settings: Settings
    clock: Clock
    gateway: Gateway
    state: State
    parent_page_id: str
    place: str
    fresh_state: bool
