"""What all commands have in common: how they are declared and what they are given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from notion_roadmap.cli.caller import Caller

Body = Callable[..., int | None]

_JSON = click.Option(["--json", "as_json"], is_flag=True, help="Print one JSON object and nothing else.")
_DEBUG = click.Option(["--debug"], is_flag=True, help="Show the traceback of an unexpected error.")


def roadmap_command(name: str, **attributes: Any) -> Callable[[Body], click.Command]:
    """Declare a command: its function gets the Caller first, then its options, and returns its exit code (or None)."""

    def declare(body: Body) -> click.Command:
        def invoke(as_json: bool, debug: bool, **options: Any) -> int | None:
            caller = click.get_current_context().find_object(Caller)
            assert caller is not None
            caller.as_json = as_json
            caller.debug = caller.debug or debug
            caller.start_logging()
            return body(caller, **options)

        own: list[click.Parameter] = getattr(body, "__click_params__", [])
        return click.Command(
            name, callback=invoke, params=[*reversed(own), _JSON, _DEBUG], help=body.__doc__, **attributes
        )

    return declare


template_argument = click.argument("template", metavar="TEMPLATE")
"""A bundled template's name, or the path of one's own."""
