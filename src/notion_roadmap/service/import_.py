"""Importing a document: read it, lay an overlay over it, bring it into a template that is there, write the result."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from notion_roadmap.errors import UserError
from notion_roadmap.importer import Imported, import_markdown
from notion_roadmap.importer.aliases import DEFAULT_ALIASES, FIELDS, PHASE_FIELDS, Aliases
from notion_roadmap.importer.encoding import MAX_BYTES
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.service.import_marks import Guessed, imported_digests, remarks, usual_head
from notion_roadmap.templates.comments import read_comments
from notion_roadmap.templates.digests import as_imported, digest
from notion_roadmap.templates.load import MAX_BYTES as MAX_TEMPLATE_BYTES
from notion_roadmap.templates.load import parse_template, roadmap_of
from notion_roadmap.templates.names import places, value_at
from notion_roadmap.templates.overlay import merged, read_overlay, renamed
from notion_roadmap.templates.problems import Problem, TemplateInvalid, did_you_mean
from notion_roadmap.templates.tree import Tree, read_tree
from notion_roadmap.templates.update import Change, updated
from notion_roadmap.templates.write import Comments, write_template

STANDARD_INPUT = "-"


class FileUnreadable(UserError):
    """A file that an import needs cannot be read.

    Args:
        wanted: what it should be, such as `a Markdown file`.
    """

    def __init__(self, path: str, wanted: str, reason: str) -> None:
        self.path = path
        super().__init__(f"{path} cannot be read: {reason}", hint=f"Give the path of {wanted}.")


class AliasesInvalid(TemplateInvalid):
    """A file of aliases is wrong."""

    noun = "file of aliases"
    again = "the same command again"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be imported, and how.

    Args:
        name: what the document is called, such as `plan.md`.
        overlay: a file of decisions to lay over it.
        aliases: a file with more labels by field.
        into: a template that was imported before.
        head: the first lines of a new template; empty for the usual ones.
        traced: whether each entry says from which line of the document it came.
    """

    source: bytes
    name: str
    overlay: Path | None = None
    aliases: Path | None = None
    into: Path | None = None
    head: Sequence[str] = ()
    traced: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import gives; nothing was written yet.

    Args:
        text: the template.
        lines: of the document, without their ends.
        problems: what `template validate` would say of the template.
        changes: with `into`, in what it differs from the template that was there.
        differs: whether the text is another than what stands there.
    """

    text: str
    data: Mapping[str, Any]
    lines: tuple[str, ...]
    imported: Imported
    guesses: tuple[Guessed, ...]
    problems: tuple[Problem, ...] = ()
    changes: tuple[Change, ...] = ()
    differs: bool = True

    @property
    def counts(self) -> dict[str, int]:
        """Lines by what became of them: every line of the document is in exactly one of them."""
        kinds = ("field", "content", "note", "structure", "not_understood")
        counted = {kind: sum(account.kind == kind for account in self.imported.lines) for kind in kinds}
        return {"total": len(self.lines), "blank": len(self.lines) - sum(counted.values()), **counted}

    @property
    def not_understood(self) -> tuple[tuple[int, str], ...]:
        """The lines that stand nowhere in the template, with their numbers."""
        lost = (account.line for account in self.imported.lines if account.kind == "not_understood")
        return tuple((line, self.lines[line - 1].strip()) for line in lost)

    @property
    def phases(self) -> int:
        """How many phases there are."""
        return len(self.data["phases"])

    @property
    def tasks(self) -> int:
        """How many tasks there are."""
        return sum(len(phase["tasks"]) for phase in self.data["phases"])


@dataclass(frozen=True, slots=True)
class _File:
    """A YAML file that takes part: its data with their places, and its comments."""

    tree: Tree
    comments: Comments
    text: str = ""

    @property
    def data(self) -> Mapping[str, Any]:
        """What it holds; nothing where it is empty."""
        return self.tree.data if isinstance(self.tree.data, dict) else {}


_NOTHING = _File(Tree("", {}), Comments())


def read_source(path: str) -> bytes:
    """The bytes of a document, one more than can be imported at most; `-` is standard input. Raises FileUnreadable."""
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    return _read(Path(path), "a Markdown file, or - for a pipe", MAX_BYTES)[1]


def import_document(wishes: Wishes) -> Outcome:
    """Import a document.

    Raises:
        ImportRefused: it is too large, no text, or holds nothing to do.
        TemplateInvalid: the overlay, the file of aliases or the template to import into is wrong.
        FileUnreadable: one of them cannot be read.
    """
    aliases = _aliases(wishes.aliases) if wishes.aliases else DEFAULT_ALIASES
    overlay = _file(wishes.overlay, "an overlay", read_overlay) if wishes.overlay else _NOTHING
    there = _file(wishes.into, "a template", read_tree) if wishes.into else _NOTHING
    read = partial(_imported, wishes, aliases, overlay.tree)
    imported, data = read(_previous(there, read) if wishes.into else None)
    said = remarks(imported, data, overlay.data, overlay.comments, traced=wishes.traced)
    changes: tuple[Change, ...] = ()
    if wishes.into:
        result = updated(there.data, data, said.marks(there.data, there.comments))
        data, changes = result.data, result.changes
    head = there.comments.head or wishes.head or usual_head(wishes.name)
    comments, guesses = said.comments(data, there.data, there.comments)
    text = write_template(data, replace(comments, head=head))
    return Outcome(
        text, data, _lines(imported.text), imported, guesses, _problems(data, text), changes, text != there.text
    )


def _imported(wishes: Wishes, aliases: Aliases, overlay: Tree, previous: Roadmap | None) -> tuple[Imported, Any]:
    """The document as it is read, and the same with the overlay."""
    name = Path(wishes.name)
    imported = import_markdown(wishes.source, name=name.stem, aliases=aliases, previous=previous, file=name.name)
    imported = replace(imported, data=renamed(imported.data, overlay))
    return imported, merged(imported.data, overlay)


def _previous(there: _File, read: Callable[[None], tuple[Imported, Any]]) -> Roadmap:
    """The template that is there, as the document knows it. Where its author changed nothing that is the same."""
    roadmap = roadmap_of(there.tree)
    digests = imported_digests(there.data, there.comments)
    at = places(there.data)
    if all(digest(value_at(there.data, at[named])) == told for named, told in digests.items()):
        return roadmap
    return Roadmap.model_validate(as_imported(there.data, digests, read(None)[1]))


def _lines(text: str) -> tuple[str, ...]:
    """The lines as the importer counts them; the end of the last one begins no other."""
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n"))


def _problems(data: dict[str, Any], text: str) -> tuple[Problem, ...]:
    """What is wrong with the template. Its text is read again only where something is, to say in which line."""
    try:
        roadmap_of(Tree("", data))
        return ()
    except TemplateInvalid:
        pass
    try:
        parse_template("the template", text.encode())
    except TemplateInvalid as error:
        return error.problems
    return ()


def _file(path: Path, wanted: str, read: Callable[[str, bytes], Tree]) -> _File:
    name, content = _read(path, wanted)
    tree = read(name, content)
    comments = read_comments(tree, content) if tree.values and not tree.problems else Comments()
    return _File(tree, comments, content.decode(errors="replace"))


def _read(path: Path, wanted: str, limit: int = MAX_TEMPLATE_BYTES) -> tuple[str, bytes]:
    """What problems call the file, and its content up to one byte more than the limit."""
    try:
        with path.open("rb") as file:
            return str(path), file.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no path of a file"
        raise FileUnreadable(str(path), wanted, reason.lower()) from None


def _aliases(path: Path) -> Aliases:
    """`hours: [Aufwand, Zeit]`: more labels by field."""
    tree = read_tree(*_read(path, "a file of aliases"))
    given = tree.data if isinstance(tree.data, dict) else {}
    known = {*FIELDS, *PHASE_FIELDS}
    problems = list(tree.problems)
    more: dict[str, list[str]] = {}
    for name, labels in given.items():
        more[name] = [labels] if isinstance(labels, str) else labels
        if name not in known:
            message = f"there is no field {name!r}{did_you_mean(name, known)}"
            problems.append(tree.problem((name,), message, ", ".join(sorted(known)), at_key=True))
        elif not isinstance(labels, str | list) or not all(isinstance(label, str) for label in labels):
            problems.append(tree.problem((name,), "is no list of labels", f"{name}: [A label, Another label]"))
    if problems:
        raise AliasesInvalid(str(path), problems)
    return Aliases.of(more)
