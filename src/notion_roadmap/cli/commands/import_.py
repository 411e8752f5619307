"""`notion-roadmap import`: a Markdown document becomes a template."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notion_roadmap.cli import exits
from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command
from notion_roadmap.cli.output import emit_json, note, say, some
from notion_roadmap.cli.results import agree, someone_watches
from notion_roadmap.errors import UserError

if TYPE_CHECKING:
    from notion_roadmap.service.import_ import Outcome

_DASH = "-"
"""Instead of a file: standard input or output."""

_FILE = click.Path(path_type=Path)


@roadmap_command("import")
@click.argument("file", metavar="FILE", required=False)
@click.option("-o", "--output", metavar="OUT", help="The template to write; `-` prints it.")
@click.option("--into", metavar="TEMPLATE", type=_FILE, help="Bring an edited document into the template made of it.")
@click.option("--overlay", metavar="FILE", type=_FILE, help="Decisions by hand, to lay over what is imported.")
@click.option("--aliases", metavar="FILE", type=_FILE, help="More labels for the fields of tasks and phases.")
@click.option(
    "--report",
    metavar="[FILE]",
    is_flag=False,
    flag_value=_DASH,
    help="Show what became of every line, or write it to FILE.",
)
@click.option("--force", is_flag=True, help="Overwrite OUT.")
@click.option("--yes", is_flag=True, help="Do not ask before writing into TEMPLATE.")
def command(
    caller: Caller,
    file: str | None,
    output: str | None,
    into: Path | None,
    overlay: Path | None,
    aliases: Path | None,
    report: str | None,
    force: bool,
    yes: bool,
) -> int:
    """Make a template of a roadmap in Markdown. FILE may be - for a pipe.

    What is only guessed is marked in the template, and no line is dropped without a word: --report shows what became
    of each.
    """
    from notion_roadmap.service.files import write_whole
    from notion_roadmap.service.import_ import Wishes, import_document, read_source
    from notion_roadmap.service.import_report import as_markdown

    if file is None and report not in (None, _DASH):
        file, report = report, _DASH  # `import --report plan.md`
    if file is None or not (output or into or report or caller.as_json):
        raise click.UsageError("Say which document to import, and with -o which template to write.")
    target = None if output == _DASH else Path(output) if output else into
    _refuse_to_overwrite(target, into, force=force)
    name = Path(file).name if file != _DASH else f"{target.stem if target else 'roadmap'}.md"
    outcome = import_document(Wishes(read_source(file), name, overlay, aliases, into))
    page = as_markdown(name, outcome)
    if report not in (None, _DASH):
        write_whole(Path(report or ""), page)
    if not caller.as_json:
        tell = note if output == _DASH else say
        tell(page if report == _DASH else "\n".join(_summary(name, outcome)))
    written = _write(outcome, target, into, yes=yes) if target else None
    _answer(caller, outcome, written, printed=output == _DASH)
    return exits.PARTIAL if outcome.problems else exits.DONE


def _refuse_to_overwrite(target: Path | None, into: Path | None, *, force: bool) -> None:
    from notion_roadmap.service.files import FileExists

    if target is not None and target != into and target.exists() and not force:
        hint = f"Keep its keys and what you changed with --into {target}, or overwrite it with --force."
        raise FileExists(target, hint)


def _summary(name: str, outcome: Outcome) -> Iterator[str]:
    from notion_roadmap.service.import_report import as_sentence, change_line

    counts = outcome.counts
    lost, guessed = counts["not_understood"], len(outcome.guesses)
    yield f"{name}: {as_sentence(outcome)}."
    yield f"Lines that were not understood: {lost}. Values that were guessed: {guessed}. See them with --report."
    if outcome.imported.repaired:
        yield f"The text was repaired: {outcome.imported.repaired}."
    yield from map(change_line, outcome.changes)


def _write(outcome: Outcome, target: Path, into: Path | None, *, yes: bool) -> Path | None:
    """Write the template; None where it stands there already."""
    from notion_roadmap.service.files import write_whole

    if target == into and not outcome.differs:
        return None
    if target == into and not yes:
        if not someone_watches():
            raise UserError(f"{target} was not changed: nobody can be asked", hint="Add --yes to write into it.")
        agree(f"Write these changes into {target}?", default=True)
    write_whole(target, outcome.text)
    return target


def _answer(caller: Caller, outcome: Outcome, written: Path | None, *, printed: bool) -> None:
    from notion_roadmap.service.import_report import as_dict

    if caller.as_json:
        kind = "partial" if outcome.problems else "done"
        text = {"text": outcome.text} if printed else {}
        emit_json({"outcome": kind, "template": str(written) if written else None, **as_dict(outcome), **text})
        return
    if printed:
        say(outcome.text.rstrip("\n"))
    some("To mend by hand", map(str, outcome.problems), say=note)
    if written and outcome.problems:
        say(f"Wrote {written}. Next: notion-roadmap template validate {written}")
    elif written:
        say(f"Wrote {written}. Next: notion-roadmap plan {written}")
    elif not printed and not outcome.differs:
        say("The template says all of this already: nothing was written.")
