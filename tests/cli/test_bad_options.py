"""Every option of every command, given what it cannot hold: wrong usage, in one sentence."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from notion_roadmap.cli import exits
from notion_roadmap.cli.app import app

TEMPLATE = "data-engineering-career"
BAD = {
    "--token": "ntn_ab cd",
    "--parent": "not a page",
    "--start": "2026-13-40",
    "--weekly-hours": "many",
    "--done": "no-such-task",
    "--week": "2026-W99",
    "--port": "99999",
    "--plan": "golden",
    "--rate-limit": "perhaps",
}
"""What an option cannot hold, whatever the world is like."""

WORLDLY = {"--checksum", "--data", "--host", "--report", "-o"}
"""Options that may hold any word, as those that take a path: the plan, the disk or the network says whether it is the
right one."""

ARGUMENTS = {"template": TEMPLATE, "folder": "."}
ALSO = {"init": ["--yes"], "remove": ["--yes"]}


def _commands(group: click.Group, *way: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from _commands(found, *way, name)
        else:
            yield (*way, name), found


def _options() -> Iterator[tuple[tuple[str, ...], click.Command, str]]:
    for way, found in _commands(app):
        for one in found.params:
            takes_a_word = isinstance(one, click.Option) and not one.is_flag and not one.count
            if takes_a_word and not isinstance(one.type, click.Path):
                yield way, found, one.opts[0]


def test_every_option_that_takes_a_value_is_tried_here() -> None:
    assert {name for _, _, name in _options()} == BAD.keys() | WORLDLY


@pytest.mark.parametrize(
    ("way", "found", "name"), [pytest.param(*one, id=f"{one[0][-1]}{one[2]}") for one in _options() if one[2] in BAD]
)
def test_an_option_that_cannot_be_is_wrong_usage(call, way: tuple[str, ...], found: click.Command, name: str) -> None:
    needed = [ARGUMENTS[str(p.name)] for p in found.params if isinstance(p, click.Argument) and p.required]
    said = call(*way, *needed, *ALSO.get(way[-1], []), name, BAD[name])
    assert said.code == exits.WRONG_USAGE
    sentence, hint = said.err.strip().split("\n")
    assert name in sentence
    assert sentence.endswith(".")
    assert "Input should" not in sentence
    assert hint == f"See: notion-roadmap {' '.join(way)} --help"
    assert BAD["--token"] not in said.err
