"""Relations between data sources: making both sides, and keeping the pages of both sides in step.

https://developers.notion.com/reference/property-object#relation
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.errors import invalid, not_found, wrong_body
from notion_roadmap.sandbox.rules import check, convert
from notion_roadmap.sandbox.rules.richtext import plain
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace


def make(ws: Workspace, source: Doc, prop: Doc, value: Doc, path: str) -> Doc:
    """The configuration of a new relation; a two-way one makes its other side at once."""
    target_id = check.uuid(value.get("data_source_id", check.MISSING), f"{path}.data_source_id")
    target = ws.store.get(target_id)
    if target is None or target["object"] != "data_source":
        raise not_found("data_source", target_id, ws.store.meta("integration_id"))
    kinds = ("single_property", "dual_property")
    kind = value.get("type") or next((one for one in kinds if one in value), None)
    if kind not in kinds:
        raise wrong_body(*(check.issue(f"{path}.{one}", "defined", check.MISSING) for one in kinds))
    if kind == "single_property":
        return {"data_source_id": target_id, "type": kind}
    wish = value.get("dual_property") or {}
    other_side = source if target_id == source["id"] else ws.store.edit(target_id)
    back = _make_back(ws, source, other_side, prop, wish if isinstance(wish, dict) else {})
    return {"data_source_id": target_id, "type": kind, "synced_property_id": back}


def _make_back(ws: Workspace, source: Doc, target: Doc, prop: Doc, wish: Doc) -> str:
    name = wish.get("synced_property_name")
    if ws.switches.back_relation_name != "honoured" or not isinstance(name, str) or not name:
        name = f"Related to {plain(source['title']) or 'Untitled'} ({prop['name']})"
    taken = {one["name"] for one in target["props"].values()}
    unique, number = name, 1
    while unique in taken:
        unique, number = f"{name} {number}", number + 1
    id_ = ws.ids.property_id({*target["props"], *source["props"]})
    config = {"data_source_id": source["id"], "type": "dual_property", "synced_property_id": prop["id"]}
    target["props"][id_] = {"id": id_, "name": unique, "description": None, "type": "relation", "config": config}
    if target["id"] != source["id"]:
        ws.touch(target)
    return str(id_)


def remake(ws: Workspace, source: Doc, prop: Doc, value: Doc, path: str) -> None:
    """Change a relation: between one and two ways, or to another data source (which empties it)."""
    old = prop["config"]
    wished = {"data_source_id": old["data_source_id"], **value}
    kind = wished.get("type") or next(
        (one for one in ("single_property", "dual_property") if one in wished), old["type"]
    )
    same_target = check.uuid(wished["data_source_id"], f"{path}.data_source_id") == old["data_source_id"]
    if same_target and kind == old["type"]:
        return
    if not same_target:
        convert.drop_values(ws, source, prop["id"])
    unlink(ws, source, prop)
    prop["config"] = make(ws, source, prop, {**wished, "type": kind}, path)
    if same_target and kind == "dual_property":
        _mirror_all(ws, source, prop)


def _mirror_all(ws: Workspace, source: Doc, prop: Doc) -> None:
    for row in list(ws.store.rows.get(source["id"], {})):
        value = ws.store.docs[row]["values"].get(prop["id"], [])
        mirror(ws, prop["config"], row, [], value)


def unlink(ws: Workspace, source: Doc, prop: Doc) -> None:
    """The other side of a two-way relation becomes a relation of one way."""
    config = prop["config"]
    if config["type"] != "dual_property":
        return
    target = source if config["data_source_id"] == source["id"] else ws.store.edit(config["data_source_id"])
    other = target["props"].get(config["synced_property_id"])
    if other is not None:
        other["config"] = {"data_source_id": other["config"]["data_source_id"], "type": "single_property"}


def parse(ws: Workspace, config: Doc, value: Any, path: str) -> list[str]:
    """The pages that a request relates to; each must be a page of the right data source."""
    found: list[str] = []
    for number, item in enumerate(check.arr(value, path)):
        id_ = check.uuid(check.obj(item, f"{path}[{number}]").get("id", check.MISSING), f"{path}[{number}].id")
        page = ws.store.get(id_)
        if page is None or page["object"] != "page":
            raise not_found("page", id_, ws.store.meta("integration_id"))
        if page["parent"].get("data_source_id") != config["data_source_id"]:
            raise invalid(f"Page {id_} is not in the data source that this relation relates to.")
        if id_ not in found:
            found.append(id_)
    return found


def mirror(ws: Workspace, config: Doc, page_id: str, before: list[str], after: list[str]) -> None:
    """Bring the other side of a two-way relation in step with a page whose value changed."""
    if config["type"] != "dual_property":
        return
    back = config["synced_property_id"]
    for id_ in [one for one in before if one not in after]:
        _set(ws, id_, back, page_id, present=False)
    for id_ in [one for one in after if one not in before]:
        _set(ws, id_, back, page_id, present=True)


def _set(ws: Workspace, id_: str, prop_id: str, page_id: str, *, present: bool) -> None:
    page = ws.store.get(id_)
    if page is None or (page_id in page["values"].get(prop_id, [])) == present:
        return
    page = ws.store.edit(id_)
    kept = [one for one in page["values"].get(prop_id, []) if one != page_id]
    page["values"][prop_id] = [*kept, page_id] if present else kept
    if ws.switches.relations_touch_page:
        ws.touch(page)


def shown(ws: Workspace, value: list[str]) -> list[str]:
    """The related pages that are not in the trash."""
    docs = ws.store.docs
    return [id_ for id_ in value if id_ in docs and not docs[id_]["in_trash"]]
