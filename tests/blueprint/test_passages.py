"""Markdown as blocks: nothing raises, nothing is lost, everything keeps to Notion's limits."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint.material import MONDAY, Choices, build, small, words_of
from notion_roadmap.blueprint import check
from notion_roadmap.blueprint.passages import LONGEST, flattened, passage, table
from notion_roadmap.workspace.blocks import Block, BlockType, walk
from notion_roadmap.workspace.languages import language_of
from notion_roadmap.workspace.text import Run, Text

SAMPLE = """\
# Title

Some *slow*, **loud** and `coded` words with [a link](https://example.com/a?b=c "and a title"),
wrapped here,\\
broken there.

1. first
2. second
   - [x] ticked
   - [ ] open
   - plain
     - deep
       - deeper

> said
>
> more

| A | B |
| --- | :-: |
| one | *two* |

---

```py
x = 1
```

    indented

<b>raw</b>

![a picture](https://example.com/p.png)
"""


def kinds(blocks: tuple[Block, ...]) -> list[str]:
    return [block.type.value for block in walk(blocks)]


def test_each_part_becomes_its_block() -> None:
    assert kinds(passage(SAMPLE)) == [
        "heading_2", "paragraph", "numbered_list_item", "numbered_list_item", "to_do", "to_do",
        "bulleted_list_item", "bulleted_list_item", "bulleted_list_item", "quote", "paragraph", "table", "table_row",
        "table_row", "divider", "code", "code", "paragraph", "paragraph",
    ]  # fmt: skip


def test_looks_and_links_are_kept() -> None:
    words = passage(SAMPLE)[1].text

    assert words.plain == "Some slow, loud and coded words with a link, wrapped here,\nbroken there."
    assert [run for run in words.runs if run.italic or run.bold or run.code or run.link] == [
        Run("slow", italic=True),
        Run("loud", bold=True),
        Run("coded", code=True),
        Run("a link", link="https://example.com/a?b=c"),
    ]


def test_boxes_code_and_tables_hold_what_was_said() -> None:
    blocks = list(walk(passage(SAMPLE)))

    assert [(one.text.plain, one.checked) for one in blocks if one.type is BlockType.TO_DO] == [
        ("ticked", True), ("open", False),
    ]  # fmt: skip
    code, indented = (one for one in blocks if one.type is BlockType.CODE)
    assert (code.text.plain, code.language, indented.language) == ("x = 1", "python", "plain text")
    rows = [[cell.plain for cell in one.cells] for one in blocks if one.type is BlockType.TABLE_ROW]
    assert rows == [["A", "B"], ["one", "two"]]


@pytest.mark.parametrize(
    ("words", "language"),
    [("python", "python"), ("JS title=x", "javascript"), ("", "plain text"), ("brainfog", "plain text")],
)
def test_languages_are_those_of_notion(words: str, language: str) -> None:
    assert language_of(words) == language


def test_a_long_table_goes_on_under_the_same_heading() -> None:
    rows = [(Text.of("head"),), *((Text.of(f"{n}"),) for n in range(250))]

    made = tuple(table(rows))

    assert [len(one.children) for one in made] == [100, 100, 53]
    assert {one.children[0].cells[0].plain for one in made} == {"head"}


@pytest.mark.parametrize("words", ["word " * 40_000, "```\n" + "x = 1\n" * 30_000 + "```", "語" * 199_000])
def test_nothing_long_is_cut_off(words: str) -> None:
    blocks = passage(words)

    assert sum(len(block.text.plain) for block in blocks) >= len(words.strip()) - 10
    assert max(len(block.text.plain) for block in blocks) <= LONGEST


MARKS = st.sampled_from(
    ["# ", "- ", "* [ ] ", "1. ", "> ", "    ", "```", "|", "---", "**", "_", "`", "[x](y)", "\n\n"]
)
MARKDOWN = st.lists(MARKS | st.text(max_size=8) | st.just("\n"), min_size=1, max_size=40).map("".join)


@settings(max_examples=30)
@given(MARKDOWN)
def test_any_text_makes_blocks_that_notion_takes(words: str) -> None:
    if not words.strip():
        return
    task = {"key": "only/one", "title": "One", "notes": words}
    roadmap = small(phases=[{"key": "only", "title": "Only", "option": "Only", "tasks": [task], "notes": words}])

    for lean in (False, True):
        assert check(build(roadmap, Choices(MONDAY, MONDAY, 40, lean=lean))) == ()


@given(st.lists(st.text("abc ", min_size=1, max_size=9), min_size=1, max_size=60))
def test_flattening_keeps_every_word(items: list[str]) -> None:
    blocks = passage("\n".join(f"- {item}" for item in items))

    said = " ".join(words_of(flattened(blocks)))

    assert re.findall("[abc]+", said) == re.findall("[abc]+", " ".join(items))
