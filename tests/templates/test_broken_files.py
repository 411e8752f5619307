"""Files that are no YAML, no text, no template or not there at all."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.templates import (
    Problem,
    TemplateInvalid,
    TemplateNotFound,
    TemplateUnreadable,
    load_template,
    parse_template,
)
from notion_roadmap.templates.load import MAX_BYTES
from templates.small import SMALL

LAUGHS = "\n".join(
    ["a: &a [x, x]", *(f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefghijk", "bcdefghijkl", strict=True))]
)
TABBED = "not YAML: while scanning a plain scalar found a tab character that violates indentation"
SECOND = "expected a single document in the stream but found another document"
MAPPING = "keys and values: `key: …`, `title: …`, `phases: …`"


def problems_of(content: bytes) -> tuple[Problem, ...]:
    with pytest.raises(TemplateInvalid) as caught:
        parse_template("mine.yaml", content)
    return caught.value.problems


@pytest.mark.parametrize(
    ("content", "line", "column", "message", "allowed"),
    [
        (b"", 1, 1, "the file is empty", MAPPING),
        (b"# only a comment\n", 1, 1, "the file is empty", MAPPING),
        (b"- phases\n", 1, 1, "the file is not a mapping", MAPPING),
        (b"phases\n", 1, 1, "the file is not a mapping", MAPPING),
        (b"title: caf\xe9\n", 1, 11, "the byte 0xe9 is not UTF-8", "a file saved as UTF-8"),
        (b"\xef\xbb\xbfkey: a\ntitle: \xff\n", 2, 8, "the byte 0xff is not UTF-8", "a file saved as UTF-8"),
        ("key: a\n".encode("utf-16"), 1, 1, "the byte 0xff is not UTF-8", "a file saved as UTF-8"),
        (b"key: a\ntitle: a\x07b\n", 2, 9, "the control character U+0007 is not allowed in YAML", "printable text"),
        (b"key: a\n\ttitle: b\n", 2, 1, TABBED, "spaces for indentation, never tabs"),
        (b"key: [a\n", 2, 1, "not YAML: while parsing a flow sequence did not find expected ',' or ']'", ""),
        (b"key: 'a\n", 2, 1, "not YAML: while scanning a quoted scalar found unexpected end of stream", ""),
        (b"title: Task 1: Python\n", 1, 14, "not YAML: mapping values are not allowed in this context", ""),
        (b"key: a\n---\nkey: b\n", 2, 1, f"not YAML: {SECOND}", ""),
    ],
)  # fmt: skip
def test_a_file_that_is_no_template(content: bytes, line: int, column: int, message: str, allowed: str) -> None:
    assert problems_of(content) == (Problem("mine.yaml", line, column, "", message, allowed),)


def test_a_byte_order_mark_does_no_harm() -> None:
    assert parse_template("mine.yaml", b"\xef\xbb\xbf" + SMALL.encode()) == parse_template("mine.yaml", SMALL.encode())


def test_windows_line_ends_do_no_harm() -> None:
    content = SMALL.replace("\n", "\r\n").encode()
    assert parse_template("mine.yaml", content) == parse_template("mine.yaml", SMALL.encode())


def test_a_billion_laughs_are_refused_without_being_told() -> None:
    aliases = [problem for problem in problems_of(LAUGHS.encode()) if "alias" in problem.message]
    assert len(aliases) == 22
    assert (aliases[0].line, aliases[0].column, aliases[0].field) == (2, 8, "b[0]")


def test_a_list_that_holds_itself_is_refused() -> None:
    assert "the alias *a is not allowed" in {problem.message for problem in problems_of(b"title: &a [*a]")}


@pytest.mark.parametrize("depth", [50, 100_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    (problem,) = problems_of(b"phases: " + b"[" * depth + b"]" * depth)
    assert (problem.line, problem.column) == (1, 48)
    assert problem.message == "nested deeper than 40 levels"


def test_many_problems_are_named_at_once_in_the_order_of_the_file() -> None:
    content = (
        SMALL.replace("title: A small roadmap", "title: No")
        .replace("hours: 10", "huors: 10")
        .replace("      start: 1\n      end: 4", "      start: 6\n      end: 9")
        .replace("kpi: problems", "kpi: problem")
        .replace("- name: LOW", "- name: LOW, maybe")
        .replace("category: Learning", "category: Lerning")
        .replace("key: phase-2/one", "key: phase-1/one")
    )
    found = problems_of(content.encode())
    assert [problem.field for problem in found] == [
        "title",
        "tracking.properties[4].options[1].name",
        "phases[0].tasks[0].category",
        "phases[0].tasks[0].huors",
        "phases[0].criteria[0].measure.kpi",
        "phases[1].window.start",
        "phases[1].tasks[0].key",
    ]
    assert list(found) == sorted(found)


def test_the_error_is_one_sentence_with_the_first_problem_and_the_next_step() -> None:
    with pytest.raises(TemplateInvalid) as caught:
        parse_template("mine.yaml", SMALL.replace("hours: 10", "huors: 10").encode())
    assert str(caught.value) == (
        "The template mine.yaml has a problem in line 62: phases[0].tasks[0].huors: "
        "unknown key; did you mean 'hours'?. Mend the template, then: notion-roadmap template validate mine.yaml"
    )


def test_a_name_that_is_nearly_right_is_suggested() -> None:
    with pytest.raises(TemplateNotFound) as caught:
        load_template("data-enginering-carreer")
    assert "Did you mean 'data-engineering-career'?" in str(caught.value)
    assert "data-engineering-career" in caught.value.bundled


def test_a_folder_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateUnreadable, match="is a directory"):
        load_template(tmp_path)
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(TemplateUnreadable, match="larger than 20 MB"):
        load_template(huge)


def test_a_path_is_loaded_like_a_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert load_template(path).key == load_template(str(path)).key == "small"


@given(st.binary(max_size=200))
def test_random_bytes_are_refused_with_a_place(content: bytes) -> None:
    for problem in problems_of(content):
        assert problem.line >= 1
        assert problem.column >= 1


_LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=10) | st.lists(st.text(max_size=3), max_size=2)


@given(st.data())
def test_any_value_anywhere_is_taken_or_refused_with_its_field(data: st.DataObject) -> None:
    tree = yaml.safe_load(SMALL)
    at, name = tree, "top"
    while isinstance(at, dict | list) and at and data.draw(st.integers(0, 5)):
        name = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        parent, at = at, at[name]
        if not isinstance(at, dict | list):
            parent[name] = data.draw(_LEAVES)
    content = yaml.safe_dump(tree, allow_unicode=True).encode()
    try:
        parse_template("mine.yaml", content)
        nameless = []
    except TemplateInvalid as error:
        nameless = [problem for problem in error.problems if not problem.field]
    assert nameless == []
