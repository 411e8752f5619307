"""What no field could take is kept as it was written, where it stood."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from textwrap import dedent

from markdown_it.common.utils import normalizeReference

from notion_roadmap.importer.document import Block, Code, FrontMatter, Item, Listing, Quote, Rule, Table
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import title_text
from notion_roadmap.roadmap.base import MAX_MARKDOWN, MAX_TITLE

_LABEL = re.compile(r"\[([^\[\]\n]{1,300})\](?![(:])")
_NO_WORDS = re.compile(
    r"^[\s\-*_=+|:>#~`.]*$"
    r"|^(?:\s*</?[a-z]+[1-6]?(?:\s+(?:align|open|class|width|height|id)(?:=(?:\"[^\"]*\"|\w+))?)*\s*/?>)+\s*$",
    re.IGNORECASE,
)


@dataclass
class _Home:
    """Where a stretch of lines is kept.

    Args:
        owner: the task or the phase; None for a note of the roadmap.
        title: that of the note.
        first: the line of the heading that is its title.
    """

    owner: Data | None
    title: str
    first: int
    lines: list[int] = field(default_factory=list)


def keep_leftovers(root: Section, draft: Draft) -> None:
    """Keep every line that is not booked yet in the notes of the task or phase it stands in, else of the roadmap."""
    _structure(root, draft)
    open_lines = draft.ledger.open(1, len(draft.document.lines))
    if not open_lines:
        return
    homes = _Homes(root, draft)
    headings = {line for section in root.walk() if section.heading for line in section.heading.span}
    bare = _Home(None, str(draft.data["title"]), root.last)
    for home in homes.of(open_lines):
        if home.owner is None and headings.issuperset(home.lines):
            bare.lines += home.lines  # headings whose sections are kept elsewhere
        else:
            _keep(home, homes, draft)
    if bare.lines:
        _keep(bare, homes, draft)


def _structure(root: Section, draft: Draft) -> None:
    """Lines without words: rules, and what is booked already on both sides."""
    for section in root.walk():
        for block in section.blocks:
            if isinstance(block, Rule):
                draft.ledger.structure(block.span)
    lines = draft.document.lines
    for definition in draft.document.definitions:
        if definition.is_used:
            draft.ledger.structure(definition.span)
    inside: set[int] = set()
    for first, last in _framed(root):
        left = draft.ledger.open(first, last)
        if all(_NO_WORDS.match(lines[line - 1]) for line in left):
            draft.ledger.structure(left)
        inside.update(left)
    bare = [n for n in draft.ledger.open(1, len(lines)) if n not in inside and _NO_WORDS.match(lines[n - 1])]
    draft.ledger.structure(bare)


def _framed(root: Section) -> Iterator[tuple[int, int]]:
    """The lines of fences, tables and raw HTML: their borders belong to what is kept of them, if anything is."""
    waiting: list[Block] = [block for section in root.walk() for block in section.blocks]
    while waiting:
        block = waiting.pop()
        if isinstance(block, Code | Table | FrontMatter):
            yield block.first, block.last
        elif isinstance(block, Quote | Item):
            waiting.extend(block.blocks)
        elif isinstance(block, Listing):
            waiting.extend(block.items)


class _Homes:
    def __init__(self, root: Section, draft: Draft) -> None:
        self._draft = draft
        self._tasks = sorted(draft.tasks, key=lambda task: (task[0], -task[1]))
        self._starts = [first for first, _, _ in self._tasks]
        self._chain_at = _chains(root, len(draft.document.lines))
        self._told: set[tuple[int, int]] = set()

    def of(self, lines: list[int]) -> Iterator[_Home]:
        homes: dict[tuple[int, int], _Home] = {}
        for line in lines:
            task = self._task(line)
            chain = self._chain_at[line]
            if task is not None:
                home = homes.setdefault((1, id(task)), _Home(task, str(task["title"]), self._tasks[self._at(line)][0]))
            else:
                home = self._outside(line, chain, homes)
            home.lines.append(line)
        yield from homes.values()

    def _at(self, line: int) -> int:
        return bisect_right(self._starts, line) - 1

    def _task(self, line: int) -> Data | None:
        at = self._at(line)
        # Tasks do not stand within tasks, so the nearest one before is the only one that can hold the line.
        if at >= 0 and self._tasks[at][1] >= line:
            return self._tasks[at][2]
        return None

    def _outside(self, line: int, chain: tuple[Section, ...], homes: dict[tuple[int, int], _Home]) -> _Home:
        found = self._draft.phase_around(line)
        if found and found[0].heading is not None:
            section, phase = found
            return homes.setdefault((2, id(phase)), _Home(phase, str(phase["title"]), section.first))
        top = next((section for section in reversed(chain) if section.level <= 2), None)
        title = title_text(top.title) if top else ""
        return homes.setdefault((3, id(top)), _Home(None, title, top.first if top else 0))

    def heads_of(self, line: int, home: _Home) -> list[int]:
        """The headings around a line that its home has not told yet, as lines."""
        found: list[int] = []
        for section in self._chain_at[line]:
            head = section.heading
            if head is None or section.first <= home.first or (id(home), section.first) in self._told:
                continue
            self._told.add((id(home), section.first))
            if head.first != line:
                found += head.span
        return found


def _chains(root: Section, length: int) -> list[tuple[Section, ...]]:
    """For every line, the sections around it, the outermost first."""
    chains: list[tuple[Section, ...]] = [()] * (length + 2)
    waiting = deque([(root, tuple[Section, ...]())])
    while waiting:
        section, above = waiting.popleft()
        chain = (*above, section) if section.heading else above
        for line in section.span:
            chains[line] = chain
        waiting.extend((inner, chain) for inner in section.sections)
    return chains


def _keep(home: _Home, homes: _Homes, draft: Draft) -> None:
    for lines in _pages(home.lines, draft):
        text = _text(lines, home, homes, draft)
        if not text.strip():
            draft.ledger.structure(lines)
            continue
        if home.owner is not None and len(text) + len(home.owner.get("notes", "")) + 2 <= MAX_MARKDOWN:
            before = home.owner.get("notes")
            home.owner["notes"] = f"{before}\n\n{text}" if before else text
            draft.ledger.note(lines, home.owner, "notes")
            continue
        title = home.title or str(draft.data.get("title", "")) or "Notes"
        for body in _cut(text):
            note: Data = {"title": title[:MAX_TITLE].strip(), "body": body}
            draft.data.setdefault("notes", []).append(note)
            draft.ledger.note(lines, note, "body")


def _pages(lines: list[int], draft: Draft) -> Iterator[list[int]]:
    """The lines in portions that can be kept in one place."""
    page: list[int] = []
    size = 0
    for line in lines:
        length = len(draft.document.lines[line - 1]) + 2
        if page and size + length > MAX_MARKDOWN // 2:
            yield page
            page, size = [], 0
        page.append(line)
        size += length
    if page:
        yield page


def _cut(text: str) -> Iterator[str]:
    for start in range(0, len(text), MAX_MARKDOWN):
        if part := text[start : start + MAX_MARKDOWN].strip("\n"):
            yield part


def _text(lines: list[int], home: _Home, homes: _Homes, draft: Draft) -> str:
    """The lines as they stand, with the blank lines between them and the headings that they stand under."""
    source = draft.document.lines
    inside = set(lines)
    written: list[str] = []
    before = 0
    for line in lines:
        heads = [head for head in homes.heads_of(line, home) if head not in inside]
        between = range(before + 1, line)
        if heads or (written and any(source[at - 1].strip() for at in between)):
            written += [""] * bool(written and written[-1])
        elif written:
            written += ["" for _ in between]
        for head in heads:
            written += [source[head - 1].strip(), ""]
        written.append(source[line - 1].rstrip())
        before = line
    text = dedent("\n".join(written)).strip("\n")
    return "\n\n".join(filter(None, [text, _definitions(text, inside, draft)]))


def _definitions(text: str, inside: set[int], draft: Draft) -> str:
    """What the links of a passage refer to, where it is not told in it."""
    if not draft.document.definitions or "[" not in text:
        return ""
    labels = {normalizeReference(found[1]) for found in _LABEL.finditer(text)}
    told = (one for one in draft.document.definitions if one.label in labels and one.first not in inside)
    return "\n".join(draft.document.source(one.first, one.last).strip() for one in told)
