"""A second, independent reading of the document: by blocks and patterns, knowing nothing of the template."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "data" / "seeds" / "002_526196d5967d100e.txt"
_ITEM = re.compile(
    r"^(?:#### (?P<heading>(?:Task \d|Project \d|Capstone|Revolutionary|Industry-Changing|Data Engineering Ed).*)"
    r"|- \[ \] \*\*(?P<label>Task 11[AB]):\*\* (?P<name>.*))$",
    re.MULTILINE,
)
_LABELLED = re.compile(r"^- (?:\[ \] )?\*\*([^*]+):\*\*(.*(?:\n  - .*)*)", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\((https?://[^)\s]+)\)")


@dataclass
class Item:
    """One task or project as its block of lines says."""

    title: str
    section: str
    lines: list[tuple[str, str, list[str]]] = field(default_factory=list)

    def value(self, label: str) -> str | None:
        return next((text for name, text, _ in self.lines if name == label), None)

    def bullets(self, label: str) -> list[str]:
        return next((items for name, _, items in self.lines if name == label), [])


@dataclass
class PhaseBlock:
    """One `## … PHASE n` block."""

    heading: str
    header: dict[str, str]
    items: list[Item]
    criteria: list[str]


def text() -> str:
    return SOURCE.read_text(encoding="utf-8")


def urls(piece: str) -> list[str]:
    return _LINK.findall(piece)


def phases() -> list[PhaseBlock]:
    blocks = re.split(r"^## ", text(), flags=re.MULTILINE)
    return [_phase(block) for block in blocks if re.match(r".* PHASE \d", block)]


def _phase(block: str) -> PhaseBlock:
    starts = list(_ITEM.finditer(block))
    ends = [found.start() for found in starts[1:]] + [len(block)]
    items = [_item(block, found, end) for found, end in zip(starts, ends, strict=True)]
    header = dict(re.findall(r"^\*\*\S+ ([^*]+):\*\* (.*?) *$", block[: starts[0].start()], re.MULTILINE))
    criteria = [line.strip() for line in re.findall(r"^- ✅ (.*)$", block, re.MULTILINE)]
    return PhaseBlock(block.splitlines()[0].strip(), header, items, criteria)


def _item(block: str, found: re.Match[str], end: int) -> Item:
    body = re.split(r"^#", block[found.end() : end], flags=re.MULTILINE)[0]
    section = re.findall(r"^### (.*)$", block[: found.start()], re.MULTILINE)[-1].strip()
    title = found["heading"] or f"{found['label']}: {found['name']}"
    lines = [_labelled(label, rest) for label, rest in _LABELLED.findall(body)]
    return Item(title.strip(), section, lines)


def _labelled(label: str, rest: str) -> tuple[str, str, list[str]]:
    first, *bullets = rest.split("\n")
    return label, first.strip(), [bullet.removeprefix("  - ").strip() for bullet in bullets]
