"""Whatever the file holds: the importer ends soon, accounts for every line, loses no word, and makes a roadmap or says
that there is none."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from importer.fragments import documents, lost
from importer.reading import DOCUMENTS
from notion_roadmap.errors import UserError
from notion_roadmap.importer import DocumentBinary, Imported, NothingToDo, import_markdown
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.templates import parse_template
from notion_roadmap.templates.write import write_template

NASTY = (
    "\u202e\u2066\u200b\u200d\u200f\ufeff\u00ad\u0301\ufe0f\x00\x0b\x0c\x1b\x7f\x85"
    "\u2028\u2029\ue000\U000e0041\U0001f468"
)
CALM = settings(deadline=None, max_examples=60)


HANGING = 120
"""Seconds after which an import is stopped as hanging. What it guards against takes many minutes; `scripts/bench
import` measures."""


@contextmanager
def no_hanging() -> Iterator[None]:
    """Stop what would hold up the suite for ever."""

    def stop(number: int, frame: object) -> None:
        raise AssertionError("the import hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(HANGING)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def taken(source: bytes) -> Imported | None:
    """What is imported, checked for what always holds; None where the document has nothing to import."""
    try:
        imported = import_markdown(source, name="plan.md")
    except (NothingToDo, DocumentBinary):
        return None
    Roadmap.model_validate(imported.data)
    numbers = [account.line for account in imported.lines]
    assert numbers == sorted(set(numbers))
    return imported


@CALM
@given(documents())
def test_every_line_has_an_account_and_every_word_a_place(text: str) -> None:
    imported = taken(text.encode())

    if imported:
        lines = text.replace("\r\n", "\n").split("\n")
        assert [a.line for a in imported.lines] == [n for n, line in enumerate(lines, 1) if line.strip()]
        assert list(lost(lines, imported)) == []


@CALM
@given(documents())
def test_the_same_document_gives_the_same_template(text: str) -> None:
    first, second = taken(text.encode()), taken(text.encode())

    assert first == second


@CALM
@given(st.binary(max_size=400))
@example(b"\xff\xfe#\x00 \x00a\x00\n\x00-\x00 \x00b\x00")
@example(b"\xed\xa0\x80 - [ ] a")
@example(b"\x00" * 50)
@example("# Plan\n\n- [ ] caf\u00e9".encode("latin-1"))
def test_random_bytes_are_a_roadmap_or_a_sentence(source: bytes) -> None:
    with suppress(UserError):
        taken(source)


@CALM
@given(st.text(alphabet=st.sampled_from("ab \n\t#*-+>|[](){}`~_!<&1.:✅é" + NASTY), max_size=300))
@example(f"# {NASTY}\n\n- [ ] {NASTY}\n")
@example(f"- [ ] {NASTY}task{NASTY}\n")
@example("# \u202eplan\n## Phase 1: \u200b\n- [ ] \u200b\n")
def test_random_signs_are_a_roadmap_or_a_sentence(text: str) -> None:
    imported = taken(text.encode())

    if imported:
        assert parse_template("plan.yaml", write_template(imported.data).encode()) == Roadmap.model_validate(
            imported.data
        )


@pytest.mark.parametrize("document", sorted(DOCUMENTS.glob("*.md")), ids=lambda path: path.stem)
def test_no_word_of_the_corpus_is_lost(document) -> None:  # type: ignore[no-untyped-def]
    text = document.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")

    assert list(lost(text.split("\n"), import_markdown(text.encode(), name=document.stem))) == []


DEEP = {
    "lists": "\n".join("  " * depth + f"- wort{depth}" for depth in range(200)),
    "lists in one line": "- " * 200 + "wort1",
    "quotes": ">" * 200 + " wort1",
    "quotes in lists": "- > " * 100 + "wort1",
    "boxes": "\n".join("    " * depth + f"1. [ ] wort{depth}" for depth in range(100)),
    "brackets": "- " + "[" * 3_000 + "wort1" + "](https://example.org/wort2)" * 300,
    "emphasis": "- " + "*a **b " * 2_000 + "wort1",
    "ticks": "- " + "".join("`" * (n % 60 + 1) + " " for n in range(3_000)) + "wort1",
    "html": "<div>" * 2_000 + "wort1",
    "details": "<details>\n\n" * 300 + "- [ ] wort1",
    "fences": "\n".join("`" * (3 + n) + f"wort{n}" for n in range(300)),
    "cells": "|wort1" * 2_000 + "|\n" + "|-" * 2_000 + "|\n" + "|wort2" * 2_000 + "|",
    "a long line": "- " + " ".join(f"wort{n}" for n in range(15_000)),
    "a long word": "- " + "wort" * 30_000,
    "a long heading": "# " + "wort " * 20_000,
    "a long label": "- **" + "wort " * 20_000 + ":** wort1",
    "a long address": "- [wort1](https://example.org/" + "wort" * 20_000 + ")",
    "labels": "\n".join(f"**wort{n}:** wort{n}" for n in range(3_000)),
    "references": "\n".join(f"[wort{n}]: https://example.org/wort{n}" for n in range(3_000)),
    "headings": "\n".join("#" * (n % 6 + 1) + f" wort{n}" for n in range(3_000)),
    "phases": "\n\n".join(f"## Phase {n}: wort{n}\n\n- [ ] wort{n}" for n in range(1_000)),
    "lazy lines": "> " * 50 + "wort0\n" + "\n".join(f"wort{n}" for n in range(1_000)),
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
@pytest.mark.parametrize("under", ["", "# Plan\n\n## Phase 1: Start\n\n- [ ] begin\n\n"], ids=["alone", "in a phase"])
def test_what_nobody_writes_loses_nothing_and_ends_soon(text: str, under: str) -> None:
    with no_hanging():
        imported = taken((under + text).encode())

    if imported:
        assert list(lost((under + text).split("\n"), imported)) == []


_GAP = " " * 20_000
LONG = {
    "tags with gaps": "<b> " * 60 + "x",
    "unclosed bold in a heading": "## " + "**a " * 20_000,
    "dashes": "- a " + "- " * 1_900 + "b",
    "hours": f"### Task 1: a\n\n- **Hours:** 1{_GAP}x",
    "hours of two kinds": "### Task 1: a\n\n- **Hours:** 1" + " " * 1_900 + "x",
    "hours in a table": "| Week | Topic | Hours |\n|---|---|---|\n| 1 | b | 1" + " " * 1_900 + "x |",
    "unclosed links": "- " + "[a](" * 20_000,
    "unclosed brackets": "- " + "[" * 20_000,
    "unclosed tags": "- " + "<a" * 20_000,
    "a multiplier": f"# Success Probability\n\nBase 10%\n\n- a{_GAP}b +5x\n\nClaim 90%",
    "a view": f"# Views\n\n- **Board** (filter{_GAP}x)\n- **Table** (table)",
    "properties": f"# Properties\n\n- **Status** (a{_GAP}b)\n- **Hours** (Number)\n- **Due** (Date)",
    "a bound": f"# KPIs\n\n- **Jobs:** Target 15{_GAP}x\n- **B:** {'<' * 20_000}a 4",
    "digits": f"# Daily routine\n\n- **Deep** ({'1' * 20_000} x)\n- b (1{_GAP}x)",
    "a resource": f"# Resources\n\n- a{_GAP}b\n- [a](http://b){_GAP} - x\n- {'a.' * 20_000}",
    "a funnel": f"# Funnel\n\n- a{_GAP}→ b: 5%\n- b → c{_GAP}x: 6%",
    "rules": f"# Risks\n\n- If a{_GAP}b\n- if x{_GAP}then y",
    "a review": f"# Weekly review\n\n- {'[' * 20_000}\n- [Date{_GAP}",
}
"""What regular expressions that try again and again would take minutes for."""


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_time_grows_with_the_length_of_a_line_and_no_faster(text: str) -> None:
    with no_hanging():
        imported = taken(f"# Plan\n\n## Phase 1: Start\n\n- [ ] begin\n\n{text}\n".encode())

    assert imported


def test_ten_thousand_items_are_ten_thousand_tasks() -> None:
    phases = (
        f"## Phase {n}: Part {n}\n\n" + "".join(f"- [ ] Item {n}.{i}\n" for i in range(500)) for n in range(1, 21)
    )

    imported = taken(("# Much\n\n" + "\n".join(phases)).encode())

    assert imported
    assert [len(phase["tasks"]) for phase in imported.data["phases"]] == [500] * 20


@pytest.mark.parametrize(
    "encode",
    [lambda t: t.encode("utf-16"), lambda t: t.encode("utf-8-sig"), lambda t: t.replace("\n", "\r\n").encode()],
)
def test_other_encodings_and_line_ends_read_alike(encode: Callable[[str], bytes]) -> None:
    text = "# Plän\n\n## Phase 1: Anfang\n\n- [ ] Übung – eins\n- [x] Übung „zwei“ 🙂\n"

    assert import_markdown(encode(text), name="plan").data == import_markdown(text.encode(), name="plan").data


@pytest.mark.parametrize(
    "source", [b"", b"\n \n\t\n", b"\xef\xbb\xbf", b"\x00\x01\x02\x03" * 100, b"---\ntitle: a\n---\n"]
)
def test_what_holds_no_roadmap_is_refused_in_a_sentence(source: bytes) -> None:
    with pytest.raises(UserError) as refused:
        import_markdown(source, name="plan.md")

    assert "plan.md" in str(refused.value)
