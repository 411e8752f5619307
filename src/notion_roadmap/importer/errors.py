"""Why a document cannot be imported, said so that its owner can mend it."""

from __future__ import annotations

from notion_roadmap.errors import UserError


class ImportRefused(UserError):
    """A document cannot become a roadmap."""


class DocumentTooLarge(ImportRefused):
    """The file is larger than a roadmap can be.

    Args:
        size, limit: in bytes.
    """

    def __init__(self, name: str, size: int, limit: int) -> None:
        self.name = name
        self.size = size
        self.limit = limit
        super().__init__(
            f"{name} has {size:,} bytes, more than the {limit:,} that can be imported",
            hint="Give the part that holds the roadmap as a file of its own.",
        )


class DocumentBinary(ImportRefused):
    """The file is no text."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name} is not text", hint="Give a Markdown file.")


class NothingToDo(ImportRefused):
    """The document holds nothing that could be a task."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"{name} holds no list, no table and no heading that reads like a task",
            hint="Write the tasks as a list below headings such as `## Phase 1`, or begin with `template new`.",
        )
