"""One attempt: sign a request, send it, and have its whole answer within a time, or know how it was lost."""

from __future__ import annotations

import asyncio
from functools import cached_property
from typing import Any, Final

import httpx
from pydantic import SecretStr

from notion_roadmap.errors import SettingInvalid
from notion_roadmap.notion.outcome import Lost
from notion_roadmap.wire.errors import decode_object

_CONNECT: Final = 10.0
"""Seconds until a connection stands."""

_DROPPED_HEADERS: Final = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""They describe the body on the wire; what is passed on is the body as it was read."""


class Answer(httpx.Response):
    """An answer that was read to its end. Its JSON is parsed once, however many look at it: a page of rows is long."""

    @cached_property
    def told(self) -> dict[str, Any] | None:
        """The JSON object that it holds, None when it holds none."""
        return decode_object(self.content)

    def json(self, **kwargs: Any) -> Any:
        """As httpx has it; the object is the same at each call."""
        return super().json(**kwargs) if self.told is None else self.told


class Sender:
    """Puts the token on requests. Raises SettingInvalid for one that no header can carry."""

    def __init__(self, inner: httpx.AsyncBaseTransport, token: SecretStr) -> None:
        if not token.get_secret_value().isascii() or not token.get_secret_value().isprintable():
            raise SettingInvalid("NOTION_TOKEN", "holds characters that no token has", hint="Copy it from Notion again")
        self._inner = inner
        self._token = token

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()

    async def send(self, request: httpx.Request, *, gap: float, seconds: float) -> Answer | Lost:
        """The answer, read to its end.

        Args:
            gap: seconds until the next byte comes.
            seconds: for everything: httpx has no limit for a body that comes drop by drop.

        What the connection says when it breaks is not passed on: it may hold the token.
        """
        signed = await self._signed(request, gap)
        try:
            async with asyncio.timeout(seconds):
                response = await self._inner.handle_async_request(signed)
                try:
                    body = await response.aread()
                finally:
                    await response.aclose()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError):
            return Lost.NEVER_SENT
        except (httpx.UnsupportedProtocol, httpx.LocalProtocolError):
            return Lost.UNSENDABLE
        except (httpx.TransportError, httpx.DecodingError, OSError):  # asyncio's TimeoutError is an OSError
            return Lost.BROKEN
        headers = [(key, value) for key, value in response.headers.items() if key.lower() not in _DROPPED_HEADERS]
        return Answer(response.status_code, headers=headers, content=body)

    async def _signed(self, request: httpx.Request, gap: float) -> httpx.Request:
        return httpx.Request(
            request.method,
            request.url,
            headers=[*request.headers.raw, (b"Authorization", f"Bearer {self._token.get_secret_value()}".encode())],
            content=await request.aread(),
            extensions={**request.extensions, "timeout": httpx.Timeout(gap, connect=_CONNECT).as_dict()},
        )
