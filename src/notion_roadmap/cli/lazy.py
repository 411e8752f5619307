"""A group of commands that knows their names and one-line helps without importing them."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command is: its module, which holds it under the name `command`, and its line in the list."""

    module: str
    help: str


class LazyGroup(click.Group):
    """A click group over a table of places.

    Args:
        package: the package that the modules are in.
        places: by command name.
    """

    def __init__(self, *args: Any, package: str, places: Mapping[str, Place], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.package = package
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click asks like this)
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        place = self.places.get(cmd_name)
        if place is None:
            return None
        loaded = importlib.import_module(f"{self.package}.{place.module}").command
        assert isinstance(loaded, click.Command)
        loaded.short_help = place.help
        return loaded

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.help) for name, place in self.places.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in self.places and not name.startswith("-"):
            near = difflib.get_close_matches(name, self.places, n=1)
            meant = f" Did you mean '{near[0]}'?" if near else f" There are: {', '.join(self.places)}."
            ctx.fail(f"No such command '{name}'.{meant}")
        return super().resolve_command(ctx, args)
