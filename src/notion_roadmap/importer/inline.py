"""Inline Markdown as titles and as lines with labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from notion_roadmap.importer.document import tokens
from notion_roadmap.importer.parts.texts import labelled, plain, unmarked

MAX_INLINE = 20_000
"""Characters of a text whose inline Markdown is read; a longer one is kept as it is written."""

_SIGNS = re.compile(r"^[^\w(\[{<\"'“«¿¡`$€#@+~]+")
_ONLY_LINK = re.compile(r"^\s*!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)\s*$")
_ITALIC_LABEL = re.compile(r"^(?P<mark>\*|_)(?!\*|_|\s)(?P<inner>[^*_]{1,40}?[:：]\s.+)(?P=mark)$", re.DOTALL)

_TAG = re.compile(
    r"</?(?P<name>a|abbr|b|big|br|center|del|div|em|font|h[1-6]|i|ins|kbd|li|mark|ol|p|s|small|span|strong|sub|sup|u|ul)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""Tags that only say what a text looks like, where it stands or where it leads."""
_BETWEEN = {"br": " ", "p": " ", "div": " ", "li": " · "}
_HREF = re.compile(r"<a\s[^<>]*?href\s*=\s*[\"']?(?P<address>[^\s\"'<>]+)", re.IGNORECASE)


class Label(NamedTuple):
    """A label and what follows it; `strong` if it is set apart by emphasis and not only by its colon."""

    label: str
    rest: str
    strong: bool


def title_text(text: str) -> str:
    """A text as a title: on one line, without emphasis and without the addresses of its links; code keeps its marks."""
    if len(text) > MAX_INLINE:
        return " ".join(text.split())
    if not any(sign in text for sign in "*_~\n\\&<![]"):
        return " ".join(text.split())
    return " ".join("".join(_titled(text)).split()).removeprefix("· ")


def _titled(text: str) -> Iterator[str]:
    for token in tokens(text):
        match token.type:
            case "code_inline":
                yield f"{token.markup}{token.content}{token.markup}"
            case "softbreak" | "hardbreak":
                yield " "
            case "s_open" | "s_close":
                yield "~~"
            case "html_inline" if tag := _TAG.fullmatch(token.content):
                yield "" if token.content.startswith("</") else _BETWEEN.get(tag["name"].lower(), "")
            case _:
                yield token.content


def shown(text: str) -> str:
    """A text without emphasis, its links kept."""
    return text.strip() if len(text) > MAX_INLINE else unmarked(text)


def label_of(text: str) -> Label | None:
    """The label that a text begins with and that a colon sets apart: `**Hours:** 40`, `Hours: 40`, `*Focus: trees*`."""
    text = text.strip()
    if not text or len(text) > MAX_INLINE:
        return None
    italic = _ITALIC_LABEL.match(text)
    if italic:
        text, strong = italic["inner"], True
    else:
        strong = text.startswith(("**", "__", "*", "_")) or bool(_SIGNS.match(text) and "**" in text[:8])
    text = _SIGNS.sub("", text) if strong and not text.startswith(("*", "_")) else text
    inner = re.match(r"^(\*\*|__)\s*[^\w\s*]+\s*(?=\w)", text)
    text = f"{inner[1]}{text[inner.end() :]}" if inner else text
    found = labelled(text)
    if not found or found.sign not in (":", "："):
        return None
    label = _SIGNS.sub("", found.label).strip()
    return Label(label, found.rest, strong) if label and len(label) <= 200 else None


def bare_label(text: str) -> str:
    """A heading over a list as a label, without signs before it and the colon behind it."""
    return (_SIGNS.sub("", plain(text)) or plain(text)).rstrip(" :：")


def is_only_link(text: str) -> bool:
    """Whether a text is one link and nothing else."""
    return bool(_ONLY_LINK.match(text))


def links_in(text: str) -> list[str]:
    """The links of a text as they would be written, in order; images and addresses in angle brackets are links too."""
    if len(text) > MAX_INLINE or not any(sign in text for sign in ("](", "<http", "<mailto", "<a ")):
        return []
    found: list[str] = []
    parts: list[str] | None = None
    address = ""
    for token in tokens(text):
        if token.type == "link_open":
            parts, address = [], str(token.attrGet("href") or "")
        elif token.type == "html_inline" and (link := _HREF.match(token.content)):
            parts, address = [], link["address"]
        elif (token.type == "link_close" or token.content == "</a>") and parts is not None:
            found.append(f"[{''.join(parts) or address}]({_written(address)})")
            parts = None
        elif token.type == "image":
            found.append(f"[{token.content or 'image'}]({_written(str(token.attrGet('src') or ''))})")
        elif parts is not None:
            parts.append(token.content)
    return found


def _written(address: str) -> str:
    return f"<{address}>" if re.search(r"[\s()]", address) else address
