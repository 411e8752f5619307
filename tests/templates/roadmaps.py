"""Roadmaps of every shape for Hypothesis: all fields of the model, with texts that YAML likes to misread."""

from __future__ import annotations

from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from pydantic import BaseModel

from notion_roadmap.roadmap import Roadmap, Step, Text
from notion_roadmap.roadmap.base import Key, Markdown, Number, Title
from notion_roadmap.roadmap.measures import Percent, Positive
from notion_roadmap.roadmap.task import OptionName
from notion_roadmap.roadmap.window import Count, Day, Month

NASTY = (
    "No", "yes", "null", "~", "1.0", "1e3", "0o17", "0x1F", "1_000", "12:30:45", "2025-12-01", "=", "<<", "true",
    "# x", "a # b", ": ", "a: b", "a:", "- a", "-", "? a", "| a", "> a", "%x", "@x", "`x`", "'", '"', "\\", "\\n",
    "[a](https://x.example)", "{a}", "[", "*a", "&a", "!a", ",", "---", "...", "... a", "a\x85b", "a\u2028b", "a\tb",
    "\ufeffa", "🚀", "👩‍💻", "a\u200bb", "\u202eabc\u202c", "\x00", "\x7f", "\ufffe", "a\xa0", "\xa0a", "word " * 60,
    "x" * 300, "a  b " * 50, "é", ".5", "+1", "Off", "0", "a\rb", "#", "key: [", "🔴 HIGH",
)  # fmt: skip
NASTY_PASSAGES = (
    "a\nb", "a\n", "a\n\n", "\n", "\na", " a\nb", "  a\n b\n", "a\n  \nb", "a\n  ", "a  \nb", "\ta\n\tb", "a\n\tb",
    "# a\n- b: c\n", "a\n---\nb", "a\n...\n", "\n\n a\n", "```py\nif x:\n    y  # z\n```",
    "a\r\nb", "a\n\x85\nb", "a\n#",
)  # fmt: skip

_ALPHABET = st.characters(exclude_categories=("Cs",))
lines = st.one_of(st.sampled_from(NASTY), st.text(_ALPHABET, min_size=1, max_size=30)).filter(str.strip)
passages = st.one_of(lines, st.sampled_from(NASTY_PASSAGES), st.text(st.sampled_from("ab:#-\n \t|>"), min_size=1))
keys = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}(/[a-z0-9]{1,5}){0,2}", fullmatch=True)
options = lines.map(lambda text: text.replace(",", ";")[:40].strip()).filter(bool)
numbers = st.one_of(st.integers(1, 10**17), st.floats(0.001, 1e17, allow_nan=False))

_LEAVES: tuple[tuple[Any, st.SearchStrategy[Any]], ...] = (
    (Key, keys),
    (OptionName, options),
    (Title, lines),
    (Markdown, passages),
    (Positive, numbers),
    (Percent, st.one_of(st.integers(0, 100), st.floats(0, 100))),
    (Number, numbers),
    (Month, st.dates(date(1990, 1, 1), date(2200, 1, 1)).map(lambda day: day.strftime("%Y-%m"))),
    (Day, st.dates(date(1990, 1, 1), date(2200, 1, 1)).map(date.isoformat)),
    (Count, st.integers(1, 10_000)),
    (Text, passages.filter(str.strip)),
    (bool, st.booleans()),
)


def of(annotation: Any) -> st.SearchStrategy[Any]:
    """Data that the annotation takes."""
    for leaf, strategy in _LEAVES:
        if annotation == leaf:
            return strategy
    if get_origin(annotation) is Annotated:
        return _bounded(annotation)
    if get_origin(annotation) is Literal:
        return st.sampled_from(get_args(annotation))
    if get_origin(annotation) in (Union, UnionType):
        return st.one_of([of(one) for one in get_args(annotation) if one is not NoneType])
    if get_origin(annotation) is tuple:
        return st.lists(of(get_args(annotation)[0]), min_size=1, max_size=2)
    if annotation is Step:
        return st.fixed_dictionaries({"text": of(Text)}, optional={"done": st.booleans()})
    return of_model(annotation)


def _bounded(annotation: Any) -> st.SearchStrategy[Any]:
    inner, *metadata = get_args(annotation)
    if any(getattr(part, "discriminator", None) for part in metadata):
        return of(inner)
    return st.integers(1, 90)


@st.composite
def of_model(draw: st.DrawFn, model: type[BaseModel]) -> dict[str, Any]:
    """Data of a model: what it asks for, and a few of the rest."""
    hints = get_type_hints(model, include_extras=True)
    needed = [name for name, field in model.model_fields.items() if field.is_required()]
    rest = [name for name in model.model_fields if name not in needed]
    more = draw(st.lists(st.sampled_from(rest), max_size=3, unique=True)) if rest else []
    return {
        name: [*draw(of(hints[name])), "last"] if name == "stages" else draw(of(hints[name])) for name in needed + more
    }


roadmap_data = of_model(Roadmap)
"""Data of a roadmap by its shape alone; names may stand twice and references lead nowhere."""
