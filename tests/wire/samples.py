"""Values of ours, drawn by Hypothesis, and the parts of a database that the codecs are tried on."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from contract.notion_contract import Contract
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.columns import Column, Columns
from notion_roadmap.workspace.properties import DateSpan
from notion_roadmap.workspace.text import Run, Text

PAGE = "c513c3c9-86b7-4b61-967f-d9cc5edf4ece"
SOURCE = "2d4535bd-2906-4304-9655-d547b99640c1"
PHASES_SOURCE = "67745c60-f577-4729-8088-ecbd3f830227"
PHASE = "38309000-6b75-81a8-8704-244c6e948b18"


@cache
def contract() -> Contract:
    return Contract()


def asks(method: str, path: str, body: dict[str, Any]) -> list[str]:
    """What the official types and limits do not allow in a request."""
    found: list[str] = contract().request_errors(method, path, None, body)
    return found


def addresses() -> Addresses:
    known = Addresses(
        ids={
            "tasks": PAGE,
            "phases": PAGE,
            "phases/1": PHASE,
            "tasks.done": "MD]m",
            "phases.tasks": "CG[d",
            "tasks.phase": "=Pna",
        }
    )
    known.sources |= {"tasks": SOURCE, "phases": PHASES_SOURCE}
    return known


TYPES = {
    "title": "title",
    "notes": "rich_text",
    "hours": "number",
    "status": "select",
    "skills": "multi_select",
    "due": "date",
    "start": "date",
    "link": "url",
    "done": "checkbox",
    "phase": "relation",
    "late": "formula",
    "total": "rollup",
}


def columns() -> Columns:
    """Ids hold characters that Notion encodes in answers."""
    return Columns(
        {
            f"tasks.{name}": Column("title" if kind == "title" else f":{name[:4]}", name.capitalize(), kind)
            for name, kind in TYPES.items()
        }
    )


characters = st.characters(codec="utf-8", exclude_categories=("Cs",))
words = st.text(st.one_of(st.sampled_from("ab \n\u0301\u200d👩🏽🇳🇱é"), characters), min_size=1, max_size=40)
links = st.sampled_from(["", "https://a.example/x", "http://b.example/?q=1", "mailto:me@a.example"])
runs = st.builds(
    Run,
    words,
    link=links,
    bold=st.booleans(),
    italic=st.booleans(),
    code=st.booleans(),
    color=st.sampled_from(["", "gray"]),
)
texts = st.lists(runs, max_size=6).map(lambda parts: Text.of(*parts))

_OF_TABLES = (BlockType.TABLE, BlockType.TABLE_ROW)
_PLAIN = [kind for kind in BlockType if kind not in (BlockType.CODE, BlockType.DIVIDER, *_OF_TABLES)]


def _leaf(kind: BlockType) -> st.SearchStrategy[Block]:
    colors = st.just("") if kind in (BlockType.CODE, BlockType.DIVIDER) else st.sampled_from(["", "blue_background"])
    return st.builds(
        Block,
        st.just(kind),
        st.just(Text()) if kind is BlockType.DIVIDER else texts,
        color=colors,
        icon=st.sampled_from(["🎯", "✅"]) if kind is BlockType.CALLOUT else st.just(""),
        language=st.sampled_from(["json", "plain text"]) if kind is BlockType.CODE else st.just("plain text"),
        checked=st.booleans() if kind is BlockType.TO_DO else st.just(False),
    )


blocks = st.sampled_from([kind for kind in BlockType if kind not in _OF_TABLES]).flatmap(_leaf)


@st.composite
def tables(draw: st.DrawFn) -> Block:
    """Tables, every row as wide as the others."""
    width = draw(st.integers(1, 3))
    row = st.lists(texts, min_size=width, max_size=width).map(tuple)
    rows = draw(st.lists(row, min_size=1, max_size=4))
    return Block(BlockType.TABLE, children=tuple(Block(BlockType.TABLE_ROW, cells=cells) for cells in rows))


days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
spans = st.builds(DateSpan, days) | st.builds(DateSpan, days, days)
