"""The Gateway: everything that is ever said to Notion, in our words."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable
from datetime import datetime
from urllib.request import getproxies, proxy_bypass

import httpx
from notion_client import AsyncClient
from pydantic import SecretStr

from notion_roadmap.clock import Clock
from notion_roadmap.notion.databases import DatabaseCalls
from notion_roadmap.notion.rows import RowCalls
from notion_roadmap.notion.speaker import quiet_logger
from notion_roadmap.notion.terms import Patience, Traffic
from notion_roadmap.notion.transport import Transport
from notion_roadmap.notion.views import ViewCalls

NOTION_VERSION = "2026-03-11"
"""https://developers.notion.com/reference/versioning"""

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Gateway(RowCalls, DatabaseCalls, ViewCalls):
    """One connection to one workspace. All ids are dashed. Close it with `aclose`, or use it in `async with`.

    Every method raises the errors of `errors.py`: ItemRefused (NotFound and BlocksUsedUp are of that kind) when this
    one request can never succeed, OutcomeUnknown when a write may have happened, RunStopped when nothing will succeed.

    Args:
        base_url: without `/v1`.
        inner: what really sends; the default is HTTP. A sandbox in the same process gives an ASGI transport.
        requests_per_minute: of the plan: https://developers.notion.com/reference/request-limits
        earlier: what `spent` answered at the end of the last run.
        read_only: refuse every write before it is sent.
        dice: spreads repetitions in time.
        bot_id: who we are, when that is known already; `me` finds out.
    """

    def __init__(
        self,
        token: SecretStr,
        *,
        clock: Clock,
        base_url: str,
        inner: httpx.AsyncBaseTransport | None = None,
        requests_per_minute: int = 180,
        earlier: Iterable[datetime] = (),
        read_only: bool = False,
        dice: random.Random | None = None,
        patience: Patience | None = None,
        bot_id: str = "",
    ) -> None:
        self._transport = Transport(
            inner or _http(httpx.URL(base_url)),
            token,
            clock=clock,
            per_minute=requests_per_minute,
            dice=dice or random.Random(),  # noqa: S311 - it only spreads repetitions
            earlier=earlier,
            read_only=read_only,
            patience=patience,
        )
        # The token is not given to notion-client, whose options show it when printed; the transport puts it on.
        # trust_env would read ~/.netrc and send what it finds there.
        client = AsyncClient(
            client=httpx.AsyncClient(transport=self._transport, trust_env=False),
            base_url=base_url,
            notion_version=NOTION_VERSION,
            retry=False,
            logger=quiet_logger(),
            log_level=logging.CRITICAL,
        )
        super().__init__(client)
        self._bot_id = bot_id

    @property
    def traffic(self) -> Traffic:
        """What went over the wire so far."""
        return self._transport.traffic

    def spent(self) -> tuple[datetime, ...]:
        """When the requests of the last minute were sent, to be given to the next run as `earlier`."""
        return self._transport.spent()

    def left(self) -> int:
        """How many requests may still go before Notion's window must be waited for."""
        return self._transport.left()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.client.aclose()

    async def __aenter__(self) -> Gateway:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def _http(base_url: httpx.URL) -> httpx.AsyncBaseTransport:
    """HTTP, through the machine's proxy if it has one, but never for what runs on the machine itself."""
    if base_url.host in _LOOPBACK or proxy_bypass(base_url.host):
        return httpx.AsyncHTTPTransport(trust_env=False)
    return httpx.AsyncHTTPTransport(proxy=getproxies().get(base_url.scheme))
