"""`notion-roadmap template list|show|validate|lint|schema|new`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notion_roadmap.cli import exits
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
        (len(tasks), "task", "tasks and projects"),
        (len({skill for task in tasks for skill in task.skills}), "skill", "skills"),
        (len(roadmap.pillars), "pillar", "pillars"),
        (len(roadmap.kpis), "KPI", "KPIs"),
        (len(roadmap.habits), "daily habit", "daily habits"),
        (len(roadmap.routines), "routine", "routines"),
    )
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts if count)


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


@roadmap_command("lint")
@template_argument
def lint(caller: Caller, template: str) -> int:
    """Name what is allowed in a template and yet looks bad in Notion. Exit code 1 says that there is something.

    TEMPLATE is the name of a bundled template, or the path of a YAML file.
    """
    from notion_roadmap.service.lint import lint_template

    found = lint_template(template)
    if caller.as_json:
        emit_json({"outcome": "done", "template": template, "findings": [asdict(one) for one in found]})
    else:
        for one in found:
            say(str(one))
        say(f"{template}: {len(found)} finding{'' if len(found) == 1 else 's'}" if found else f"{template} is clean")
    return exits.FAILED if found else exits.DONE


@roadmap_command("new")
@click.argument("name", metavar="[NAME]", required=False)
@click.option("-o", "--output", metavar="FILE", help="The file to write; by default NAME.yaml. `-` prints it.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
def new(caller: Caller, name: str | None, output: str | None, force: bool) -> None:
    """Write a commented template to begin with.

    NAME is what the roadmap is to be called, such as "My sabbatical".
    """
    from notion_roadmap.service.files import FileExists, write_whole
    from notion_roadmap.templates.starter import slug, starter

    if not name and not output:
        raise click.UsageError("Say what the roadmap is to be called, or the file to write with -o.")
    printed = output == "-"
    path = Path(output) if output and not printed else Path(f"{slug(name or '')}.yaml")
    text = starter(name or ("" if printed else path.stem))
    if printed and not caller.as_json:
        say(text.rstrip("\n"))
        return
    if not printed:
        if path.exists() and not force:
            raise FileExists(path, "Give another name, or --force to overwrite it.")
        write_whole(path, text)
    if caller.as_json:
        emit_json(
            {"outcome": "done", "written": None if printed else str(path), **({"template": text} if printed else {})}
        )
    else:
        say(f"Wrote {path}. Edit it, then: notion-roadmap template validate {path}")


@roadmap_command("schema")
def schema(caller: Caller) -> None:  # noqa: ARG001 (it is JSON either way)
    """The JSON Schema of a template file, which editors complete and check YAML with."""
    from notion_roadmap.templates import template_schema

    emit_json(template_schema())


command = click.Group(
    "template",
    [list_templates, show, validate, lint, schema, new],
    help="List, show, check and begin roadmap templates.",
)
