"""The options that `plan` and `seed` share, and what they ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from notion_roadmap.cli.caller import Caller

if TYPE_CHECKING:
    from notion_roadmap.roadmap import Roadmap
    from notion_roadmap.service.choose import Asked
    from notion_roadmap.settings import Settings

Function = TypeVar("Function", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--parent", metavar="PAGE", help="Another page than NOTION_PARENT_PAGE, by URL or id."),
    click.option("--start", metavar="DATE", help="Another first day than ROADMAP_START, YYYY-MM-DD."),
    click.option("--weekly-hours", metavar="HOURS", help="Other hours a week than ROADMAP_WEEKLY_HOURS."),
    click.option("--as-written/--no-as-written", default=None, help="Keep the dates of the document."),
    click.option("--lean/--no-lean", default=None, help="As few blocks as a useful workspace can have."),
    click.option("--done", metavar="WHAT", multiple=True, help="Done already: task keys, phases, or a CSV file."),
    click.option("--restore", is_flag=True, help="Bring back what you removed."),
    click.option("--retry-views", is_flag=True, help="Ask again for views that Notion refused, after an upgrade."),
)


_SETTINGS = {
    "token": "notion_token",
    "parent": "notion_parent_page",
    "start": "roadmap_start",
    "weekly_hours": "roadmap_weekly_hours",
}
"""The settings that options stand for."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one call of `plan` or `seed` asks for.

    Args:
        template: as it was named.
    """

    template: str
    roadmap: Roadmap
    settings: Settings
    asked: Asked
    restore: bool
    retry_views: bool


def wish_options(function: Function) -> Function:
    """Declare the shared options."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def settings_with(caller: Caller, **options: str | None) -> Settings:
    """The settings, with what these options say instead. Raises SettingInvalid, click.UsageError."""
    check_options(**options)
    return caller.settings(**{_SETTINGS[name]: value for name, value in options.items()})


def check_options(**options: str | None) -> None:
    """Refuse an option that its setting cannot hold. Raises click.UsageError, which never shows a token."""
    from notion_roadmap.errors import SettingInvalid
    from notion_roadmap.settings import load_settings

    for name, value in options.items():
        shown = "" if name == "token" else f" {value!r}"
        try:
            load_settings({}, None, **{_SETTINGS[name]: value})
        except SettingInvalid as error:
            raise click.UsageError(f"--{name.replace('_', '-')}{shown} {error.problem}.") from error


def read_wishes(
    caller: Caller,
    template: str,
    *,
    parent: str | None,
    start: str | None,
    weekly_hours: str | None,
    as_written: bool | None,
    lean: bool | None,
    done: tuple[str, ...],
    restore: bool,
    retry_views: bool,
) -> Wishes:
    """The wishes in the options. Raises TemplateError, SettingInvalid, click.UsageError."""
    from notion_roadmap.cli.done import done_keys
    from notion_roadmap.service.choose import Asked
    from notion_roadmap.templates import load_template

    settings = settings_with(caller, parent=parent, start=start, weekly_hours=weekly_hours)
    roadmap = load_template(template)
    asked = Asked(as_written, lean, done_keys(roadmap, done) if done else None)
    return Wishes(template, roadmap, settings, asked, restore, retry_views)
