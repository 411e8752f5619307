"""What a document says of itself in short sections: its goal, for whom it is, how much time it asks for."""

from __future__ import annotations

from notion_roadmap.importer.document import Block, Paragraph
from notion_roadmap.importer.draft import Draft
from notion_roadmap.importer.entries import entries
from notion_roadmap.importer.parts.common import content_of, head_lines, lines_of, put
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import titled, unmarked
from notion_roadmap.importer.words import is_named

_MAX_GOAL = 1_000
_MAX_GOALS = 5


def recognise_goal(section: Section, draft: Draft) -> bool:
    """A section that is named `Goal` or `Goals` and holds one paragraph, or a short list without boxes."""
    if "goal" in draft.data or draft.phase_at(section.first) or not is_named(section.title, "goal", "goals"):
        return False
    blocks = content_of(section)
    if len(blocks) != 1 or section.sections:
        return False
    text = _goal(blocks[0])
    if not text or len(text) > _MAX_GOAL:
        return False
    draft.data["goal"] = text
    draft.ledger.field(lines_of(blocks[0]), draft.data, "goal")
    draft.ledger.structure(head_lines(section))
    return True


def _goal(block: Block) -> str:
    if isinstance(block, Paragraph):
        return unmarked(block.text)
    own = entries([block])
    if len(own) > _MAX_GOALS or any(entry.below or not entry.whole or entry.checked is not None for entry in own):
        return ""
    return " · ".join(entry.plain for entry in own)


def recognise_about(section: Section, draft: Draft) -> bool:
    """For whom, how long, what one must know before: one paragraph or one list, kept under its heading."""
    if draft.phase_at(section.first) or not is_named(section.title, "audience", "effort", "prerequisites"):
        return False
    blocks = content_of(section)
    if section.sections or len(blocks) != 1:
        return False
    block = blocks[0]
    own = entries([block])
    if any(entry.below or not entry.whole or entry.checked for entry in own):
        return False
    text = unmarked(block.text) if isinstance(block, Paragraph) and not own else ""
    if not own and not text:
        return False
    line = put({"label": titled(section.title)}, text=text, items=[entry.plain for entry in own])
    draft.data.setdefault("about", []).append(line)
    draft.ledger.field(head_lines(section), line, "label")
    draft.ledger.content(lines_of(block), line, "text" if text else "items")
    return True
