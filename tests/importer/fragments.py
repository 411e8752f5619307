"""Random Markdown, put together from what roadmaps are made of; every word in it is unique, so that none can be lost
behind another."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator, Sequence

from hypothesis import strategies as st

from importer.reading import texts_of
from notion_roadmap.importer import Imported
from notion_roadmap.importer.aliases import FIELDS, PHASE_FIELDS
from notion_roadmap.importer.vocabulary import FINISHED

_HEADINGS = (
    "{h} {w}",
    "{h} Phase {n}: {w} {w}",
    "{h} Phase {n} - {w} (Weeks {n}-{n})",
    "{h} Week {n}: {w}",
    "{h} Month {n}–{n}",
    "{h} Q{q} 2026: {w}",
    "{h} ✅ {w}",
    "{h} {n}. {w}",
    "{h} Task {n}: {w}",
    "{h} Day {n}: {w} {w}",
    "{h} Resources",
    "{h} Success criteria {w}",
    "{h} Weekly review",
    "{h} Tasks",
    "{h} FAQ {w}",
    "{h} v{n}.0 (March 2026) {w}",
    "{h} [{w}](https://example.org/{w})",
    "{w} {w}\n===",
    "{w}\n---",
)
_LINES = (
    "{i}- {w} {w}",
    "{i}- [ ] {w} {w}",
    "{i}- [x] {w}",
    "{i}* {w}: {w}",
    "{i}+ [{w}](https://example.org/{w})",
    "{i}1. {w}",
    "{i}{n}) [ ] {w}",
    "{i}- **{w}:** {w} {w}",
    "{i}- **Hours:** 12 {w}",
    "{i}- [ ] **Task {n}:** {w} ✅",
    "{i}- ✅ {w}",
    "{i}- Monday: {w}",
    "{i}-",
    "{i}- [ ]",
    "**{w}**",
    "**{w}:** {w}",
    "**Goal:** {w}",
    "**Hours:** {n}",
    "**Priority:** HIGH ({w})",
    "**Tasks:**",
    "**Resources:**",
    "**Day {n}: {w}**",
    "**Topics**",
    "*{w}* ~~{w}~~ `{w}`",
    "{w} {w} {w}.  ",
    "{w}\\",
    "Week {n}: {w}",
    "> {w}",
    "> - [ ] {w}",
    "> **Goal:** {w}",
    "---",
    "***",
    "",
    "",
    "",
    "| {w} | {w} |\n|---|---|\n| {w} | {w} |",
    "| Week | Topic | Hours | Done |\n|:-:|---|--:|---|\n| {n} | {w} | 3 | ✅ |\n| {n} | {w} {w} | {w} | |",
    "| Task | Status |\n|---|---|\n| {w} | Done |\n| [{w}](https://example.org/{w}) | {w} |",
    "| {w} |\n|-|\n| {w} | {w} | {w} |",
    "```{w}\n# {w}\n- [ ] {w}\n```",
    "```\n{w} → {w}\n{w} → {w}\n```",
    "```\n{w}",
    "    {w} {w}",
    "<details><summary>{w}</summary>",
    "</details>",
    "<!-- {w} {w} -->",
    '<p align="center">{w}</p>',
    "![{w}](https://example.org/{w}.png)",
    '[{w}]: https://example.org/{w} "{w}"',
    "[{w}][{w}]",
    "IF {w}\nTHEN {w}",
    "\t{w}",
    "{i}\t- {w}",
    "{w} | {w}",
    "| {w}",
    "#{w}",
    "&amp; {w} &#65;{w}",
    "\\# {w}",
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A document of up to forty fragments in any order, often with a heading and a list where a roadmap has them."""
    chosen = draw(st.lists(st.sampled_from(_HEADINGS + _LINES), min_size=1, max_size=40))
    indents = st.integers(0, 8).map(lambda width: " " * width)
    number = itertools.count(100)
    lines = []
    for template in chosen:
        text = template.replace("{i}", draw(indents) if "{i}" in template else "")
        text = text.replace("{h}", "#" * draw(st.integers(1, 6)) if "{h}" in text else "")
        for hole in ("{w}", "{n}", "{q}"):
            while hole in text:
                text = text.replace(hole, _filling(hole, next(number)), 1)
        lines.append(text)
    return draw(st.sampled_from(("\n", "\n", "\n\n", "\r\n"))).join(lines)


def _filling(hole: str, number: int) -> str:
    if hole == "{w}":
        return f"wort{number}"
    return str(1 + number % 4) if hole == "{q}" else str(1 + number % 30)


_LEAD = re.compile(r"^[\s>]*(?:(?:[-*+]|\d+[.)])(?:\s+|$)(?:\[[ xX]\](?:\s+|$))?)*")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def words_of(line: str) -> list[str]:
    """The words of a line, without the numbers of a list, boxes, and HTML tags."""
    return re.findall(r"[^\W_]+", html.unescape(_TAG.sub(" ", _LEAD.sub("", line))).casefold())


SAID = {
    word
    for names in (*FIELDS.values(), *PHASE_FIELDS.values(), FINISHED, ("x", "wip", "todo"))
    for name in names
    for word in re.findall(r"[^\W_]+", name.casefold())
}
"""Words that become the name of a field, or say that something is done: what they say is held, not they themselves."""


def lost(lines: Sequence[str], imported: Imported) -> Iterator[tuple[int, str]]:
    """Each word, with the number of its line, that stands neither in the template nor in a line not understood.

    Lines that are structure (the header of a table whose columns are fields) may hold words that only name fields, but
    no word of the fragments' own.
    """
    texts = list(texts_of(imported.data))
    held = {word for text in texts for word in words_of(text)}
    running = "".join(texts).casefold()  # a word longer than a text may be is cut in two
    for account in imported.lines:
        if account.kind != "not_understood":
            words = words_of(lines[account.line - 1])
            if account.kind == "structure":
                words = [word for word in words if word.startswith("wort")]
            spare = SAID if account.kind == "field" else set()
            missing = (word for word in words if word not in held and word not in spare)
            yield from ((account.line, word) for word in missing if word not in running)
