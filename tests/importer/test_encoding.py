"""Damaged text is restored, sound text is never touched."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from importer.making import SEEDS
from notion_roadmap.importer import DocumentBinary, DocumentTooLarge
from notion_roadmap.importer.encoding import MAX_BYTES, decode, repair

NAMES = {path.name[:3]: path for path in SEEDS.glob("*.txt")}


@pytest.mark.parametrize(
    ("number", "signs"),
    [
        ("000", {"→": 21, "✅": 5, "❌": 5, "🎯": 4, "📈": 2, "🚀": 1}),
        ("001", {"→": 1, "🏔️": 1, "🗺️": 1, "📅": 1, "🏭": 1, "🏛️": 1, "🚀": 1, "🔁": 1, "“": 2, "”": 2}),
        ("004", {"✅": 19, "→": 8, "↓": 5, "⚠️": 4, "🎯": 3, "🚀": 3, "📚": 2}),
    ],
)
def test_the_damaged_documents_are_whole_again(number: str, signs: dict[str, int]) -> None:
    text, repaired = decode(NAMES[number].read_bytes(), number)

    assert {sign: text.count(sign) for sign in signs} == signs
    assert repaired is not None
    assert "restored" in repaired


@pytest.mark.parametrize("number", ["002", "003"])
def test_sound_documents_stay_as_they_are_to_the_byte(number: str) -> None:
    source = NAMES[number].read_bytes()

    text, repaired = decode(source, number)

    assert text.encode() == source
    assert repaired is None


WRITTEN = st.lists(
    st.sampled_from(
        ["Plan ", "Übung ", "café ", "naïve ", "– ", "“quoted” ", "→ ", "✅ ", "🎯 ", "×", "ß", "日本語 ", "Этап "]
    ),
    min_size=1,
).map("".join)
"""What people really write."""


@given(WRITTEN)
@example("“Übung” – Maximilian Schwarzmüller, 20×")
@example("Ä, Ö and Ü – “le café…”")
@example("Größe: 5 µm ± 2 °C, ½ € – ‚ja‘ … „nein“")
@example("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ")
def test_sound_text_is_never_changed(text: str) -> None:
    assert repair(text) == (text, None)


@given(WRITTEN, st.sampled_from(["mac_roman", "cp1252"]))
def test_damage_is_undone(text: str, page: str) -> None:
    assume(not text.isascii())
    try:
        damaged = text.encode().decode(page)
    except UnicodeDecodeError:
        assume(False)

    assert repair(damaged)[0] == text


@given(WRITTEN)
def test_bytes_that_windows_does_not_have_may_be_kept_as_control_characters(text: str) -> None:
    assume(not text.isascii())
    damaged = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())

    assert repair(damaged)[0] == text


def test_only_the_damaged_stretches_of_a_mixed_text_are_mended() -> None:
    assert repair("Sound – ‘yes’, Übung, but â€œquotedâ€ and ‚Üí")[0] == "Sound – ‘yes’, Übung, but “quoted” and →"
    assert repair("Schwarzmüller × ‚úÖ done")[0] == "Schwarzmüller × ✅ done"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_the_encoding(codec: str) -> None:
    assert decode("# Plän 🎯\n".encode(codec), "x").text == "# Plän 🎯\n"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_wide_characters_are_known_without_a_mark(codec: str) -> None:
    assert decode("# Plän 🎯\n- [ ] one\n".encode(codec), "x").text == "# Plän 🎯\n- [ ] one\n"


def test_what_is_not_utf8_is_read_as_windows_1252() -> None:
    text, repaired = decode("Übung “eins” – 5 €".encode("cp1252"), "x")

    assert text == "Übung “eins” – 5 €"
    assert repaired is not None
    assert "Windows-1252" in repaired


def test_one_wrong_byte_does_not_spoil_the_rest() -> None:
    assert decode("Übung – ".encode() + b"\xfc" + "✅".encode(), "x").text == "Übung – ü✅"


@pytest.mark.parametrize("source", [bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", b"\x00" * 9])
def test_what_is_no_text_is_refused(source: bytes) -> None:
    with pytest.raises(DocumentBinary) as refused:
        decode(source, "picture.md")

    assert refused.value.name == "picture.md"


def test_what_is_too_large_is_refused_with_its_size() -> None:
    with pytest.raises(DocumentTooLarge) as refused:
        decode(b"a" * (MAX_BYTES + 1), "huge.md")

    assert (refused.value.size, refused.value.limit) == (MAX_BYTES + 1, MAX_BYTES)
