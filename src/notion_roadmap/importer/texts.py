"""How a text in inline Markdown is read: without its emphasis, as a title, as the links in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it.token import Token

from notion_roadmap.importer.markdown import tokens

MAX_INLINE = 20_000
"""Characters of a text whose inline Markdown is read; a longer one is kept as it is written."""

LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^)\]]|\](?!\())*\)")
"""A link or a picture, with its text."""

_ONLY_LINK = re.compile(r"^\s*!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)\s*$")

_TAG = re.compile(
    r"</?(?P<name>a|abbr|b|big|br|center|del|div|em|font|h[1-6]|i|ins|kbd|li|mark|ol|p|s|small|span|strong|sub|sup|u|ul)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""Tags that only say what a text looks like, where it stands or where it leads."""
_BETWEEN = {"br": " ", "p": " ", "div": " ", "li": " · "}
_HREF = re.compile(r"<a\s[^<>]*?href\s*=\s*[\"']?(?P<address>[^\s\"'<>]+)", re.IGNORECASE)


@lru_cache(maxsize=256)
def unmarked(text: str) -> str:
    """The text without its emphasis; links and code stay as they are written. Lines that were only wrapped are one."""
    if len(text) > MAX_INLINE or not any(sign in text for sign in "*_~\n\\&<!"):
        return text.strip()
    return "".join(_unmarked(tokens(text))).strip()


def _unmarked(tokens: Sequence[Token]) -> Iterator[str]:
    links: list[str] = []
    for token in tokens:
        match token.type:
            case "code_inline":
                yield f"{token.markup}{token.content}{token.markup}"
            case "link_open":
                links.append(_address(token))
                yield "["
            case "link_close":
                yield f"]({links.pop()})"
            case "softbreak":
                yield " "
            case "hardbreak":
                yield "\n"
            case "image":
                yield f"![{token.content}]({token.attrGet('src')})"
            case _:
                yield token.content


def _address(link: Token) -> str:
    href, title = str(link.attrGet("href")), link.attrGet("title")
    shown = f"<{href}>" if " " in href else href
    return f'{shown} "{title}"' if title else shown


def plain(text: str) -> str:
    """The text without emphasis, code marks and the addresses of its links: what a title can hold."""
    return LINK.sub(r"\1", unmarked(text)).replace("`", "").strip()


def titled(text: str) -> str:
    """A heading as a title: plain, without the colon at its end."""
    return plain(text).rstrip(" :：")


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
