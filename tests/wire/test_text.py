"""Texts of any length and kind, in pieces that Notion takes, and back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from notion_roadmap.wire.text import decode_text, encode_text
from notion_roadmap.workspace.fit import TEXT_BYTES, fit_description, fit_link, fit_text, split, units
from notion_roadmap.workspace.text import Run, Text
from wire.samples import characters, texts, words


@given(st.text(characters, max_size=300), st.integers(2, 50))
@example("👩🏽‍💻" * 30, 20)
@example("e\u0301" * 100, 3)
@example("a" * 5_000, 2_000)
def test_parts_join_to_the_whole_and_none_is_too_long(text: str, limit: int) -> None:
    parts = list(split(text, limit))
    assert "".join(parts) == text
    assert all(0 < units(part) <= limit for part in parts)
    for part in parts:
        part.encode("utf-16")  # no half of a surrogate pair


@pytest.mark.parametrize("one", ["👩🏽‍💻", "é".replace("é", "e\u0301"), "🇳🇱", "⚙️", "\r\n"])
def test_what_is_drawn_as_one_stays_together(one: str) -> None:
    parts = list(split("x" + one * 400, 100))
    assert len(parts) > 2
    assert all(part.replace("x", "").replace(one, "") == "" for part in parts)


@given(texts)
def test_a_text_comes_back_as_it_was(text: Text) -> None:
    assert decode_text(encode_text(text)) == fit_text(text)
    assert fit_text(text).plain == text.plain


@given(texts)
def test_fitting_twice_is_fitting_once(text: Text) -> None:
    assert fit_text(fit_text(text)) == fit_text(text)


def test_two_thousand_emoji_are_parted_between_emoji() -> None:
    encoded = encode_text(Text.of("😀" * 2_000))
    assert [len(one["text"]["content"]) for one in encoded] == [1_000, 1_000]


@pytest.mark.parametrize("length", [250_000, 1_000_000])
def test_what_is_too_long_is_cut_and_says_so(length: int) -> None:
    encoded = encode_text(Text.of("x" * length))
    assert len(encoded) <= 100
    assert encoded[-1]["text"]["content"].endswith("characters did not fit]")
    assert f"of {length:,}" in encoded[-1]["text"]["content"]


def test_a_cut_text_leaves_room_in_its_request() -> None:
    kept = fit_text(Text.of("語" * 199_000))
    assert TEXT_BYTES * 0.9 < len(kept.plain.encode()) < TEXT_BYTES + 200


def test_too_many_looks_are_given_up_before_words_are() -> None:
    chequered = Text.of(*(Run(f"{number} ", bold=number % 2 == 0) for number in range(150)))
    assert len(encode_text(chequered)) == 1
    assert fit_text(chequered).plain == chequered.plain


def test_too_many_links_stay_readable_as_words() -> None:
    linked = Text.of(*(Run(f"w{number}", link=f"https://a.example/{number}") for number in range(101)))
    assert len(encode_text(linked)) <= 100
    assert "w100 (https://a.example/100)" in fit_text(linked).plain


@pytest.mark.parametrize(
    "link",
    [
        "https://a.example/" + "x" * 2_000,
        "",
        "foo",
        "/x",
        "#top",
        "javascript:alert(1)",
        "ftp://a.example/",
        "https://",
        "mailto:",
        "http://[::1",
        "https://a b",
    ],
)
def test_links_that_notion_refuses_become_plain_text(link: str) -> None:
    assert encode_text(Text.of(Run("words", link=link))) == [{"type": "text", "text": {"content": "words"}}]


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://a.example", "https://a.example/"),
        ("https://a.example?q=1", "https://a.example?q=1"),
        ("HTTPS://a.example/B", "HTTPS://a.example/B"),
        ("mailto:me@a.example", "mailto:me@a.example"),
    ],
)
def test_links_are_sent_as_notion_keeps_them(link: str, kept: str) -> None:
    assert fit_link(link) == kept


def test_half_a_character_is_replaced_rather_than_sent() -> None:
    encoded = encode_text(Text.of("a\ud83dz"))
    assert encoded[0]["text"]["content"] == "a\ufffdz"


def test_server_may_part_a_run_and_add_mentions() -> None:
    answer = [
        {"type": "text", "text": {"content": "one ", "link": None}, "annotations": {"bold": False, "color": "default"}},
        {"type": "text", "text": {"content": "run", "link": None}, "annotations": {"bold": False, "color": "default"}},
        {"type": "mention", "mention": {"type": "user"}, "plain_text": " @Somebody", "href": None},
        "nonsense",
    ]
    assert decode_text(answer) == Text.of("one run @Somebody")


@given(words)
def test_descriptions_are_cut_to_what_a_column_holds(description: str) -> None:
    assert units(fit_description(description * 20)) <= 280


def test_short_descriptions_stay() -> None:
    assert fit_description("estimated time") == "estimated time"
