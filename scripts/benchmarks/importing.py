"""How long an import takes: larger and larger documents, beside plain markdown-it on the same text in the same run.

    scripts/bench import [--json]

The documents look like roadmaps: phases, sections, boxes with steps and labelled lines, a table and a fence here and
there. Seconds are of the processor, so that other work on the machine counts less. "s per MB" tells whether time grows
with the size: it should stay about the same from row to row. The hostile ones are those that make careless parsers
slow, each of two sizes, one four times the other: the ratio should stay near four.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass

from markdown_it import MarkdownIt
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from notion_roadmap.cli import ALLOCATIONS
from notion_roadmap.errors import UserError
from notion_roadmap.importer import import_markdown

SIZES: Mapping[str, int] = {"10 KB": 10_000, "100 KB": 100_000, "1 MB": 1_000_000, "5 MB": 4_900_000}
ITEMS = 10_000
HOSTILE_SIZE = 40_000
_HOSTILE: Mapping[str, Callable[[int], str]] = {
    "[": lambda size: "[" * size,
    "[a](": lambda size: "[a](" * (size // 4),
    "![": lambda size: "![" * (size // 2),
    "*a ": lambda size: "*a " * (size // 3),
    "a**b ": lambda size: "a**b " * (size // 5),
    "rising backticks": lambda size: "".join("`" * (n % 200 + 1) + " " for n in range(size // 100)),
    "~~a": lambda size: "~~a" * (size // 3),
    "<!--": lambda size: "<!--" * (size // 4),
    "nested quotes": lambda size: ">" * size + " a",
    "nested lists": lambda size: "\n".join("  " * n + "- a" for n in range(int(size**0.5))),
    "lazy quotes": lambda size: "> " * 50 + "a\n" + "a\n" * (size // 20),
    "one column each": lambda size: "|a" * (size // 6) + "|\n" + "|-" * (size // 6) + "|\n" + "|b" * (size // 6) + "|",
    "changing bullets": lambda size: "- a\n* a\n" * (size // 8),
    "headings": lambda size: "".join("#" * (n % 6 + 1) + " a\n" for n in range(size // 6)),
    "bold lines": lambda size: "**a**\n\n- b\n\n" * (size // 12),
    "labels": lambda size: "**a:** b\n" * (size // 9),
    "phases": lambda size: "## Phase 1: a\n\n- b\n\n" * (size // 20),
    "fences": lambda size: "```\na\n```\n" * (size // 10),
    "one line": lambda size: "- " + "word " * (size // 5),
    "open references": lambda size: "[a]: <b\n" * (size // 8),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """Processor seconds for one document; `times` says how many times as long as plain markdown-it."""

    name: str
    kilobytes: float
    tasks: int
    seconds: float
    parser_seconds: float

    @property
    def times(self) -> float:
        """How many times as long as the parser alone."""
        return self.seconds / self.parser_seconds

    @property
    def per_megabyte(self) -> float:
        """Seconds for each megabyte."""
        return self.seconds * 1_000 / self.kilobytes


@dataclass(frozen=True, slots=True)
class Growth:
    """A hostile text, and one four times as long: processor seconds of both."""

    name: str
    kilobytes: float
    seconds: float
    seconds_of_four: float

    @property
    def ratio(self) -> float:
        """How many times as long the longer one takes."""
        return self.seconds_of_four / self.seconds


def main(arguments: list[str]) -> int:
    """Measure and tell; 0 whatever the figures: what depends on the machine is no test."""
    parser = argparse.ArgumentParser(prog="scripts/bench import", description="How long an import takes.")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    given = parser.parse_args(arguments)
    gc.set_threshold(ALLOCATIONS)  # as the command does
    _try(roadmap_of(2_000).encode())  # what is looked up once is looked up now
    documents = [measured(name, roadmap_of(size)) for name, size in SIZES.items()]
    documents.append(measured(f"{ITEMS:,} items", items(ITEMS)))
    hostile = [growth(name, make, HOSTILE_SIZE) for name, make in _HOSTILE.items()]
    if given.json:
        told = {"documents": [asdict(one) for one in documents], "hostile": [asdict(one) for one in hostile]}
        print(json.dumps(told, indent=2))
    else:
        _show(documents, hostile)
    return 0


def measured(name: str, text: str) -> Measure:
    """Import one document and parse it with markdown-it alone, in turns, so that a busy machine hits both."""
    source = text.encode()
    seconds, parser, tasks = [], [], 0
    for _ in range(3 if len(source) < 1_500_000 else 1):
        parser.append(_seconds(lambda: MarkdownIt("commonmark").enable("table").parse(text)))
        begin = time.process_time()
        data = import_markdown(source, name=name).data
        seconds.append(time.process_time() - begin)
        tasks = sum(len(phase["tasks"]) for phase in data["phases"])
    return Measure(name, len(source) / 1_000, tasks, statistics.median(seconds), statistics.median(parser))


def growth(name: str, make: Callable[[int], str], size: int) -> Growth:
    """Import a hostile text and one four times as long, below a heading and a task so that there is a roadmap."""
    texts = [("# Plan\n\n- [ ] begin\n\n" + make(length)).encode() for length in (size, 4 * size)]
    short, long = (min(_seconds(lambda text=text: _try(text)) for _ in range(2)) for text in texts)
    return Growth(name, len(texts[0]) / 1_000, short, long)


def _try(source: bytes) -> None:
    try:
        import_markdown(source, name="hostile.md")
    except UserError:
        return


def _seconds(deed: Callable[[], object]) -> float:
    begin = time.process_time()
    deed()
    return time.process_time() - begin


def roadmap_of(size: int) -> str:
    """A roadmap of about so many bytes."""
    parts = ["# A long way\n\n**Goal:** arrive\n\n"]
    left = size
    for part in _phases():
        if left < len(part):
            break
        parts.append(part)
        left -= len(part)
    return "".join(parts)


def items(number: int) -> str:
    """A roadmap of so many items in phases of 250, nothing else."""
    lines = ["# Many items\n"]
    for item in range(number):
        if item % 250 == 0:
            lines.append(f"\n## Phase {item // 250 + 1}: Part {item // 250 + 1}\n")
        lines.append(f"- [{'x' if item % 7 == 0 else ' '}] Item {item}, [read](https://example.org/{item}) (2 h)")
    return "\n".join(lines)


def _phases() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"## Phase {number}: Part {number} (Weeks {4 * number - 3}-{4 * number})\n\n**Goal:** know it\n\n"
        for section in range(1, 5):
            yield "".join([f"### Section {number}.{section}\n\n", *(_item(number, section, item) for item in range(5))])
        yield "| Resource | Why |\n|---|---|\n" + "".join(
            f"| [R {n}](https://example.org/{n}) | good |\n" for n in range(4)
        )
        yield "\n```python\n# - [ ] no task\nprint(1)\n```\n\n"


def _item(number: int, section: int, item: int) -> str:
    title = f"Learn **thing {item}** of section {section} and part {number}"
    steps = "".join(f"  - [ ] step {step} with [a link](https://example.org/{step})\n" for step in range(3))
    return f"- [ ] {title}\n  **Hours:** {item + 2}\n{steps}\n"


def _show(documents: list[Measure], hostile: list[Growth]) -> None:
    console = Console(highlight=False, width=None if Console().is_terminal else 120)
    table = Table("", "KB", "tasks", "seconds", "markdown-it", "times", "s per MB", box=box.SIMPLE, pad_edge=False)
    for one in documents:
        table.add_row(
            one.name, f"{one.kilobytes:,.0f}", f"{one.tasks:,}", f"{one.seconds:.2f}", f"{one.parser_seconds:.2f}",
            f"{one.times:.1f}", f"{one.per_megabyte:.2f}",
        )  # fmt: skip
    console.print(table)
    table = Table("hostile", "KB", "seconds", "four times as long", "ratio", box=box.SIMPLE, pad_edge=False)
    for found in hostile:
        short, long = f"{found.seconds:.3f}", f"{found.seconds_of_four:.3f}"
        table.add_row(escape(found.name), f"{found.kilobytes:.0f}", short, long, f"{found.ratio:.1f}")
    console.print(table)
