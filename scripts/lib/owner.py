"""The owner of the demonstration: edits the embedded workspace as a second person would in Notion.

    python scripts/lib/owner.py DAY

DAY counts from the first one of the roadmap, from 0. What is done on it is told in a line each. The settings are those
of the product: the workspace, the state, the moment (ROADMAP_NOW).
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import date, timedelta
from typing import Any

import httpx

from notion_roadmap.compose import connection_of
from notion_roadmap.places import state_file
from notion_roadmap.settings import load_settings
from notion_roadmap.store import open_state

ROADMAP = "data-engineering-career"
FIRST, SECOND, PROJECT = "tasks/phase-1/task-1", "tasks/phase-1/task-2", "tasks/phase-1/task-8"
Deed = tuple[str, str, dict[str, Any]]


def deeds(day: int, today: date) -> tuple[tuple[str, str, dict[str, Any]], ...]:
    """What is done on a day: words, the key of a row, and values by property key."""
    log = f"days/{today.isoformat()}"
    habits = {"days.sql_problems": {"checkbox": True}, "days.github_commit": {"checkbox": True}}
    done: dict[int, tuple[Deed, ...]] = {
        0: (
            ("starts the first task", FIRST, {"tasks.status": {"select": {"name": "🟡 In Progress"}}}),
            ("ticks the day's habits", log, habits),
        ),
        4: (
            ("ticks Done, and leaves Status alone", FIRST, {"tasks.done": {"checkbox": True}}),
            ("enters what it took", FIRST, {"tasks.hours_spent": {"number": 46}}),
            ("ticks the day's habits", log, habits),
        ),
        8: (
            ("starts the second task", SECOND, {"tasks.status": {"select": {"name": "🟡 In Progress"}}}),
            ("is half through it", SECOND, {"tasks.percent_done": {"number": 0.5}}),
            ("gives the roadmap 15 hours a week", "settings/roadmap", {"settings.weekly_hours": {"number": 15}}),
            ("ticks the day's habits", log, habits),
        ),
    }
    return done.get(day, ())


async def live(day: int) -> None:
    """Do what is done on that day, and write a line into the review of the week."""
    settings = load_settings(os.environ)
    moment = settings.roadmap_now
    assert moment is not None, "ROADMAP_NOW is not set"
    state = open_state(state_file(settings), ROADMAP).state
    ids = {key: one.id for key, one in state.all().items()}
    state.close()
    connection = connection_of(settings)
    assert connection.inner is not None, "this is not the embedded workspace"
    token = connection.inner.app.state.workspace.owner_token  # type: ignore[attr-defined]
    headers = {"Authorization": f"Bearer {token}", "Notion-Version": "2026-03-11"}
    async with httpx.AsyncClient(
        transport=connection.inner, base_url=f"{connection.base_url}/v1/", headers=headers
    ) as notion:
        for words, key, values in deeds(day, moment.date()):
            await _patch(notion, f"pages/{ids[key]}", {"properties": {ids[name]: one for name, one in values.items()}})
            print(f"  {moment:%a %d %b}: {words}")
        thursday = (moment.date() + timedelta(days=3 - moment.weekday())).isocalendar()
        review = ids.get(f"reviews/{thursday.year}-W{thursday.week:02d}")
        if day == 4 and review:
            text = [{"type": "text", "text": {"content": "A good week: the evenings are the time for it."}}]
            paragraph = {"type": "paragraph", "paragraph": {"rich_text": text}}
            await _patch(notion, f"blocks/{review}/children", {"children": [paragraph]})
            print(f"  {moment:%a %d %b}: writes a line of their own into the week's review")
    connection.close()


async def _patch(notion: httpx.AsyncClient, path: str, body: dict[str, Any]) -> None:
    answer = await notion.patch(path, json=body)
    if answer.status_code != 200:
        raise SystemExit(f"the owner was refused: {answer.text}")


if __name__ == "__main__":
    asyncio.run(live(int(sys.argv[1])))
