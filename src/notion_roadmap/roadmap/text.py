"""Text with links. The author's own characters are the value; the runs are only a reading of them, so nothing is lost.

A link is written `[text](url)` as in Markdown (https://spec.commonmark.org/0.31.2/#links). Everything else, emphasis
marks and backslashes included, stands for itself.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import Annotated, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import AfterValidator, ConfigDict, RootModel, StringConstraints
from pydantic_core import PydanticCustomError

from notion_roadmap.roadmap.base import MAX_TEXT, MAX_URL


class Run(NamedTuple):
    """A stretch of text, and where it leads if it is a link."""

    text: str
    url: str | None = None


def _refuse_long_urls(source: str) -> str:
    if "](" in source and len(source) > MAX_URL:
        for run in _read(source):
            if run.url and len(run.url) > MAX_URL:
                raise PydanticCustomError(
                    "url_too_long",
                    "the address of the link {text} has {length} characters",
                    {"text": repr(run.text[:60]), "length": len(run.url), "max_length": MAX_URL},
                )
    return source


class Text(
    RootModel[
        Annotated[
            str,
            StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT),
            AfterValidator(_refuse_long_urls),
        ]
    ]
):
    """A text that may hold links. In YAML it is a string."""

    model_config = ConfigDict(frozen=True)

    @property
    def markdown(self) -> str:
        """The text as its author wrote it; `Text(text.markdown) == text`."""
        return self.root

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The text as shown, in order: neighbouring characters of one link, or of none, are one run."""
        return _read(self.root)

    @property
    def plain(self) -> str:
        """The text as shown, without the addresses of its links."""
        return "".join(run.text for run in self.runs)

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses of its links, in order."""
        return tuple(run.url for run in self.runs if run.url)

    def __str__(self) -> str:
        return self.plain


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable("link")
    # An address is kept to the letter, whatever its scheme: only who shows it can say what it accepts.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: bool(url)  # type: ignore[method-assign]
    return parser


def _read(source: str) -> tuple[Run, ...]:
    if "](" not in source:
        return (Run(source),)
    (inline,) = _parser().parseInline(source)
    runs: list[Run] = []
    link: Token | None = None
    for token in inline.children or ():
        if token.type == "link_open":
            link = token
        elif token.type == "link_close":
            # A link's title (`[text](url "title")`) has no place of its own: it follows the link as text.
            title = link.attrGet("title") if link else None
            link = None
            if title:
                runs.append(Run(f" ({title})"))
        elif token.content:
            runs.append(Run(token.content, str(link.attrGet("href") or "") or None if link else None))
    return _joined(runs)


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].url is None and run.url is None:
            joined[-1] = Run(joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)
