"""Markdown as blocks with their lines, and sections over them."""

from __future__ import annotations

from textwrap import dedent

from importer.making import imported, tasks_of
from notion_roadmap.importer.document import Code, FrontMatter, Heading, Html, Item, Listing, Paragraph, Table
from notion_roadmap.importer.markdown import MAX_NESTING, read_document, tokens
from notion_roadmap.importer.section import BOLD_LEVEL, sections_of


def test_blocks_know_their_lines() -> None:
    document = read_document(
        "---\ntitle: x\n---\n# A\n\ntext\nmore\n\n- [x] one\n  - two\n1. three\n\n```py\n# no heading\n```\n"
    )

    assert [(type(block), block.first, block.last) for block in document.blocks] == [
        (FrontMatter, 1, 3),
        (Heading, 4, 4),
        (Paragraph, 6, 7),
        (Listing, 9, 10),
        (Listing, 11, 11),
        (Code, 13, 15),
    ]


def test_items_know_their_box_their_number_and_what_stands_below_them() -> None:
    (plain, numbered) = read_document("* [X] one\n  two\n  + [ ] below\n\n3) four\n").blocks

    assert isinstance(plain, Listing)
    assert isinstance(numbered, Listing)
    (item,) = plain.items
    assert (item.text, item.checked, item.own_last) == ("one\ntwo", True, 2)
    assert [(below.text, below.checked) for below in item.items] == [("below", False)]
    assert [entry.number for entry in numbered.items] == [3]


def test_lines_that_begin_with_a_box_are_a_list_without_bullets() -> None:
    assert [
        (task["title"], task.get("completed", False)) for task in tasks_of("## Phase 1\n[ ] a\n[x] b\n\n☐ c\n☑ d\n")
    ] == [
        ("a", False),
        ("b", True),
        ("c", False),
        ("d", True),
    ]
    assert [(task["title"], task.get("completed", False)) for task in tasks_of("## Phase 1\n- ☐ a\n- ✅ b\n")] == [
        ("a", False),
        ("b", True),
    ]


def test_tables_have_a_header_and_rows_with_their_lines() -> None:
    (table,) = read_document("| A | B |\n|---|---|\n| 1 | [x](y) |\n").blocks

    assert isinstance(table, Table)
    assert table.header.cells == ("A", "B")
    assert [(row.first, row.cells) for row in table.rows] == [(3, ("1", "[x](y)"))]


def test_links_to_labels_have_their_addresses() -> None:
    text = (
        "- [ ] Read [the book][1], [Notes][] and [this]\n- [x] not [a link]\n\n[1]: <https://example.org/a b>\n"
        "[notes]: https://example.org/n 'On it'\n[this]: /t\n[unused]: /u\n"
    )

    document = read_document(text)

    (listing,) = document.blocks
    assert isinstance(listing, Listing)
    assert listing.items[0].text == (
        'Read [the book](<https://example.org/a b>), [Notes](https://example.org/n "On it") and [this](/t)'
    )
    assert listing.items[1].text == "not [a link]"
    assert {one.label: (one.first, one.is_used) for one in document.definitions} == {
        "1": (4, True),
        "NOTES": (5, True),
        "THIS": (6, True),
        "UNUSED": (7, False),
    }


def test_the_definition_of_a_link_is_kept_where_it_is_told() -> None:
    found = imported("# P\n\nSee [it][a] `[b]`.\n\n## Phase 1\n- [ ] Do [that][b]\n\n[a]: /a\n[b]: /b\n[c]: /c\n")

    assert {account.line: account.kind for account in found.lines if account.line >= 8} == {
        8: "structure",
        9: "structure",
        10: "note",
    }
    assert found.data["phases"][0]["tasks"][0]["lines"] == [{"label": "Link", "text": "[that](/b)"}]


def test_addresses_are_kept_to_the_letter() -> None:
    (task,) = tasks_of("## Phase 1\n- [ ] [Weg](https://example.org/Straße?q=ä&b=%20)\n")

    assert task["course_resource"] == "[Weg](https://example.org/Straße?q=ä&b=%20)"
    assert [token.attrGet("href") for token in tokens("[a](/ä)") if token.type == "link_open"] == ["/ä"]


def test_headings_in_html_are_headings() -> None:
    root = sections_of(
        read_document(
            '<h1 align="center">A &amp; B</h1>\n\n<details>\n<summary><b>One</b></summary>\n\n- x\n\n</details>\n'
        )
    )

    assert [(section.level, section.title) for section in root.walk()] == [(0, ""), (1, "A & B"), (BOLD_LEVEL, "One")]
    (block,) = read_document("<div>\n<summary>x</summary>\n").blocks[:1]
    assert isinstance(block, Html)


def test_bold_paragraphs_over_lists_are_headings() -> None:
    root = sections_of(
        read_document("## A\n\n**Day 1: B** ✅ COMPLETED\n- c\n\n**bold** in a sentence.\n\n**D**\n\n**E**\n")
    )

    (section,) = root.sections
    assert [(inner.title, inner.mark, inner.level) for inner in section.sections] == [
        ("Day 1: B", "✅ COMPLETED", BOLD_LEVEL)
    ]


def test_what_is_nested_too_deep_is_kept_as_it_is_written() -> None:
    deep = "\n".join(f"{'  ' * depth}- deep{depth}" for depth in range(2 * MAX_NESTING))
    found = imported(f"## Phase 1\n{deep}\n")

    assert {account.kind for account in found.lines} <= {"field", "content", "note"}
    assert f"deep{2 * MAX_NESTING - 1}" in found.data["phases"][0]["tasks"][0]["notes"]


def test_lines_end_as_they_may() -> None:
    assert read_document("# a\r\n\r\n- b\rc").lines == ("# a", "", "- b", "c")


def test_an_item_without_words_is_no_task() -> None:
    document = read_document("- \n-\n- x\n")
    (listing,) = document.blocks
    assert isinstance(listing, Listing)
    assert [item.text for item in listing.items if isinstance(item, Item)] == ["", "", "x"]
    assert [task["title"] for task in tasks_of(dedent("## Phase 1\n- \n-\n- x\n"))] == ["x"]
