"""What one can at each stage of the way, and the lists of what one has and what one still needs."""

from __future__ import annotations

from collections.abc import Sequence

from notion_roadmap.importer.document import Table
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import Entry, entries
from notion_roadmap.importer.parts.common import head_lines, keep_title, lines_of, put
from notion_roadmap.importer.references import phase_about
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import plain, titled, unmarked
from notion_roadmap.importer.words import speaks_of


def recognise_competencies(section: Section, draft: Draft) -> bool:
    """Skills by level under headings, in a table, or in the two lists of what is there and what is missing."""
    if draft.phase_at(section.first):
        return False
    if _is_have_and_need(section):
        parts: Sequence[Section] = section.sections
    elif speaks_of(section.title, "competencies"):
        parts = [inner for inner in section.sections if entries(inner.blocks)]
    else:
        return False
    made = [_competency(inner, draft) for inner in parts] + _from_tables(section, draft)
    if made:
        draft.data.setdefault("competencies", []).extend(made)
        keep_title(draft, "competencies", section)
    return bool(made)


def _is_have_and_need(section: Section) -> bool:
    """Two headings below each other, one over what one has, one over what one needs, each with its list."""
    parts = section.sections
    if len(parts) != 2 or not all(entries(part.blocks) for part in parts):
        return False
    return speaks_of(parts[0].title, "have") and speaks_of(parts[1].title, "need")


def _competency(section: Section, draft: Draft) -> Data:
    made: Data = {"title": titled(section.title)}
    phase = phase_about(draft, section.title)
    if phase is not None:
        made["phase"] = phase
    made["skills"] = [_skill(entry, draft) for entry in entries(section.blocks)]
    draft.ledger.field(head_lines(section), made, "title")
    return made


def _skill(entry: Entry, draft: Draft) -> Data:
    """`✅ Expert: SQL` is SQL at the level `✅ Expert`; what only has a sign has the sign as its level."""
    label = entry.label
    level, text = (label.label, label.rest) if label and label.rest else ("", entry.plain)
    texts = [text, *(inner.plain for inner in entry.below)]
    skill = put({"text": "\n".join(filter(None, texts)) or "–"}, level=" ".join(filter(None, (entry.sign, level))))
    draft.ledger.field([*entry.lines, *(line for inner in entry.below for line in inner.lines)], skill, "text")
    return skill


def _from_tables(section: Section, draft: Draft) -> list[Data]:
    """A column a level: each row of a table is a subject with what one can at each level."""
    made = []
    for table in section.of_type(Table):
        for row in table.rows:
            cells = list(zip(table.header.cells, row.cells, strict=False))[1:]
            skills = [put({"text": unmarked(cell)}, level=plain(name)) for name, cell in cells if cell.strip()]
            if skills:
                competency: Data = {"title": plain(row.cells[0]) or "–", "skills": skills}
                draft.ledger.field(lines_of(row), competency, "title")
                draft.ledger.structure(lines_of(table.header))
                made.append(competency)
    return made
