"""Inline Markdown: styles, links, code and equations, both ways."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.rules import richtext

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

_MARK = re.compile(
    r"(?P<code>`+)(?P<codetext>.+?)(?P=code)"
    r"|\$`(?P<eq>[^`]+)`\$"
    r"|\*\*(?P<bold>.+?)\*\*"
    r"|~~(?P<strike>.+?)~~"
    r"|(?<![\w*])\*(?P<italic>[^*\s](?:[^*]*[^*\s])?)\*"
    r"|\[(?P<label>[^\]]*)\]\((?P<url>[^)\s]+)\)"
    r"|(?P<br><br\s*/?>)"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+\-.!~$<>|])",
    re.DOTALL,
)
_ESCAPE = re.compile(r"([\\`*~\[\]<>$])")


def parse(ws: Workspace, text: str) -> richtext.RichText:
    """Rich text of one line of Markdown."""
    return richtext.parse(ws, _pieces(text, {}, None), "body.markdown")


def _pieces(text: str, look: dict[str, bool], link: str | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    at = 0
    for mark in _MARK.finditer(text):
        found += _words(text[at : mark.start()], look, link)
        at = mark.end()
        found += _marked(mark, look, link)
    return found + _words(text[at:], look, link)


def _marked(mark: re.Match[str], look: dict[str, bool], link: str | None) -> list[dict[str, Any]]:
    if mark["code"]:
        return _words(mark["codetext"], {**look, "code": True}, link)
    if mark["eq"]:
        return [{"type": "equation", "equation": {"expression": mark["eq"]}, "annotations": look}]
    for group, style in (("bold", "bold"), ("strike", "strikethrough"), ("italic", "italic")):
        if mark[group]:
            return _pieces(mark[group], {**look, style: True}, link)
    if mark["url"]:
        target = mark["url"] if re.match(r"^(https?:|mailto:|/|#)", mark["url"]) else None
        return _pieces(mark["label"] or mark["url"], look, target)
    return _words("\n" if mark["br"] else mark["escaped"], look, link)


def _words(text: str, look: dict[str, bool], link: str | None) -> list[dict[str, Any]]:
    parts = [text[n : n + 1900] for n in range(0, len(text), 1900)]
    linked = {"url": link} if link else None
    return [{"type": "text", "text": {"content": part, "link": linked}, "annotations": look} for part in parts]


def show(text: richtext.RichText) -> str:
    """Rich text as one line of Markdown."""
    return "".join(_show_piece(piece) for piece in text)


def _show_piece(piece: dict[str, Any]) -> str:
    if piece["type"] == "equation":
        return f"$`{piece['equation']['expression']}`$"
    if piece["type"] == "mention":
        return _show_mention(piece)
    look, words = piece["annotations"], piece["plain_text"]
    words = f"`{words}`" if look["code"] else _ESCAPE.sub(r"\\\1", words)
    words = words.replace("\n", "<br>")
    for style, sign in (("bold", "**"), ("italic", "*"), ("strikethrough", "~~")):
        if look[style] and words.strip():
            words = f"{sign}{words}{sign}"
    return f"[{words}]({piece['href']})" if piece["href"] else words


def _show_mention(piece: dict[str, Any]) -> str:
    mention = piece["mention"]
    if mention["type"] == "date":
        end = f' end="{mention["date"]["end"]}"' if mention["date"]["end"] else ""
        return f'<mention-date start="{mention["date"]["start"]}"{end}/>'
    if mention["type"] == "user":
        return (
            f'<mention-user url="user://{mention["user"]["id"]}">{piece["plain_text"].removeprefix("@")}</mention-user>'
        )
    return f'<mention-{mention["type"]} url="{piece["href"] or ""}">{piece["plain_text"]}</mention-{mention["type"]}>'
