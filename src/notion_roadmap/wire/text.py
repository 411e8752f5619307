"""Rich text. https://developers.notion.com/reference/rich-text"""

from __future__ import annotations

from notion_roadmap.wire.shapes import JSONObject, obj, objs, string
from notion_roadmap.workspace.fit import fit_text, pieces
from notion_roadmap.workspace.text import Run, Text


def encode_text(text: Text) -> list[JSONObject]:
    """Notion's rich text; at most 100 elements of 2,000 UTF-16 units, links that Notion takes."""
    return [_encode_run(run) for run in pieces(fit_text(text))]


def encode_words(words: str) -> list[JSONObject]:
    """Rich text of plain words, for titles and descriptions."""
    return encode_text(Text.of(words))


def decode_text(value: object) -> Text:
    """Our text of any rich text array; mentions and equations are read as their words."""
    return Text.of(*(_decode_run(one) for one in objs(value)))


def _encode_run(run: Run) -> JSONObject:
    text: JSONObject = {"content": run.text}
    if run.link:
        text["link"] = {"url": run.link}
    looks: JSONObject = {name: True for name in ("bold", "italic", "code") if getattr(run, name)}
    if run.color:
        looks["color"] = run.color
    return {"type": "text", "text": text, **({"annotations": looks} if looks else {})}


def _decode_run(one: JSONObject) -> Run:
    text = obj(one.get("text"))
    words = text.get("content") if one.get("type") == "text" else one.get("plain_text")
    link = obj(text.get("link")).get("url") if one.get("type") == "text" else one.get("href")
    looks = obj(one.get("annotations"))
    color = string(looks.get("color"))
    return Run(
        string(words if isinstance(words, str) else one.get("plain_text")),
        link=string(link),
        bold=looks.get("bold") is True,
        italic=looks.get("italic") is True,
        code=looks.get("code") is True,
        color="" if color == "default" else color,
    )
