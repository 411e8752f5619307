"""The tree of pages and blocks: putting new ones in place, walking it, trashing and restoring.

https://developers.notion.com/reference/patch-block-children
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.errors import invalid, not_found
from notion_roadmap.sandbox.rules import check, render
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

CONTENT = ("page", "block", "database")


def plant(ws: Workspace, holder: Doc, trees: list[Doc], at: int | None = None) -> list[Doc]:
    """Add checked blocks under a document from `Store.edit`; `at` is their place, None the end. Gives the blocks."""
    made = [_grow(ws, holder, tree) for tree in trees]
    place = len(holder["children"]) if at is None else at
    holder["children"][place:place] = [doc["id"] for doc in made]
    return made


def _grow(ws: Workspace, holder: Doc, tree: Doc) -> Doc:
    kind = "page_id" if holder["object"] == "page" else "block_id"
    doc = ws.store.add(
        {"object": "block", "id": ws.new_id("block"), "parent": {"type": kind, kind: holder["id"]}, **ws.stamp(),
         "in_trash": False, "type": tree["type"], "content": tree["content"], "children": []}
    )  # fmt: skip
    plant(ws, doc, tree["children"])
    return doc


def holder_of(ws: Workspace, doc: Doc) -> Doc | None:
    """The page, block or database right above an object."""
    above = doc["parent"]
    return ws.store.get(above.get(above.get("type", ""), "")) if above else None


def page_of(ws: Workspace, doc: Doc) -> Doc | None:
    """The page that a block stands on."""
    above = holder_of(ws, doc)
    while above is not None and above["object"] == "block":
        above = holder_of(ws, above)
    return above if above is not None and above["object"] == "page" else None


def touch_page(ws: Workspace, doc: Doc) -> None:
    """A change of blocks counts as a change of their page, where the switch says so."""
    page = doc if doc["object"] == "page" else page_of(ws, doc)
    if page is not None and ws.switches.blocks_touch_page:
        ws.touch(ws.store.edit(page["id"]))


def refuse_trashed(ws: Workspace, doc: Doc, noun: str) -> None:
    """400 for a change of what is in the trash, or under it."""
    if render.in_trash(ws, doc):
        verb, later = ("edit", "editing") if noun == "block" else ("update a", "updating")
        raise invalid(f"Can't {verb} {noun} that is archived. You must unarchive the {noun} before {later}.")


def refuse_change_of_trashed(ws: Workspace, doc: Doc, body: Doc) -> None:
    """400 for a change of a page, database or data source in the trash, other than taking it out."""
    if body.get("in_trash") is not False and set(body) - {"in_trash"}:
        refuse_trashed(ws, doc, "page")


def refuse_locked(ws: Workspace, doc: Doc) -> None:
    """400 for a change of what is locked, where the switch enforces locks."""
    if ws.switches.locks == "enforced" and doc.get("is_locked"):
        raise invalid("Can't edit a page or database that is locked.")


def set_trash(ws: Workspace, doc: Doc, value: Any, path: str) -> None:
    """Trash or restore a document from `Store.edit`."""
    trashed = check.boolean(value, path)
    if doc["parent"].get("type") == "workspace" and trashed and doc["id"] == ws.root_page_id:
        raise invalid("Archiving workspace level pages via API not supported.")
    doc["in_trash"] = trashed


def place_after(ws: Workspace, holder: Doc, position: Any, path: str) -> int | None:
    """Where `position` puts new children of a page or block: an index, None for the end."""
    if position is None:
        return None
    position = check.obj(position, path)
    kind = check.choice(
        position.get("type", check.MISSING), f"{path}.type", ("after_block", "start", "end", "page_start", "page_end")
    )
    if kind in ("start", "page_start"):
        return 0
    if kind in ("end", "page_end"):
        return None
    inner = position.get("after_block")
    given = inner.get("id") if isinstance(inner, dict) else position.get("block_id")
    after = check.uuid(check.MISSING if given is None else given, f"{path}.after_block.id")
    if after not in holder["children"]:
        raise not_found("block", after, ws.store.meta("integration_id"))
    return int(holder["children"].index(after)) + 1


def live_children(ws: Workspace, holder: Doc) -> list[str]:
    """The ids of an object's children that are not in the trash themselves."""
    docs = ws.store.docs
    return [id_ for id_ in holder.get("children", []) if id_ in docs and not docs[id_]["in_trash"]]


def descendants(ws: Workspace, holder: Doc) -> list[Doc]:
    """Every live block, page and database under an object, in reading order."""
    found: list[Doc] = []
    for id_ in live_children(ws, holder):
        child = ws.store.docs[id_]
        found.append(child)
        if child["object"] == "block":
            found += descendants(ws, child)
    return found


def is_under(ws: Workspace, doc: Doc, ancestor: str) -> bool:
    """Whether an object is the ancestor or anywhere under it."""
    here: Doc | None = doc
    while here is not None:
        if here["id"] == ancestor:
            return True
        here = holder_of(ws, here)
    return False
