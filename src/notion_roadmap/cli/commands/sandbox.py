"""`notion-roadmap sandbox serve`: the embedded workspace as a server, for browsers and for other clients."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command
from notion_roadmap.cli.output import emit_json, say
from notion_roadmap.errors import UserError

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Plan, Workspace

OWN_TOKEN = "NOTION_SANDBOX_TOKEN"  # noqa: S105 (the name of a variable)


@roadmap_command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Beyond loopback a token of your own is needed.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8787, show_default=True, help="0 for any free one.")
@click.option("--data", metavar="FILE", help="The file of the workspace, or :memory:. Default: the embedded one.")
@click.option("--plan", type=click.Choice(["free", "plus", "business"]), default="plus", show_default=True)
@click.option("--rate-limit", type=click.Choice(["on", "off"]), default="on", show_default=True)
def serve(caller: Caller, host: str, port: int, data: str | None, plan: Plan, rate_limit: str) -> None:
    """Serve the embedded Notion-compatible workspace until it is interrupted.

    The API is under /v1, pages for a browser under /. The variable NOTION_SANDBOX_TOKEN gives it a token of your own.
    """
    from notion_roadmap.places import embedded_file
    from notion_roadmap.sandbox import DataInUseError, SandboxError
    from notion_roadmap.sandbox import serve as run

    token = os.environ.get(OWN_TOKEN, "").strip() or None
    place = data or str(embedded_file(caller.settings()))
    if place != ":memory:":
        Path(place).parent.mkdir(parents=True, exist_ok=True)

    def ready(url: str, workspace: Workspace) -> None:
        _tell(caller, url, workspace.token, workspace.root_page_id, place)

    try:
        run(host, port, place, plan, rate_limit == "on", token=token, on_ready=ready)
    except DataInUseError as error:
        raise UserError(
            str(error).rstrip("."), hint="Stop it or let it end, or name another file with --data"
        ) from error
    except SandboxError as error:
        hint = f"Set {OWN_TOKEN}" if token is None and "token" in str(error) else ""
        raise UserError(str(error).rstrip("."), hint=hint) from error


def _tell(caller: Caller, url: str, token: str, root_page_id: str, place: str) -> None:
    if caller.as_json:
        emit_json({"url": url, "token": token, "root_page_id": root_page_id})
        return
    say(f"Look: {url}/")
    say(f"The workspace is kept in {place}." if place != ":memory:" else "The workspace is gone when this ends.")
    say("For a client, in its environment or .env:")
    say(f"  NOTION_BASE_URL={url}\n  NOTION_TOKEN={token}\n  NOTION_PARENT_PAGE={root_page_id}")
    say("Stop with Ctrl+C.")


command = click.Group("sandbox", [serve], help="Serve the embedded Notion-compatible workspace.")
