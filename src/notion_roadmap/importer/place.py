"""Where in a phase tasks stand: what their headings say of all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from notion_roadmap.importer.aliases import Aliases
from notion_roadmap.importer.choices import chooses
from notion_roadmap.importer.document import Item
from notion_roadmap.importer.draft import Data
from notion_roadmap.importer.fields import Fields, is_stretch
from notion_roadmap.importer.headings import Name
from notion_roadmap.importer.labels import label_of
from notion_roadmap.importer.marks import says_done
from notion_roadmap.importer.options import option_name
from notion_roadmap.importer.roles import Roles, speaks_of_projects
from notion_roadmap.importer.section import BOLD_LEVEL, Section
from notion_roadmap.importer.shape import heading_in
from notion_roadmap.importer.texts import title_text, unmarked
from notion_roadmap.roadmap import MAX_TITLE


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a phase a task stands.

    Args:
        phase: its data.
        section, track, week, window: what tasks that stand here share.
        heads: the headings that say so.
        done: whether the heading says that all of it is done.
        stretch: whether the heading says that all of it is extra.
        projects: whether the heading speaks of projects, so that those within it are tasks.
    """

    phase: Data
    section: str | None = None
    track: str | None = None
    week: str | None = None
    window: dict[str, Any] | None = None
    heads: tuple[tuple[range, str], ...] = ()
    done: bool = False
    stretch: bool = False
    projects: bool = False


class Places:
    """Reads headings as places."""

    def __init__(self, aliases: Aliases, roles: Roles, fields: Fields) -> None:
        self._aliases = aliases
        self._roles = roles
        self._fields = fields

    def within(self, section: Section, place: Place, *, chosen: bool) -> Place:
        """What the tasks of a section share."""
        name = self._roles.name(section)
        head = section.heading.span if section.heading else range(0)
        title = title_text(f"{section.title} {section.mark}" if section.mark else section.title).rstrip(" :：")
        label = label_of(section.title)
        if label and label.rest and self._tells(label.label, section, place):
            self._fields.put_phase(place.phase, label.label, unmarked(label.rest), head)
            return place
        if section.level == 1 and title.endswith(str(place.phase.get("title"))):
            return place  # the title of the whole
        if len(title) > MAX_TITLE or chooses(title):
            return replace(place, projects=False)
        if chosen:
            return replace(place, track=title, heads=(*place.heads, (head, "track")))
        whole = _joined(place, title)
        timed = name.kind == "weeks" and name.label
        return replace(
            place,
            section=whole if len(whole) <= MAX_TITLE else title,
            week=option_name(name.label) if timed else place.week,
            window=_window_of(name) or place.window,
            heads=(*place.heads, (head, "section")),
            done=place.done or name.kind == "finished" or (bool(section.mark) and says_done(section.mark)),
            stretch=place.stretch or is_stretch(title),
            projects=speaks_of_projects(title),
        )

    def below(self, item: Item, place: Place) -> Place:
        """What the tasks share that stand below an entry of a list."""
        head = heading_in(item)
        lines = head.span if head else item.own_span
        title = title_text(head.text if head else item.text).rstrip(" :：")
        whole = _joined(place, title)
        if not title or len(whole) > MAX_TITLE:
            return place
        return replace(place, section=whole, heads=(*place.heads, (lines, "section")))

    def _tells(self, label: str, section: Section, place: Place) -> bool:
        """Whether a heading over tasks is a labelled line of their phase: `Goal: know the basics`."""
        if section.level == BOLD_LEVEL:
            return self._roles.is_line_label(label)
        return self._aliases.phase_field(label) == "goal" and "goal" not in place.phase


def _joined(place: Place, title: str) -> str:
    """The name of a section with that of the section around it."""
    return f"{place.section} › {title}" if place.section else title


def _window_of(name: Name) -> dict[str, Any] | None:
    """The weeks that a heading is named by."""
    found = name.window
    if name.kind != "weeks" or not name.label or found is None or found.kind != "weeks" or not found.window:
        return None
    return {**found.window, "as_written": found.words}
