"""The sandbox's own pages: what a person sees of the workspace in a browser, and may change there."""

from __future__ import annotations

from notion_roadmap.sandbox.pages.routes import page_routes

__all__ = ["page_routes"]
