"""What can be said only when all parts, phases and tasks are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.parts.naming import name_parts
from notion_roadmap.importer.parts.review import connect_review
from notion_roadmap.importer.parts.views import settle_views
from notion_roadmap.importer.tracking import STATES


def complete_parts(draft: Draft) -> None:
    """Connect what belongs together: call it once, after items, head and default tracking, before keys."""
    connect_review(draft)
    name_parts(draft.data)
    firsts = draft.ledger.firsts()
    for phase in draft.data.get("phases", ()):
        if "lines" in phase:
            phase["lines"].sort(key=lambda line: firsts.get(id(line), 0))
    tracking = draft.data.get("tracking", {})
    if tracking.get("properties"):
        _complete_tracking(tracking, draft)
    known = {option["name"] for option in (_property(tracking, "priority") or {}).get("options", ())}
    for resource in _resources(draft.data):
        priority = resource.get("priority")
        if priority is not None and priority not in known:
            del resource["priority"]
            resource["usage"] = " · ".join(filter(None, [resource.get("usage", ""), str(priority)]))


def _complete_tracking(tracking: Data, draft: Draft) -> None:
    properties: list[Data] = tracking["properties"]
    tracking.setdefault("name", str(draft.data.get("title") or "Tasks"))
    if not any(found["type"] == "title" for found in properties):
        properties.insert(0, {"role": "task", "name": "Task", "type": "title"})
    phases = draft.data.get("phases", ())
    tasks = [task for phase in phases for task in phase.get("tasks", ())]
    _add_options(tracking, "phase", (phase.get("option") for phase in phases))
    _add_options(tracking, "pillar", (pillar["option"] for pillar in draft.data.get("pillars", ())))
    for role in ("pillar", "week", "category", "priority"):
        _add_options(tracking, role, (task.get(role) for task in tasks))
    status = _property(tracking, "status")
    if status is not None:
        _settle_status(status, draft)
    if "views" in tracking:
        tracking["views"] = settle_views(tracking["views"], properties)


def _property(tracking: Data, role: str) -> Data | None:
    return next((found for found in tracking.get("properties", ()) if found["role"] == role), None)


def _add_options(tracking: Data, role: str, names: Iterable[object]) -> None:
    """Whatever is used is an option of the property, after those that the document names."""
    found = _property(tracking, role)
    used = [str(name) for name in dict.fromkeys(names) if name]
    if found is None or not used:
        return
    options = found.setdefault("options", [])
    known = {option["name"] for option in options}
    options += ({"name": name} for name in used if name not in known)


def _settle_status(status: Data, draft: Draft) -> None:
    """A status needs an option that says that the work is done."""
    options: list[Data] = status.setdefault("options", [])
    if not options:
        options += map(dict, STATES)
    elif not any(option.get("means") == "completed" for option in options):
        why = "the last option of the status is taken for the end of the work"
        draft.guess(options[-1], "means", "completed", why, 1)


def _resources(data: Data) -> Iterator[Data]:
    tables = [*data.get("resources", ()), *filter(None, [data.get("practice_platforms")])]
    for table in tables:
        yield from table["resources"]
