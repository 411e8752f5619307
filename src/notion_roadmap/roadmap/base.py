"""What every value of a roadmap shares: it never changes, it knows no key it was not given, it bounds its texts."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic.types import StrictFloat, StrictInt

MAX_TITLE = 2_000
"""Characters in a title, a label or a key: what one run of text may hold wherever a roadmap is shown."""

MAX_TEXT = 20_000
"""Characters in one text (about ten printed pages): more is a document of its own, not a line of a roadmap."""

MAX_MARKDOWN = 200_000
"""Characters in a passage that is kept as it was written: a long chapter with its code."""

MAX_URL = 2_000
"""Characters in the address of one link."""

MAX_OPTION = 100
"""Characters in the name of an option, and so in a skill, counted as a browser counts them (an emoji is two)."""

Key = Annotated[
    str,
    StringConstraints(
        min_length=1, max_length=MAX_OPTION, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$"
    ),
]
"""What a thing is called for good: lower-case words, hyphens between them, parts with slashes (`phase-2/project-1`)."""

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TITLE)]
"""One line of plain text."""

Markdown = Annotated[str, StringConstraints(min_length=1, max_length=MAX_MARKDOWN)]
"""A passage kept as its author wrote it, with headings, lists, tables and code (https://spec.commonmark.org/0.31.2/)."""

Number = StrictInt | StrictFloat
"""A number as written; neither `true` nor `"40"` is one."""


class Value(BaseModel):
    """A frozen value; lists are tuples, unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True)
