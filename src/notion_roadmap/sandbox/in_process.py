"""The sandbox in-process: an httpx transport that shows dropped connections as httpx's own errors."""

from __future__ import annotations

import httpx
from starlette.applications import Starlette

from notion_roadmap.sandbox.errors import DropConnectionError


class SandboxTransport(httpx.ASGITransport):
    """Sends requests to a sandbox application without a socket."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request; a dropped connection raises RemoteProtocolError, or ReadError in mid-body."""
        try:
            return await super().handle_async_request(request)
        except DropConnectionError as error:
            if error.mid_body:
                raise httpx.ReadError(
                    "peer closed connection without sending complete message body", request=request
                ) from error
            raise httpx.RemoteProtocolError(
                "Server disconnected without sending a response.", request=request
            ) from error


def transport(app: Starlette) -> httpx.AsyncBaseTransport:
    """A transport to the application for httpx.AsyncClient(transport=...)."""
    return SandboxTransport(app=app)
