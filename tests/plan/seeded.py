"""One small template, and what the tests ask of its plans."""

from __future__ import annotations

from dataclasses import replace

from notion_roadmap.plan.changes import Action, Change, Plan
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.items import Database, Page, Row, Section, Workspace
from notion_roadmap.workspace.properties import Option, Owner, Property, PropertyType, Relation, Rollup
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import GroupBy, Layout, View

HELLO = Block(BlockType.PARAGRAPH, Text.of("Hello"))
TITLE = Property("tasks.title", "Task Name", PropertyType.TITLE)
STATUS = Property("tasks.status", "Status", PropertyType.SELECT, options=(Option("Open"), Option("Done")))
HOURS = Property("tasks.hours", "Hours", PropertyType.NUMBER)
PROGRESS = Property("tasks.progress", "% Done", PropertyType.NUMBER, Owner.OURS)
PROOF = Property("tasks.proof", "Proof", PropertyType.URL, Owner.THEIRS)
BLOCKED = Property("tasks.blocked", "Blocked By", PropertyType.RELATION, relation=Relation("tasks"))
TASKS = Database("tasks", "root", "Tasks", (TITLE, STATUS, HOURS, PROGRESS, PROOF, BLOCKED), "tasks.key")
A = Row(
    "tasks/a",
    "tasks",
    {"tasks.title": Text.of("Learn SQL"), "tasks.status": "Open", "tasks.hours": 2.0, "tasks.progress": 0.0},
    (HELLO,),
)
B = Row("tasks/b", "tasks", {"tasks.title": Text.of("Learn Spark"), "tasks.blocked": ("tasks/a",)}, rank=1)
BOARD = View("view:tasks/board", "tasks", "Board", Layout.BOARD, group_by=GroupBy("tasks.status"))
ROOT = Page("root", "", "Career", "🎯", (HELLO,))
GOAL = Section("section:goal", "root", (HELLO,))
DESIRED = Workspace("career", "Career", "1", (ROOT,), (GOAL,), (TASKS,), (BOARD,), (A, B))
ROLLUP = Property("tasks.sum", "Sum", PropertyType.ROLLUP, rollup=Rollup("tasks.blocked", "tasks.hours", "sum"))


def changed(**what: object) -> Workspace:
    """The next version of the template."""
    return replace(DESIRED, **what)  # type: ignore[arg-type]


def columns(*properties: Property) -> Workspace:
    """The next version, with these properties in place of those of the same key."""
    by_key = {one.key: one for one in (*TASKS.properties, *properties)}
    return changed(databases=(replace(TASKS, properties=tuple(by_key.values())),))


def told(plan: Plan) -> list[tuple[Action, str, str]]:
    return [(one.action, one.key, one.why) for one in plan.changes]


def only(plan: Plan) -> Change:
    (change,) = plan.changes
    return change
