"""The head of a document: its title, its icon, what it is for."""

from __future__ import annotations

import re

from notion_roadmap.importer.aliases import Aliases
from notion_roadmap.importer.document import FrontMatter, Paragraph
from notion_roadmap.importer.draft import Draft
from notion_roadmap.importer.fields import fits
from notion_roadmap.importer.filling import labelled_lines
from notion_roadmap.importer.headings import read_heading
from notion_roadmap.importer.section import BOLD_LEVEL, Section
from notion_roadmap.importer.texts import title_text
from notion_roadmap.roadmap import MAX_TITLE

_EMOJI = re.compile(
    "^((?:[\U0001f1e6-\U0001f1ff]{2}|[\u203c-\u3299\U0001f000-\U0001faff]\ufe0f?(?:[\U0001f3fb-\U0001f3ff])?"
    "(?:\u200d[\u2600-\u27bf\U0001f000-\U0001faff]\ufe0f?)*))\\s+"
)
_IMAGE = re.compile(r"\[!\[[^\[\]]*\]\([^()]*\)\]\([^()]*\)|!\[[^\[\]]*\]\([^()]*\)")
_BOLD = re.compile(r"\*\*[^*\n]{3,150}\*\*")
_SENTENCE = re.compile(r"[^\n\[<:|]{3,100}(?<![.!?,;])")
_NUMBER_TITLE = re.compile(r"^[\w.-]+$")


def read_title(root: Section, draft: Draft, name: str) -> None:
    """The title and icon: the first heading of the first level, the front matter, or the name of the file."""
    found = _heading(root, draft)
    if found is not None and found.heading is not None:
        title = _entitle(draft, title_text(_IMAGE.sub("", found.title)) or title_text(found.title))
        if len(title) <= MAX_TITLE and not _IMAGE.search(found.title):
            draft.ledger.field(found.heading.span, draft.data, "title")
        return
    front = next((block for block in draft.document.blocks if isinstance(block, FrontMatter)), None)
    first = root.blocks[0] if root.blocks else None
    if isinstance(first, Paragraph) and not front and (_BOLD.fullmatch(first.text) or _SENTENCE.fullmatch(first.text)):
        _entitle(draft, title_text(first.text))
        draft.ledger.field([first.first], draft.data, "title")
        return
    said = re.search(r"^title[ \t]*:(.*)$", front.text, re.MULTILINE) if front else None
    stated = said[1].strip().strip("\"'") if said else ""
    draft.data["title"] = (stated or " ".join(re.split(r"[\s_-]+", name)).strip() or "Roadmap")[:MAX_TITLE]


def _entitle(draft: Draft, title: str) -> str:
    """Set the title, and the icon that stands before it; gives the title, which may be too long for its field."""
    icon = _EMOJI.match(title)
    if icon and len(title) > icon.end():
        draft.data["icon"] = icon[1]
        title = title[icon.end() :].strip()
    draft.data["title"] = title[:MAX_TITLE].strip()
    return title


def _heading(root: Section, draft: Draft) -> Section | None:
    """The heading that is the title of the whole: not a phase, and not the name of a repository over a real title."""
    phases = {id(section) for section, _ in draft.phases}
    first = next((section for section in root.sections if section.level < BOLD_LEVEL), None)
    if first is None or id(first) in phases or not title_text(first.title):
        return None
    tops = [section for section in root.sections if section.level == first.level]
    behind = tops[1] if len(tops) > 1 and tops[0] is first else None
    bare = not first.blocks and not first.sections
    if bare and behind is not None and _NUMBER_TITLE.match(title_text(first.title)) and id(behind) not in phases:
        return behind
    if first.level > 1 and (len(tops) > 1 or read_heading(first.title).kind):
        above = all(section.first < min((s.first for s, _ in draft.phases), default=0) for section in tops)
        return first if bare or (above and len(tops) == 1) else None
    return first


def read_head(root: Section, draft: Draft, aliases: Aliases) -> None:
    """The labelled lines before the phases: the goal, and what else is told about the whole."""
    begin = min((section.first for section, _ in draft.phases), default=0)
    for section in _heads(root, begin):
        for block in section.blocks:
            if isinstance(block, Paragraph) and not any(map(draft.ledger.is_booked, block.span)):
                _about(block, draft, aliases)


def _heads(root: Section, begin: int) -> list[Section]:
    """The whole, its title, and headings without lists and sections that only continue the title."""
    found = [root]
    for section in root.sections:
        if section.level == 1 and section.first < begin:
            found.append(section)
            found += (inner for inner in section.sections[:1] if inner.last < begin and not inner.sections)
    return found


def _about(block: Paragraph, draft: Draft, aliases: Aliases) -> None:
    for label, text, lines in labelled_lines(block, aliases):
        if not text or not fits(text):
            continue
        if aliases.phase_field(label) == "goal" and "goal" not in draft.data:
            draft.data["goal"] = text
            draft.ledger.field(lines, draft.data, "goal")
        elif len(label) <= MAX_TITLE:
            draft.data.setdefault("about", []).append({"label": label, "text": text})
            draft.ledger.content(lines, draft.data, "about")
