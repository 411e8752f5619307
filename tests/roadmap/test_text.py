"""Text with links: the author's characters are kept, whatever they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from notion_roadmap.roadmap import Run, Text

WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="[]()<>\\\x00\r\n&"), min_size=1, max_size=20)
ADDRESSES = st.text(alphabet="abcdefghij0123456789-_/.?=%&#", min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("source", "runs"),
    [
        ("plain", [Run("plain")]),
        ("[a](https://x.org/b)", [Run("a", "https://x.org/b")]),
        ("Follow [a](https://x.org) now", [Run("Follow "), Run("a", "https://x.org"), Run(" now")]),
        ("[a](https://x.org), [b](https://y.org)", [Run("a", "https://x.org"), Run(", "), Run("b", "https://y.org")]),
        ("[ü × –](https://x.org/ü?q=a%20b)", [Run("ü × –", "https://x.org/ü?q=a%20b")]),
        ("[a [b]](https://x.org/(c))", [Run("a [b]", "https://x.org/(c)")]),
        ('[a](https://x.org "title") b', [Run("a", "https://x.org"), Run(" (title) b")]),
        ("[Priority 1]", [Run("[Priority 1]")]),
        ("[Issue 1]: [Action plan]", [Run("[Issue 1]: [Action plan]")]),
        ("**bold** *a* `code` \\* &amp; 2 * 3", [Run("**bold** *a* `code` \\* &amp; 2 * 3")]),
        ("[not](a link", [Run("[not](a link")]),
        ("[nowhere]()", [Run("nowhere")]),
        ("[a](https://x.org)\n[b](https://y.org)", [Run("a", "https://x.org"), Run("\n"), Run("b", "https://y.org")]),
    ],
)
def test_runs(source: str, runs: list[Run]) -> None:
    assert Text(source).runs == tuple(runs)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1).filter(str.strip))
def test_the_source_is_kept_to_the_letter_but_for_the_space_around_it(source: str) -> None:
    assert Text(source).markdown == source.strip()
    assert Text(Text(source).markdown) == Text(source)


@given(WORDS.filter(str.strip), ADDRESSES, WORDS.filter(str.strip))
def test_a_link_is_read_as_it_was_written(name: str, address: str, around: str) -> None:
    text = Text(f"x{around}[{name}]({address}){around}x")
    assert text.runs == (Run(f"x{around}"), Run(name, address), Run(f"{around}x"))
    assert text.plain == f"x{around}{name}{around}x"
    assert text.urls == (address,)


@pytest.mark.parametrize("source", ["", "  ", 3, True, None, ["a"], "x" * 20_001, f"[a](https://x.org/{'y' * 2_000})"])
def test_what_is_no_text_is_refused(source: object) -> None:
    with pytest.raises(ValidationError):
        Text.model_validate(source)
