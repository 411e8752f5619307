"""The same workspace made by a plain script: `python -m benchmarks.rival SCRIPT WIDTH`.

The script sends what is written in SCRIPT and puts in the ids that it is given. It writes down nothing, looks nothing
up, compares no answer with what was asked, and ends at the first error: it is what somebody writes who wants the
workspace once. What it does do is what notion-client does by itself: it obeys Retry-After, twice for each request.

With WIDTH 1 one request goes after the other; with more, everything whose ids are known goes at once, as many as WIDTH
at a time, wave after wave.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
from notion_client import AsyncClient

from benchmarks.exchange import PARENT, Call, load


async def replay(calls: Sequence[Call], client: AsyncClient, parent_page_id: str, width: int) -> None:
    """Send all of it."""
    answers: dict[int, Any] = {PARENT: parent_page_id}
    places = asyncio.Semaphore(width)

    async def send(number: int) -> None:
        call = calls[number]
        path, query, body = call.filled(answers)
        async with places:
            answers[number] = await client.request(path=path, method=call.method, query=query, body=body)

    waves = range(1 + max(call.wave for call in calls))
    if width == 1:
        for number in range(len(calls)):
            await send(number)
        return
    for wave in waves:
        await asyncio.gather(*(send(n) for n, call in enumerate(calls) if call.wave == wave))


async def main(script: str, width: str) -> None:
    """Read the script and send it."""
    http = httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(trust_env=False), trust_env=False)
    client = AsyncClient(
        client=http,
        auth=os.environ["NOTION_TOKEN"],
        base_url=os.environ["NOTION_BASE_URL"],
        notion_version="2026-03-11",
    )
    calls = load(await asyncio.to_thread(Path(script).read_text))
    await replay(calls, client, os.environ["NOTION_PARENT_PAGE"], int(width))
    await http.aclose()
    print(json.dumps({"requests": len(calls)}))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
