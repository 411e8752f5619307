"""When two values mean the same, although Notion gave one of them back in another form."""

from __future__ import annotations

from unicodedata import normalize
from urllib.parse import unquote

from notion_roadmap.workspace.canonical import JSON


def alike(one: JSON, other: JSON) -> bool:
    """Whether two canonical values are the same to a reader.

    Whether Notion keeps emoji variation selectors, composed letters and the exact spelling of links is documented
    nowhere, so these are not differences. Only live values are compared this way: between two wishes of ours every
    difference counts.
    """
    return one == other or loose(one) == loose(other)


def loose(value: JSON) -> JSON:
    """The form in which `alike` compares."""
    if isinstance(value, str):
        return normalize("NFC", value.replace("\ufe0f", ""))
    if isinstance(value, list):
        return [loose(one) for one in value]
    if isinstance(value, dict):
        return {name: _link(one) if name == "link" else loose(one) for name, one in value.items()}
    return value


def _link(value: JSON) -> JSON:
    return unquote(value).rstrip("/") if isinstance(value, str) else value
