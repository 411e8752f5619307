"""One documented view: `**📊 Phase Board** (Group by Phase)`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notion_roadmap.importer.draft import Data
from notion_roadmap.importer.labels import labelled, note_behind
from notion_roadmap.importer.parts.common import put
from notion_roadmap.importer.texts import plain, unmarked
from notion_roadmap.importer.words import fold

_LAYOUTS = {
    "board": ("board", "kanban", "matrix"),
    "calendar": ("calendar", "kalender", "calendrier", "calendario", "calendário"),
    "gallery": ("gallery", "galerie", "galería", "galeria", "galleria"),
    "timeline": ("timeline", "gantt", "zeitstrahl"),
    "list": ("list", "liste", "lista"),
    "table": ("table", "tabelle", "tableau", "tabla", "tabela", "tabella"),
}
_GROUP = re.compile(r"\bgroup(?:ed)?\s+by\s+(?P<name>[^,;)]+)|\bgruppiert nach\s+(?P<other>[^,;)]+)", re.IGNORECASE)
_FILTER = re.compile(
    r"\b(?:filter(?:ed)?\s*(?:by)?\s*:?|where)\s*(?P<name>[^=:]+?)\s*(?:=|\bis\b|:)\s*(?P<value>[^,;)]+)", re.IGNORECASE
)
_MAX_WORDS = 500
"""Characters of the words of a view; what is longer tells something else."""

_BY_DATE = re.compile(r"\bby\s+(?P<name>[^,;)]+)", re.IGNORECASE)


def view_of(text: str) -> Data | None:
    """The view that a line describes; None where neither its name nor its words say what it looks like."""
    label = labelled(text)
    name, spec = (label.label, label.rest) if label and label.rest else note_behind(unmarked(text))
    spec = " ".join(spec.split()).removeprefix("(").removesuffix(")").strip()
    if len(spec) > _MAX_WORDS:
        return None
    layout = _layout(spec) or _layout(name)
    group, chosen = _GROUP.search(spec), _FILTER.search(spec)
    if layout is None and not group and not chosen:
        return None
    made: Data = {"name": plain(name), "layout": layout or ("board" if group else "table")}
    if group and made["layout"] != "calendar":
        made["group_by"] = (group["name"] or group["other"]).strip()
    by = _BY_DATE.search(spec)
    if made["layout"] in ("calendar", "timeline") and by:
        made["date_property"] = by["name"].strip()
    if chosen:
        made["filter"] = {"property": chosen["name"].strip(), "equals": chosen["value"].strip()}
    return put(made, words=spec if fold(spec) not in _LAYOUTS else None)


def _layout(text: str) -> str | None:
    words = fold(text).split()
    return next((layout for layout, names in _LAYOUTS.items() if any(fold(name) in words for name in names)), None)


def merge_view(views: list[Data], made: Data) -> Data:
    """Add a view, or tell one that is there already under which other name it goes; gives the one that stands."""
    known = next((view for view in views if _same(view, made)), None)
    if known is None:
        views.append(made)
        return made
    if fold(known["name"]) != fold(made["name"]):
        known.setdefault("also_called", []).append(made["name"])
    return known


def _same(one: Data, other: Data) -> bool:
    if fold(one["name"]) == fold(other["name"]):
        return True
    looks = ("layout", "group_by", "date_property", "filter")
    return one["layout"] == "calendar" and all(one.get(look) == other.get(look) for look in looks)


def settle_views(views: list[Data], properties: Sequence[Data]) -> list[Data]:
    """The views whose properties are there, under the names that the properties have; a board needs its groups."""
    names = {
        fold(name): found["name"] for found in properties for name in (found["name"], *found.get("also_called", ()))
    }
    for view in views:
        for field in ("group_by", "date_property"):
            if field in view:
                put(view, **{field: names.get(fold(view.pop(field)))})
        chosen = view.get("filter")
        if chosen:
            chosen["property"] = names.get(fold(chosen["property"]), "")
            if not chosen["property"]:
                del view["filter"]
        if view["layout"] == "board" and "group_by" not in view:
            view["layout"] = "table"
    return views
