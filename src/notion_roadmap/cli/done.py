"""`--done`: which tasks were done before the roadmap began, said by keys, by phases, or by a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

import click

from notion_roadmap.roadmap import Roadmap

_KEY_COLUMNS = ("key", "task name", "task", "title", "name")
_STATE_COLUMNS = ("done", "status")
_YES = ("completed", "complete", "done", "yes", "true", "x", "1", "✅", "✓")


def done_keys(roadmap: Roadmap, words: Iterable[str]) -> frozenset[str]:
    """The keys of the tasks that are meant.

    Args:
        words: each a list, separated by commas, of task keys and phases (key, option or title), or a CSV file that
            ends in .csv. A CSV has a column Key, Task Name, Task, Title or Name; where it has a column Done or Status
            too, as Notion's own export does, only completed rows count.

    Raises:
        click.UsageError: a word that is neither, with the nearest one that is.
    """
    names = _names(roadmap)
    found: set[str] = set()
    for word in _split(words):
        meant = names.get(word.strip().casefold())
        if meant is None:
            near = get_close_matches(word.casefold(), names, n=1)
            guess = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"--done {word!r} is neither a task's key nor a phase of {roadmap.key}.{guess}")
        found |= meant
    return frozenset(found)


def _names(roadmap: Roadmap) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for phase, task in roadmap.tasks():
        for name in (task.key, task.title, phase.key, phase.option, phase.title):
            names.setdefault(name.casefold(), set()).add(task.key)
    return names


def _split(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if word.casefold().endswith(".csv"):
            yield from _from_csv(Path(word))
        else:
            yield from (part.strip() for part in word.split(",") if part.strip())


def _from_csv(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = {name.strip().casefold(): name for name in reader.fieldnames or ()}
            key = next((columns[c] for c in _KEY_COLUMNS if c in columns), None)
            if key is None:
                raise click.UsageError(f"--done {path} has no column named Key, Task Name, Task, Title or Name.")
            state = next((columns[c] for c in _STATE_COLUMNS if c in columns), None)
            for row in reader:
                if row[key] and (state is None or _is_done(row[state] or "")):
                    yield row[key]
    except OSError as error:
        raise click.UsageError(f"--done {path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise click.UsageError(f"--done {path} cannot be read as a CSV file in UTF-8: {error}.") from error


def _is_done(value: str) -> bool:
    words = value.casefold().split()
    return bool(words) and all(word in _YES for word in words)
