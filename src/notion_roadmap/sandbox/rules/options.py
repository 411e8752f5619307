"""Options of select, multi_select and status: what a schema may say, and what a page write makes of a name.

https://developers.notion.com/reference/property-object
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.errors import invalid, wrong_body
from notion_roadmap.sandbox.rules import check

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

Option = dict[str, Any]
COLORS = ["default", "gray", "brown", "orange", "yellow", "green", "blue", "purple", "pink", "red"]
GROUPS = (("To-do", "gray"), ("In progress", "blue"), ("Complete", "green"))
_DEFAULT_STATUS = (("Not started", "default"), ("In progress", "blue"), ("Done", "green"))


def check_name(value: Any, path: str) -> str:
    """An option's name: 1 to 100 characters, no comma."""
    name = check.text(value, path, 100)
    if not name.strip():
        raise wrong_body(f"{path}.length should be ≥ `1`, instead was `0`.")
    if "," in name:
        raise invalid(f"Invalid select option, commas not allowed: {name}")
    return name


def by_name(options: list[Option], name: str) -> Option | None:
    """The option with this name; case does not matter."""
    folded = name.casefold()
    return next((one for one in options if one["name"].casefold() == folded), None)


def make(ws: Workspace, kind: str, value: Any, path: str) -> dict[str, Any]:
    """The configuration of a new property with options."""
    value = check.obj(value, path)
    if kind == "status" and not value.get("options"):
        made = [_new(ws, name, color, None) for name, color in _DEFAULT_STATUS]
        return {"options": made, "groups": _groups(ws, [[one["id"]] for one in made])}
    return merge(ws, kind, {"options": []}, value, path)


def merge(ws: Workspace, kind: str, old: dict[str, Any], value: dict[str, Any], path: str) -> dict[str, Any]:
    """The configuration after a request named `options`: a full replacement in which known options keep their id."""
    if "options" not in value:
        return old
    result: list[Option] = []
    wanted: dict[str, str] = {}
    for number, item in enumerate(check.arr(value["options"], f"{path}.options")):
        here = f"{path}.options[{number}]"
        option = _merge_one(ws, kind, old["options"], check.obj(item, here), here)
        if by_name(result, option["name"]) or any(one["id"] == option["id"] for one in result):
            raise invalid(f'Duplicate option name "{option["name"]}" in {path}.options.')
        result.append(option)
        if isinstance(item.get("group"), str):
            wanted[option["id"]] = item["group"]
    if kind != "status":
        return {"options": result}
    return {"options": result, "groups": _regroup(ws, old.get("groups"), result, wanted)}


def _merge_one(ws: Workspace, kind: str, old: list[Option], item: dict[str, Any], path: str) -> Option:
    known = next((one for one in old if one["id"] == item["id"]), None) if item.get("id") else None
    given = known["name"] if known is not None and "name" not in item else item.get("name", check.MISSING)
    name = check_name(given, f"{path}.name")
    color = item.get("color")
    if color is not None:
        check.choice(color, f"{path}.color", COLORS)
    described = item.get("description")
    if described is not None:
        check.text(described, f"{path}.description", 280)
    by = "id" if known else "name"
    known = known or by_name(old, name)
    if known is None:
        return _new(ws, name, color or "default", described)
    if color is not None and (color != known["color"] or ws.switches.option_colour == "refused"):
        raise invalid(f"Cannot update color of {kind} with {by}: {known['id'] if by == 'id' else known['name']}.")
    renamed = name if ws.switches.option_rename == "honoured" else known["name"]
    return {**known, "name": renamed, "description": described if "description" in item else known["description"]}


def _new(ws: Workspace, name: str, color: str, description: str | None) -> Option:
    return {"id": ws.ids.random_id(), "name": name, "color": color, "description": description}


def _groups(ws: Workspace, members: list[list[str]]) -> list[dict[str, Any]]:
    return [
        {"id": ws.ids.random_id(), "name": name, "color": color, "option_ids": ids}
        for (name, color), ids in zip(GROUPS, members, strict=True)
    ]


def _regroup(ws: Workspace, old: Any, options: list[Option], wanted: dict[str, str]) -> list[dict[str, Any]]:
    """Which group each option stands in: as before, as asked where the switch honours it, or To-do."""
    groups = [{**group, "option_ids": []} for group in old] if old else _groups(ws, [[], [], []])
    before = {id_: group["name"] for group in old or [] for id_ in group["option_ids"]}
    for option in options:
        name = wanted.get(option["id"]) if ws.switches.status_groups == "honoured" else None
        name = name or before.get(option["id"], "To-do")
        group = next((one for one in groups if one["name"].casefold() == name.casefold()), groups[0])
        group["option_ids"].append(option["id"])
    return groups


def pick(ws: Workspace, kind: str, config: dict[str, Any], value: Any, path: str) -> tuple[str, Option | None]:
    """The option that a page write names: its id, and the option itself when the write makes it."""
    value = check.obj(value, path)
    options = config["options"]
    known = None
    if value.get("id") is not None:
        known = next((one for one in options if one["id"] == value["id"]), None)
        if known is None and "name" not in value:
            raise invalid(f'Invalid {kind} option. {kind.capitalize()} option "{value["id"]}" does not exist".')
    if known is None:
        name = check_name(value.get("name", check.MISSING), f"{path}.name")
        known = by_name(options, name)
        if known is None:
            if kind == "status":
                raise invalid(f'Invalid status option. Status option "{name}" does not exist".')
            return _made(ws, value, name, path, first=not options)
    color = value.get("color")
    if color is not None and color != known["color"]:
        raise invalid(f"Select option color doesn't match existing for {known['id']}.")
    return known["id"], None


def _made(ws: Workspace, value: dict[str, Any], name: str, path: str, *, first: bool) -> tuple[str, Option]:
    """A new option; without a colour the first of a property is plain, later ones look random (as recorded)."""
    color = value.get("color")
    if color is None:
        color = "default" if first else ws.random.choice(COLORS)
    check.choice(color, f"{path}.color", COLORS)
    option = _new(ws, name, color, None)
    return option["id"], option


def default_status(config: dict[str, Any]) -> str | None:
    """The option that an empty status means: the first of To-do."""
    for group in config["groups"]:
        if group["option_ids"]:
            return str(group["option_ids"][0])
    return None
