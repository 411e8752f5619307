"""Every command, option, exit code and setting stands in the documentation, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from notion_roadmap.cli import exits
from notion_roadmap.cli.app import app
from notion_roadmap.settings import SETTING_NAMES

_OPTION = re.compile(r"`(-{1,2}[a-z][a-z-]*)")
_COMMON = {"--json", "--debug", "--help"}


def _commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from _commands(child, f"{path} {name}")
    else:
        yield path, command


COMMANDS = dict(_commands(app, "notion-roadmap"))


def _sections(page: Path) -> dict[str, str]:
    parts = re.split(r"^## `?([^`\n]+)`?\n", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _options(command: click.Command) -> set[str]:
    return {name for p in command.params if isinstance(p, click.Option) for name in (*p.opts, *p.secondary_opts)}


@pytest.fixture(scope="module")
def commands_page(repository: Path) -> dict[str, str]:
    return _sections(repository / "docs/commands.md")


def test_every_command_has_its_section_and_no_other_stands_there(commands_page: dict[str, str]) -> None:
    named = {title for title in commands_page if title.startswith("notion-roadmap ")}
    assert named == set(COMMANDS)


@pytest.mark.parametrize("path", sorted(COMMANDS))
def test_a_section_names_the_options_of_its_command_and_no_others(path: str, commands_page: dict[str, str]) -> None:
    named = set(_OPTION.findall(commands_page[path]))
    assert named - _COMMON == _options(COMMANDS[path]) - _COMMON


@pytest.mark.parametrize("path", sorted(COMMANDS))
def test_a_section_shows_the_arguments_of_its_command(path: str, commands_page: dict[str, str]) -> None:
    arguments = [
        p.make_metavar(click.Context(COMMANDS[path])) for p in COMMANDS[path].params if isinstance(p, click.Argument)
    ]
    assert all(a in commands_page[path] for a in arguments)


def test_what_all_commands_take_is_said_once(commands_page: dict[str, str]) -> None:
    assert _COMMON | _options(app) <= set(_OPTION.findall(commands_page["Every command"]))


def test_every_exit_code_is_explained(commands_page: dict[str, str]) -> None:
    codes = {value for name, value in vars(exits).items() if name.isupper() and isinstance(value, int)}
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", commands_page["Exit codes"], re.MULTILINE)} == codes


def test_every_setting_has_its_section_and_no_other_stands_there(repository: Path) -> None:
    assert tuple(_sections(repository / "docs/settings.md")) == SETTING_NAMES


def test_the_list_of_commands_says_what_each_command_says_of_itself() -> None:
    for name, place in app.places.items():
        command = app.get_command(click.Context(app), name)
        assert command is not None
        assert command.help
        assert place.help.split(".")[0] in command.help.replace("\n", " ")
