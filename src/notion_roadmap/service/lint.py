"""Linting a template: the rules for the file, and those for the workspace that it becomes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from notion_roadmap.blueprint import Choices, build
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.service.life import first_life
from notion_roadmap.templates.lint import Finding, Said, findings, lint
from notion_roadmap.templates.load import read_template, roadmap_of
from notion_roadmap.templates.tree import Loc, read_tree
from notion_roadmap.workspace.items import Workspace
from notion_roadmap.workspace.properties import Property, PropertyType

_CHOICES = Choices(start=date(2001, 1, 1), today=date(2001, 1, 1), weekly_hours=40)
"""Any: what looks bad does not depend on when it begins."""


def lint_template(name_or_path: str | Path) -> tuple[Finding, ...]:
    """Everything that is allowed in a template and yet looks bad in Notion, in the order of its file.

    Raises what `load_template` raises: a template that is wrong is mended first.
    """
    tree = read_tree(*read_template(name_or_path))
    roadmap = roadmap_of(tree)
    workspace = build(roadmap, _CHOICES, first_life(roadmap, _CHOICES))
    return tuple(sorted((*lint(tree, roadmap), *findings(tree, in_workspace(roadmap, workspace)))))


def in_workspace(roadmap: Roadmap, workspace: Workspace) -> Iterator[Said]:
    """What looks bad in the workspace, and which part of the template it comes from."""
    properties = {prop.key: prop for database in workspace.databases for prop in database.properties}
    for prop in properties.values():
        target = properties.get(prop.rollup.target) if prop.rollup else None
        if target is not None and target.type is PropertyType.ROLLUP:
            message = f"{prop.name} rolls up {target.name}, which is a roll-up itself: Notion shows nothing"
            yield _where(roadmap, prop), "rollup-of-rollup", message, "let it be computed from the tasks"


def _where(roadmap: Roadmap, prop: Property) -> Loc:
    """The documented column that a property comes from; the table as a whole for one of ours."""
    columns = [documented.name for documented in roadmap.tracking.properties]
    if prop.database == "tasks" and prop.name in columns:
        return "tracking", "properties", columns.index(prop.name)
    return ("tracking",)
