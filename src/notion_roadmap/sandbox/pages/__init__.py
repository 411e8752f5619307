"""The sandbox's own pages: what a person sees of the workspace in a browser."""

from __future__ import annotations

from starlette.routing import Route


def page_routes() -> list[Route]:
    """The routes of the pages."""
    return []
