"""The table of commands. A command's module is imported when it is called, not before."""

from __future__ import annotations

from pathlib import Path

import click

from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.lazy import LazyGroup, Place

COMMANDS = {
    "init": Place("init", "Say which token, page, start and hours, once."),
    "plan": Place("plan", "Show what a seed would change, and what it costs. Writes nothing."),
    "seed": Place("seed", "Make or bring up to date the workspace of a roadmap."),
    "sync": Place("sync", "Take in what was done in Notion, and write progress, KPIs, gates, forecasts and reviews."),
    "run": Place(
        "run", "Sync for months: often while you are at it, seldom while nothing happens, with a backup every night."
    ),
    "status": Place("status", "Show how far the roadmap has come and what was seeded, from the local state alone."),
    "review": Place("review", "Make or show the review of a week."),
    "explain": Place("explain", "Show from which rows a number comes, and by which formula."),
    "backup": Place(
        "backup", "Back up the whole workspace into a dated folder: JSON for programs, Markdown for people."
    ),
    "restore": Place("restore", "Bring back the rows that a backup holds and Notion has not."),
    "remove": Place("remove", "Put what was made for a roadmap into the trash."),
    "import": Place("import_", "Make a template of a roadmap in Markdown."),
    "template": Place("template", "List, show, check and begin roadmap templates."),
    "doctor": Place("doctor", "Find out what is wrong with the set-up, and how to mend it."),
    "sandbox": Place("sandbox", "Serve the embedded Notion-compatible workspace."),
}


@click.group(
    name="notion-roadmap",
    cls=LazyGroup,
    package="notion_roadmap.cli.commands",
    places=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="notion-roadmap", prog_name="notion-roadmap")
@click.option(
    "--env-file",
    type=click.Path(path_type=Path),
    default=Path(".env"),
    show_default=True,
    help="Where settings are read from, below those of the environment.",
)
@click.option("-v", "--verbose", count=True, help="Say more on standard error; twice for everything.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
@click.pass_context
def app(context: click.Context, env_file: Path, verbose: int, debug: bool) -> None:
    """A roadmap template becomes a living Notion workspace.

    Without a token everything happens in an embedded local workspace: try `notion-roadmap seed
    data-engineering-career`, then `notion-roadmap sandbox serve`.
    """
    context.obj = Caller(env_file=env_file, verbose=verbose, debug=debug)
