"""Which roadmaps are meant by a command that names none: those that the state knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_roadmap.errors import UserError

if TYPE_CHECKING:
    from notion_roadmap.settings import Settings

SOURCE = "source"
"""Name of the fact that holds the template as it was named: a bundled one, or the absolute path of a file."""


class NoRoadmapKnown(UserError):
    """The local state knows no roadmap, and none was named."""

    def __init__(self) -> None:
        super().__init__(
            "The local state knows no roadmap", hint="Name the template, such as data-engineering-career, or seed first"
        )


class SeveralRoadmaps(UserError):
    """Several roadmaps were seeded from here, and the command is about one."""

    def __init__(self, known: tuple[str, ...]) -> None:
        self.known = known
        super().__init__("Several roadmaps were seeded from here", hint=f"Name one of them: {', '.join(known)}")


def sources_of(settings: Settings, template: str | None) -> tuple[str, ...]:
    """The templates that are meant. Raises NoRoadmapKnown, StateError."""
    from notion_roadmap.places import state_file
    from notion_roadmap.store import open_state

    if template is not None:
        return (template,)
    state = open_state(state_file(settings), "", read_only=True).state
    try:
        found = tuple(str(state.of(key).fact(SOURCE) or key) for key in sorted(state.roadmaps()) if key)
    finally:
        state.close()
    if not found:
        raise NoRoadmapKnown
    return found


def one_source(settings: Settings, template: str | None) -> str:
    """The one template that is meant. Raises NoRoadmapKnown, SeveralRoadmaps, StateError."""
    found = sources_of(settings, template)
    if len(found) > 1:
        raise SeveralRoadmaps(found)
    return found[0]


def source_for(settings: Settings, template: str | None, roadmap: str) -> str:
    """The template of a roadmap: as it was named now, as the state remembers it, else the bundled one of that name.
    Raises StateError."""
    from notion_roadmap.places import state_file
    from notion_roadmap.store import open_state

    if template is not None:
        return template
    state = open_state(state_file(settings), "", read_only=True).state
    try:
        return str(state.of(roadmap).fact(SOURCE) or roadmap)
    finally:
        state.close()


def source_of(template: str) -> str:
    """A template as a later command finds it from anywhere: a bundled name as it is, a path made absolute."""
    from pathlib import Path

    path = Path(template)
    return str(path.resolve()) if path.is_file() else template
