"""The addresses of the pages: / and /<slug>-<id>, as the API's `url` fields name them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from notion_roadmap.sandbox.controls import is_local
from notion_roadmap.sandbox.errors import ApiError
from notion_roadmap.sandbox.ids import parse
from notion_roadmap.sandbox.pages import content, tables
from notion_roadmap.sandbox.rules import values
from notion_roadmap.sandbox.rules.compute import source_of
from notion_roadmap.sandbox.state import Doc
from notion_roadmap.sandbox.workspace import Workspace

if TYPE_CHECKING:
    from jinja2 import Environment

_ID = re.compile(r"([0-9a-f]{32})$")
EDITABLE = ("select", "status", "checkbox")
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src https: http: data:; form-action 'self'; base-uri 'none'"
)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, select_autoescape  # only a person's first page needs it

    loader = PackageLoader("notion_roadmap.sandbox.pages", "templates")
    return Environment(loader=loader, autoescape=select_autoescape(default=True), trim_blocks=True, lstrip_blocks=True)


def _html(template: str, code: int = 200, /, **context: Any) -> HTMLResponse:
    text = _environment().get_template(template).render(**context)
    return HTMLResponse(text, code, headers={"Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff"})


def _missing(message: str, status: int = 404) -> Response:
    return _html("missing.html", status, title=message, trail=[])


async def _show(request: Request) -> Response:
    if not is_local(request):
        return _missing("These pages are shown on this machine only.", 403)
    workspace: Workspace = request.app.state.workspace
    found = _ID.search(request.path_params.get("slug", ""))
    id_ = parse(found[1]) if found else None if "slug" in request.path_params else workspace.root_page_id
    doc = workspace.store.get(id_ or "")
    if doc is not None and doc["object"] == "page":
        return _html("page.html", **content.page(workspace, doc))
    if doc is not None and doc["object"] == "database":
        return _html("database.html", **tables.database(workspace, doc, parse(request.query_params.get("v"))))
    return _missing("There is no such page here.")


async def _change(request: Request) -> Response:
    """Set a row's select, status or checkbox, as the workspace's owner would."""
    if not is_local(request):
        return _missing("Changes are taken from this machine's own pages only.", 403)
    fields = {key: found[0] for key, found in parse_qs((await request.body()).decode("utf-8", "replace")).items()}
    workspace: Workspace = request.app.state.workspace
    page = workspace.store.get(parse(request.path_params["page_id"]) or "")
    source = source_of(workspace, page) if page and page["object"] == "page" else None
    prop = source["props"].get(fields.get("property", "")) if source else None
    if page is None or source is None or prop is None or prop["type"] not in EDITABLE:
        return _missing("There is no such value to change.")
    try:
        workspace.perform(lambda: _set(workspace, source, page, prop, fields.get("value", "")))
    except ApiError as error:
        return _missing(error.message, 400)
    target = fields.get("back", "/")
    return RedirectResponse(target if re.match(r"^/(?![/\\])", target) else "/", 303)


def _set(workspace: Workspace, source: Doc, page: Doc, prop: Doc, value: str) -> None:
    given: Any = value == "true" if prop["type"] == "checkbox" else ({"id": value} if value else None)
    edited = workspace.store.edit(page["id"])
    values.write(workspace, source, edited, {prop["id"]: {prop["type"]: given}}, "form")
    workspace.touch(edited, workspace.owner_id)


def page_routes() -> list[Route]:
    """The routes of the pages."""
    return [
        Route("/", _show, methods=["GET"]),
        Route("/set/{page_id}", _change, methods=["POST"]),
        Route("/{slug}", _show, methods=["GET"]),
    ]
