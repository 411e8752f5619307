"""One look at a workspace, in a process of its own: `python -m benchmarks.looks WAY`. Prints what it took, as JSON.

WAY is `everything` or `since` (syncs, with the settings of the environment) or `helper`, which reads the data sources
named after it with notion-client's pagination helper, one after the other, and does nothing with them.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import time
from collections.abc import Awaitable, Sequence

import httpx
from notion_client import AsyncClient
from notion_client.helpers import async_collect_paginated_api

from benchmarks.memory import peak_megabytes
from notion_roadmap.cli import ALLOCATIONS
from notion_roadmap.compose import open_house
from notion_roadmap.service.sync import Syncer
from notion_roadmap.settings import load_settings
from notion_roadmap.templates import load_template


async def sync(template: str, *, full: bool) -> None:
    """As `notion-roadmap sync` does it."""
    roadmap = load_template(template)
    async with open_house(load_settings(os.environ), roadmap.key) as house:
        result = await Syncer(house).sync(roadmap, full=full)
    if result.outcome != "done":
        raise RuntimeError(f"the sync ended {result.outcome}")


async def read(sources: Sequence[str]) -> None:
    """With the helper."""
    async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
        token, url = os.environ["NOTION_TOKEN"], os.environ["NOTION_BASE_URL"]
        client = AsyncClient(client=http, auth=token, base_url=url, notion_version="2026-03-11")
        for source in sources:
            await async_collect_paginated_api(client.data_sources.query, data_source_id=source)


async def timed(work: Awaitable[None]) -> dict[str, float]:
    """How long it takes, and what it takes: seconds, processor seconds, and megabytes of the whole process."""
    began, cpu = time.perf_counter(), time.process_time()
    await work
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    return {"seconds": seconds, "cpu_seconds": cpu, "peak_mb": peak_megabytes()}


if __name__ == "__main__":
    gc.set_threshold(ALLOCATIONS)  # as the command has it
    way, *rest = sys.argv[1:]
    works = {"helper": lambda: read(rest), "everything": lambda: sync(rest[0], full=True)}
    print(json.dumps(asyncio.run(timed(works.get(way, lambda: sync(rest[0], full=False))()))))
