"""What the product sends and reads: a season of it, run against the sandbox."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from acceptance.ground import Exchange, Ground, new_ground
from honesty.paths import endpoint, fields, placed
from honesty.watch import watching
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.service.sync import Syncer
from notion_roadmap.templates import load_template

_TEMPLATE = "data-engineering-career"
_TASK = "tasks/phase-1/task-1"
_DAY = 86_400
_SAVED = {"path": "/v1/pages", "nth": 9, "when": "after", "action": {"type": "respond", "status": 503}}
_REFUSED = {
    "path": "/v1/views",
    "nth": 2,
    "action": {"type": "respond", "status": 429, "headers": {"Retry-After": "1"}},
}


@dataclass
class Product:
    """What crossed the wire.

    Args:
        endpoints: all that were called.
        fields: ("sent", endpoint, field) with fields of queries as `?name`, and ("read", kind of object, field).
    """

    endpoints: set[str] = field(default_factory=set)
    fields: set[tuple[str, str, str]] = field(default_factory=set)

    def note(self, kind: str, path: str) -> None:
        """Something was read."""
        self.fields.add(("read", *placed(kind, path)))

    def take(self, exchange: Exchange) -> None:
        """Something was sent."""
        place = endpoint(exchange.method, exchange.path)
        self.endpoints.add(place)
        for path in [*(f"?{name}" for name in exchange.query), *fields(exchange.request or {})]:
            self.fields.add(("sent", *placed(place, path)))


def season() -> Product:
    """A seed with two mishaps, a repetition, a week of sync with an owner's edits, a lost state, and the removal."""
    roadmap, product = load_template(_TEMPLATE), Product()
    ground = new_ground()
    with watching(product.note):
        ground.workspace.control("faults", [_SAVED, _REFUSED])
        ground.seed(roadmap)
        ground.workspace.control("faults", [])
        ground.seed(roadmap)
        _live(ground, roadmap)
        ground.workspace.control("switches", {"query_cap": 60})
        asyncio.run(_sync(ground, roadmap))
        ground.workspace.control("switches", {"query_cap": 10_000})
        ground.forget()
        ground.seed(roadmap)
        ground.remove(roadmap)
    for exchange in ground.recorder.exchanges:
        product.take(exchange)
    ground.workspace.close()
    return product


def _live(ground: Ground, roadmap: Roadmap) -> None:
    for act in (_complete, _write, _do_nothing):
        ground.clock.seconds += 4 * _DAY
        act(ground.owner, ground.id(_TASK))
        ground.clock.seconds += 600
        asyncio.run(_sync(ground, roadmap))


def _complete(person: Any, task: str) -> None:
    person.patch(f"/pages/{task}", {"properties": {"Done": {"checkbox": True}}})


def _write(person: Any, task: str) -> None:
    words = {"paragraph": {"rich_text": [{"text": {"content": "the owner's"}}]}}
    person.patch(f"/blocks/{task}/children", {"children": [words]})


def _do_nothing(_: Any, __: str) -> None:
    """A quiet week."""


async def _sync(ground: Ground, roadmap: Roadmap) -> None:
    house = ground.house()
    try:
        await Syncer(house).sync(roadmap, full=True)
    finally:
        await house.gateway.aclose()
