"""An owner who made the workspace theirs, and the newer edition of the template that comes afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from acceptance.editions import column, edition, task, view
from acceptance.ground import Ground
from notion_roadmap.roadmap import Roadmap

NEW_TASK = {
    "key": "phase-2/task-99",
    "title": "Task 99: Talk about it",
    "description": "Give a talk.",
    "section": "🎤 Talks",
    "category": "Portfolio",
    "priority": "🟡 MEDIUM",
    "hours": 12,
    "hours_as_written": "12",
    "skills": ["speaking", "sql"],
}


def newer(data: dict[str, Any]) -> None:
    """What the author changed for version 2."""
    data["version"] = 2
    data["phases"][1]["tasks"].append(NEW_TASK)
    task(data, "phase-4/task-26")["description"] = "Design systems, and say why."
    task(data, "phase-4/task-26")["hours"] = 41
    task(data, "phase-4/task-27")["description"] = "Changed by the author too."
    task(data, "phase-4/task-27")["hours"] = 43
    column(data, "status")["options"].append({"name": "💤 On Hold", "color": "brown", "means": "blocked"})
    column(data, "hours")["words"] = "estimated time, in hours"
    column(data, "deliverable")["words"] = "what comes out"
    data["habits"].append({"key": "stretching", "title": "Stretch", "target": 1, "unit": "times"})
    view(data, "📂 Project Gallery")["filter"] = {"property": "Category", "equals": "Portfolio"}
    view(data, "📈 Status Kanban")["group_by"] = "Priority"
    phase = data["phases"][2]
    phase["tasks"] = [t for t in phase["tasks"] if t["key"] not in ("phase-3/task-20", "phase-3/task-21")]


def newer_edition() -> Roadmap:
    return edition(newer)


@dataclass
class Owner:
    """What a person did in the workspace, and how to see that it is still so."""

    ground: Ground
    made: dict[str, str] = field(default_factory=dict)

    def live_here(self) -> None:
        """Everything at once, by hand, in Notion's own app."""
        self._columns_and_options()
        self._views()
        self._rows()
        self._pages()

    def _columns_and_options(self) -> None:
        owner, source = self.ground.owner, self.ground.source("tasks")
        columns = owner.get(f"/data_sources/{source}")["properties"]
        status = [{"id": o["id"], "name": o["name"]} for o in columns["Status"]["select"]["options"]]
        owner.patch(
            f"/data_sources/{source}",
            {
                "properties": {
                    "Notes": {"name": "My notes"},
                    "Status": {"select": {"options": [*status, {"name": "🙃 Bored", "color": "pink"}]}},
                    "Deliverable": {"description": "my own words"},
                    "Mood": {"number": {}},
                }
            },
        )
        self.recolour(source, "Category", "Learning", "brown")
        owner.patch(f"/databases/{self.ground.id('resources')}", {"title": [{"text": {"content": "My library"}}]})

    def recolour(self, source: str, name: str, option: str, color: str) -> None:
        """A person can, the API cannot: done in the workspace's own data."""
        data = self.ground.workspace.control("export")
        columns = next(doc for doc in data["objects"] if doc["id"] == source)["props"]
        found = next(one for one in columns.values() if one["name"] == name)
        next(o for o in found["config"]["options"] if o["name"] == option)["color"] = color
        self.ground.workspace.control("import", data)

    def _views(self) -> None:
        owner = self.ground.owner
        database, source = self.ground.id("tasks"), self.ground.source("tasks")
        mine = {"database_id": database, "data_source_id": source, "name": "Mine", "type": "table"}
        self.made["view"] = owner.post("/views", mine)["id"]
        owner.patch(f"/views/{self.ground.id('view:tasks/phase-board')}", {"name": "My board"})
        kanban = f"/views/{self.ground.id('view:tasks/status-kanban')}"
        seen = owner.get(kanban)["configuration"]
        group = {**seen["group_by"], "hide_empty_groups": True}
        group.pop("property_name", None)
        owner.patch(kanban, {"configuration": {"type": "board", "group_by": group}})

    def _rows(self) -> None:
        owner, ground = self.ground.owner, self.ground
        own = {
            "parent": {"data_source_id": ground.source("tasks")},
            "properties": {"Task Name": {"title": [{"text": {"content": "Mine"}}]}},
        }
        self.made["row"] = owner.post("/pages", own)["id"]
        owner.patch(f"/pages/{ground.id('tasks/phase-4/task-27')}", {"properties": {"Hours": {"number": 7}}})
        owner.patch(
            f"/pages/{ground.id('tasks/phase-1/task-1')}",
            {"properties": {"Done": {"checkbox": True}, "Status": {"select": {"name": "✅ Completed"}}}},
        )
        for key in ("tasks/phase-4/task-27", "tasks/phase-1/task-2"):
            self.made[f"words {key}"] = self._edit_words(key)
        notes = {"My notes": {"rich_text": [{"text": {"content": "I want to keep this one"}}]}}
        owner.patch(f"/pages/{ground.id('tasks/phase-3/task-21')}", {"properties": notes})
        owner.patch(f"/pages/{ground.id('tasks/phase-2/task-9')}", {"in_trash": True})

    def _edit_words(self, key: str) -> str:
        """The second block of a task's page, said in other words."""
        block = self.ground.owner.children(self.ground.id(key))[1]
        words = {block["type"]: {"rich_text": [{"text": {"content": "In my own words."}}]}}
        self.ground.owner.patch(f"/blocks/{block['id']}", words)
        return str(block["id"])

    def _pages(self) -> None:
        owner, ground = self.ground.owner, self.ground
        own = {
            "parent": {"page_id": ground.id("root")},
            "properties": {"title": {"title": [{"text": {"content": "My diary"}}]}},
        }
        self.made["page"] = owner.post("/pages", own)["id"]
        words = {"children": [{"paragraph": {"rich_text": [{"text": {"content": "A line of mine"}}]}}]}
        self.made["line"] = owner.patch(f"/blocks/{ground.id('root')}/children", words)["results"][0]["id"]
        owner.patch(
            f"/pages/{ground.id('root')}",
            {"properties": {"title": {"title": [{"text": {"content": "My way"}}]}}, "icon": {"emoji": "🌱"}},
        )
        elsewhere = {
            "parent": {"page_id": ground.workspace.root_page_id},
            "properties": {"title": {"title": [{"text": {"content": "Attic"}}]}},
        }
        self.made["attic"] = owner.post("/pages", elsewhere)["id"]
        owner.post(f"/pages/{ground.id('data')}/move", {"parent": {"page_id": self.made["attic"]}})
