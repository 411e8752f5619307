"""What words refer to: the phase or the pillar that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.labels import note_behind
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import plain
from notion_roadmap.importer.words import fold

_SPAN = re.compile(r"([^\W\d]{3,}) (\d+)(?: (\d+))?(?!\d)")
_TAG = re.compile(r"^(?P<word>[^\W\d]+)\s*#?(?P<number>\d{1,3})\b")


def phase_about(draft: Draft, words: str) -> Data | None:
    """The phase that words such as `Phase 3`, `Week 1 (Days 1-7)` or its title speak of."""
    known: dict[tuple[str, str, str], Data] = draft.memo.setdefault("phase spans", {})
    if not known:
        said = [(mark, data) for section, data in draft.phases for mark in _spans(plain(section.title))]
        said += ((mark, data) for section, data in draft.phases for mark in _inner_spans(section))
        for mark, data in said:
            known.setdefault(mark, data)
    # A range says more than a number: `Days 8-15` before `Week 2`.
    for mark in sorted(_spans(words), key=lambda mark: not mark[2]):
        if mark in known:
            return known[mark]
    folded = f" {fold(words)} "
    titles = ((fold(str(data.get("title", ""))), data) for _, data in draft.phases)
    return next((data for title, data in titles if len(title) > 3 and f" {title} " in folded), None)


def _inner_spans(section: Section) -> Iterator[tuple[str, str, str]]:
    for inner in section.sections:
        yield from _spans(plain(inner.title))


def _spans(words: str) -> Iterable[tuple[str, str, str]]:
    return [(unit[:4], first, last) for unit, first, last in _SPAN.findall(fold(words))]


def pillar_of(draft: Draft, words: str) -> Data | None:
    """The pillar that a label such as `Pillar 2 (Polars)` or its title names."""
    pillars: list[Data] = draft.data.get("pillars", [])
    tag = _TAG.match(words.strip())
    if tag:
        named = fold(f"{tag['word']} {int(tag['number'])}")
        return next((pillar for pillar in pillars if fold(pillar["option"]) == named), None)
    said = fold(note_behind(words)[0])
    return next(
        (pillar for pillar in pillars if said and said in (fold(pillar["title"]), fold(pillar["option"]))), None
    )
