"""`notion-roadmap template list|show|validate|schema`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command, template_argument
from notion_roadmap.cli.output import emit_json, say, table

if TYPE_CHECKING:
    from notion_roadmap.roadmap import Phase, Roadmap


@roadmap_command("list")
def list_templates(caller: Caller) -> None:
    """The bundled templates."""
    from notion_roadmap.templates import bundled

    templates = bundled()
    if caller.as_json:
        fields = ("name", "title", "version", "phases", "tasks")
        emit_json({"templates": [{name: getattr(t, name) for name in fields} for t in templates]})
        return
    rows = ((t.name, t.title, str(t.version), str(t.phases), str(t.tasks)) for t in templates)
    table(("Name", "Title", "Version", "Phases", "Tasks"), rows)


@roadmap_command("show")
@template_argument
def show(caller: Caller, template: str) -> None:
    """What a template holds, in a page. With --json, all of it.

    TEMPLATE is the name of a bundled template, or the path of a YAML file.
    """
    from notion_roadmap.templates import load_template

    roadmap = load_template(template)
    if caller.as_json:
        emit_json(roadmap.model_dump(mode="json", exclude_none=True))
        return
    say(f"{roadmap.icon or ''} {roadmap.title}".strip())
    if roadmap.goal:
        say(str(roadmap.goal))
    table(("Phase", "Title", "When", "Tasks", "Hours", "Criteria"), (_phase_row(p) for p in roadmap.phases))
    say(_summary(roadmap))


def _phase_row(phase: Phase) -> tuple[str, ...]:
    window = (phase.window.as_written if phase.window else None) or "–"
    hours = sum(task.hours or 0 for task in phase.tasks)
    counts = (str(len(phase.tasks)), f"{hours:g}" if hours else "–", str(len(phase.criteria)))
    return (phase.option, phase.title, window, *counts)


def _summary(roadmap: Roadmap) -> str:
    tasks = [task for _, task in roadmap.tasks()]
    counts = (
        (len(tasks), "tasks and projects"),
        (len({skill for task in tasks for skill in task.skills}), "skills"),
        (len(roadmap.kpis), "KPIs"),
        (len(roadmap.habits), "daily habits"),
    )
    return ", ".join(f"{count} {what}" for count, what in counts if count)


@roadmap_command("validate")
@template_argument
def validate(caller: Caller, template: str) -> None:
    """Check a template; every problem is named with its line, column and field.

    TEMPLATE is the name of a bundled template, or the path of a YAML file.
    """
    from notion_roadmap.templates import load_template

    roadmap = load_template(template)
    if caller.as_json:
        emit_json({"outcome": "done", "template": roadmap.key, "version": roadmap.version, "problems": []})
        return
    say(f"{template} is a valid template: {_summary(roadmap)}. Next: notion-roadmap plan {template}")


@roadmap_command("schema")
def schema(caller: Caller) -> None:  # noqa: ARG001 (it is JSON either way)
    """The JSON Schema of a template file, which editors complete and check YAML with."""
    from notion_roadmap.templates import template_schema

    emit_json(template_schema())


command = click.Group(
    "template", [list_templates, show, validate, schema], help="List, show and check roadmap templates."
)
