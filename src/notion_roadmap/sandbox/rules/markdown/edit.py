"""Changing a page through Markdown: blocks that stay as they are keep their ids.

https://developers.notion.com/reference/update-page-markdown
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.errors import invalid, wrong_body
from notion_roadmap.sandbox.ids import parse as parse_id
from notion_roadmap.sandbox.rules import blocks, check, tree
from notion_roadmap.sandbox.rules.markdown.parse import parse
from notion_roadmap.sandbox.rules.markdown.read import block_text, tree_text
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

_KINDS = ("update_content", "replace_content", "insert_content", "replace_content_range")


def write(ws: Workspace, page: Doc, text: str, *, take_title: bool) -> None:
    """Fill a new page; where it was given no properties, a first `# heading` becomes its title."""
    found = parse(ws, text)
    if take_title and found and found[0]["type"] == "heading_1":
        page["values"]["title"] = found.pop(0)["heading_1"]["rich_text"]
    tree.plant(ws, page, _checked(ws, found))


def _checked(ws: Workspace, found: list[Doc]) -> list[Doc]:
    """Blocks of a text as trees; what it keeps of the page stays a reference."""
    checked: list[Doc] = []
    for number, one in enumerate(found):
        path = f"body.markdown[{number}]"
        checked += [one] if one["type"] == "kept" else blocks.parse_tree(ws, [one], path)
    return checked


def change(ws: Workspace, page: Doc, body: Doc) -> None:
    """Carry out one of the four kinds of update on a page from Store.edit."""
    kind = check.choice(body.get("type", check.MISSING), "body.type", _KINDS)
    value = check.obj(body.get(kind, check.MISSING), f"body.{kind}")
    path = f"body.{kind}"
    chunks = [(id_, block_text(ws, ws.store.docs[id_])) for id_ in tree.live_children(ws, page)]
    before = "\n".join(text for _, text in chunks)
    if kind == "replace_content":
        after = check.text(value.get("new_str", check.MISSING), f"{path}.new_str")
    elif kind == "update_content":
        after = _replace(before, value, path)
    elif kind == "insert_content":
        after = _insert(before, value, path)
    else:
        after = _replace_range(before, value, path)
    allowed = value.get("allow_deleting_content", body.get("allow_deleting_content", False))
    _become(ws, page, chunks, _checked(ws, parse(ws, after)), bool(allowed))


def _once(text: str, wanted: str, path: str) -> int:
    count = text.count(wanted) if wanted else 0
    if count != 1:
        raise invalid(
            f"{path} should match exactly once in the page's content, instead matched {count} times: {wanted[:80]}"
        )
    return text.index(wanted)


def _replace(text: str, value: Doc, path: str) -> str:
    updates = check.arr(value.get("content_updates", check.MISSING), f"{path}.content_updates")
    for number, update in enumerate(updates):
        here = f"{path}.content_updates[{number}]"
        update = check.obj(update, here)
        old = check.text(update.get("old_str", check.MISSING), f"{here}.old_str")
        new = check.text(update.get("new_str", check.MISSING), f"{here}.new_str")
        if update.get("replace_all_matches") and old in text and old:
            text = text.replace(old, new)
            continue
        at = _once(text, old, f"{here}.old_str")
        text = text[:at] + new + text[at + len(old) :]
    return text


def _ends(text: str, selection: Any, path: str) -> tuple[int, int]:
    """Where a selection `first words...last words` begins and ends."""
    first, dots, last = check.text(selection, path).partition("...")
    start = _once(text, first, path)
    if not dots:
        return start, start + len(first)
    end = text.find(last, start + len(first))
    if not last or end < 0:
        raise invalid(f"{path} should match exactly once in the page's content, instead matched 0 times: {last[:80]}")
    return start, end + len(last)


def _insert(text: str, value: Doc, path: str) -> str:
    new = check.text(value.get("content", check.MISSING), f"{path}.content")
    if value.get("after") is not None:
        end = _ends(text, value["after"], f"{path}.after")[1]
        cut = text.find("\n", end)
        return f"{text}\n{new}" if cut < 0 else f"{text[:cut]}\n{new}{text[cut:]}"
    position = value.get("position")
    first = isinstance(position, dict) and position.get("type") in ("start", "page_start")
    return f"{new}\n{text}" if first else f"{text}\n{new}"


def _replace_range(text: str, value: Doc, path: str) -> str:
    new = check.text(value.get("content", check.MISSING), f"{path}.content")
    start, end = _ends(text, value.get("content_range", check.MISSING), f"{path}.content_range")
    return text[:start] + new + text[end:]


def _become(ws: Workspace, page: Doc, chunks: list[tuple[str, str]], wanted: list[Doc], allowed: bool) -> None:
    """Replace the blocks between the common beginning and the common end; children that are mentioned stay."""
    texts = [tree_text(one) for one in wanted]
    head = 0
    while head < min(len(chunks), len(texts)) and chunks[head][1] == texts[head]:
        head += 1
    tail = 0
    while tail < min(len(chunks), len(texts)) - head and chunks[-1 - tail][1] == texts[-1 - tail]:
        tail += 1
    gone = [id_ for id_, _ in chunks[head : len(chunks) - tail]]
    middle = wanted[head : len(wanted) - tail]
    kept = {parse_id(one["id"]) for one in middle if one["type"] == "kept"}
    _trash(ws, [id_ for id_ in gone if id_ not in kept], allowed)
    place = page["children"].index(gone[0]) if gone else _place(page, chunks, head)
    page["children"] = [id_ for id_ in page["children"] if id_ not in kept or id_ not in gone]
    for one in middle:
        place = min(place, len(page["children"]))
        if one["type"] == "kept":
            id_ = parse_id(one["id"])
            if id_ not in gone:
                raise wrong_body(
                    check.issue("body.markdown", "free of pages and databases that are not on the page", one["text"])
                )
            page["children"].insert(place, id_)
        else:
            tree.plant(ws, page, [one], place)
        place += 1


def _place(page: Doc, chunks: list[tuple[str, str]], head: int) -> int:
    return int(page["children"].index(chunks[head - 1][0])) + 1 if head else 0


def _trash(ws: Workspace, ids: list[str], allowed: bool) -> None:
    children = [ws.store.docs[id_] for id_ in ids if ws.store.docs[id_]["object"] != "block"]
    if children and not allowed:
        listed = ", ".join(doc["id"] for doc in children)
        raise invalid(
            f"This change would delete child pages or databases; set allow_deleting_content to true: {listed}"
        )
    for id_ in ids:
        ws.store.edit(id_)["in_trash"] = True
