"""A document becomes the data of a template, step by step; nothing of it is lost without a word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from notion_roadmap.importer.aliases import DEFAULT_ALIASES, Aliases, words_of_labels
from notion_roadmap.importer.carry import carry_keys, carry_notes
from notion_roadmap.importer.categories import guess_categories
from notion_roadmap.importer.document import Document
from notion_roadmap.importer.draft import Data, Draft, Guess
from notion_roadmap.importer.encoding import decode
from notion_roadmap.importer.errors import NothingToDo
from notion_roadmap.importer.head import read_head, read_title
from notion_roadmap.importer.headings import Name, read_heading
from notion_roadmap.importer.items import Items
from notion_roadmap.importer.keys import give_keys, slug
from notion_roadmap.importer.ledger import Account, Ledger
from notion_roadmap.importer.leftovers import keep_leftovers
from notion_roadmap.importer.markdown import read_document
from notion_roadmap.importer.mend import mend
from notion_roadmap.importer.options import option_name
from notion_roadmap.importer.parts import complete_parts, recognise_parts
from notion_roadmap.importer.parts.lost import release_lost
from notion_roadmap.importer.phases import find_phases
from notion_roadmap.importer.section import Section, sections_of
from notion_roadmap.importer.spans import give_windows, lay_lengths, year_of
from notion_roadmap.importer.texts import title_text
from notion_roadmap.importer.tracking import default_tracking
from notion_roadmap.roadmap import MAX_TITLE, Roadmap
from notion_roadmap.roadmap.base import MAX_OPTION


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a document.

    Args:
        data: the template, as plain data.
        lines: what became of every line that is not blank, in order.
        guesses: what the document does not state.
        repaired: how its text was restored, None if it was sound.
        text: the text that was read; the lines are counted in it.
    """

    data: dict[str, Any]
    lines: tuple[Account, ...]
    guesses: tuple[Guess, ...]
    repaired: str | None
    text: str


def import_markdown(
    source: bytes, *, name: str, aliases: Aliases = DEFAULT_ALIASES, previous: Roadmap | None = None, file: str = ""
) -> Imported:
    """Read anyone's Markdown as a template.

    Args:
        source: the bytes of the document, in any usual encoding.
        name: what it is called, such as the name of its file without the ending; it names what has no title.
        aliases: which labels mean which field.
        previous: the roadmap that an earlier state of the document became; what is still there keeps its keys.
        file: what errors call it; its name by default.

    Raises:
        DocumentTooLarge, DocumentBinary, NothingToDo: it cannot become a roadmap.
    """
    text, repaired = decode(source, file or name)
    document = read_document(text)
    draft = Draft(document, Ledger(document.lines))
    root = sections_of(document)
    _read(root, draft, name, aliases)
    if not any(phase.get("tasks") for phase in draft.data["phases"]):
        raise NothingToDo(file or name)
    _finish(root, draft, name, previous)
    return Imported(draft.data, draft.ledger.settle(draft.data), draft.guesses(), repaired, text)


def _read(root: Section, draft: Draft, name: str, aliases: Aliases) -> None:
    year = _year(draft.document, root)
    draft.data["key"] = ""
    draft.data["phases"] = []
    sections = find_phases(root, aliases, year)
    named = [_phase(section, draft, year) for section in sections]
    read_title(root, draft, name)
    give_windows(draft, named)
    taken = {id(section) for section in recognise_parts(root, draft, _skip(root, sections))}
    if not sections:
        whole: Data = {"title": draft.data["title"]}
        draft.phases.append((root, whole))
        draft.data["phases"].append(whole)
    finished = [section for section in root.walk() if read_heading(section.title).kind == "finished"]
    items = Items(draft, aliases, year, lambda section: id(section) in taken)
    for section, phase in draft.phases:
        done = any(other.first <= section.first <= other.last for other in finished)
        items.read(section, phase, done=done, whole=not sections)
    if len(named) > 1:
        for section, phase, heading in named:
            items.stand_in(section, phase, heading)
    read_head(root, draft, aliases)
    lay_lengths(draft)
    _name_options([name for _, _, name in named], draft)


def _year(document: Document, root: Section) -> int | None:
    title = next((section.title for section in root.sections), "")
    return year_of(title) or year_of(document.lines[0])


def _phase(section: Section, draft: Draft, year: int | None) -> tuple[Section, Data, Name]:
    name = read_heading(section.title, year)
    phase: Data = {"title": name.title[:MAX_TITLE].strip() or "Phase"}
    whole = title_text(section.title)
    if section.heading is not None and whole and len(whole) <= MAX_TITLE:
        phase["heading"] = whole
        draft.ledger.field(section.heading.span, phase, "heading")
    draft.phases.append((section, phase))
    draft.data["phases"].append(phase)
    return section, phase, name


def _skip(root: Section, phases: list[Section]) -> Callable[[Section], bool]:
    """Phases, what holds them, and sections that read like tasks are not offered to the parts."""
    starts = [section.first for section in phases]

    def skip(section: Section) -> bool:
        holds = bisect_left(starts, section.first) < bisect_right(starts, section.last)
        whole = section.level == 1 and 2 * (section.last - section.first) > root.last
        return holds or whole or read_heading(section.title).kind == "work"

    return skip


def _name_options(names: list[Name], draft: Draft) -> None:
    """Phases are called as the document's own property calls them, else by their labels."""
    known = {option.casefold(): option for option in draft.options("phase")}
    used: set[str] = set()
    for place, phase in enumerate(draft.data["phases"]):
        name = names[place] if names else None
        option = _option(phase, name, known)
        if option in used or len(option) > MAX_OPTION:
            option = option_name(f"{place + 1} {option}")
        used.add(option)
        phase["option"] = option


def _option(phase: Data, name: Name | None, known: dict[str, str]) -> str:
    if name is None or not name.label:
        return option_name(phase["title"])
    if name.label.casefold() in known:
        return known[name.label.casefold()]
    head, colon, rest = name.name.partition(":")
    if colon and head.strip().casefold() in known:
        phase["title"] = rest.strip() or phase["title"]
        return known[head.strip().casefold()]
    if name.kind == "version" and name.name == phase["title"] and name.label in name.name:
        return option_name(phase["title"])
    shouts = name.label.isupper() and any(word.isalpha() and len(word) > 3 for word in name.label.split())
    return option_name(name.label.capitalize() if shouts else name.label)


def _finish(root: Section, draft: Draft, name: str, previous: Roadmap | None) -> None:
    data = draft.data
    data["phases"] = [phase for phase in data["phases"] if phase.get("tasks")]
    data["key"] = slug(data["title"]) or slug(name, "roadmap")
    data["version"] = 1
    data["source"] = name[:MAX_TITLE].strip() or data["title"]
    guess_categories(draft)
    if not data.get("tracking", {}).get("properties"):
        data["tracking"] = {**default_tracking(data), **data.get("tracking", {})}
    complete_parts(draft)
    release_lost(draft, draft.ledger.carrying(), words_of_labels())
    taken = carry_keys(data, previous) if previous else set[str]()
    give_keys(data, taken)
    mend(data)
    draft.ledger.forget(data)
    kept = {id(part) for phase in data["phases"] for part in (phase, *phase["tasks"])}
    draft.tasks = [entry for entry in draft.tasks if id(entry[2]) in kept]
    draft.phases = [entry for entry in draft.phases if id(entry[1]) in kept]
    keep_leftovers(root, draft)
    if previous:
        carry_notes(data, previous)
    give_keys(data, taken)
