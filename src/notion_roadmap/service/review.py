"""One week's review: its facts, its words, and whether its page stands. Made by a sync, looked at here."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from notion_roadmap.blueprint import build
from notion_roadmap.blueprint.review_rows import review_key
from notion_roadmap.blueprint.weeks import week_label, week_start
from notion_roadmap.errors import NotionError, UserError
from notion_roadmap.progress import numbers, week_facts
from notion_roadmap.roadmap.life import Life
from notion_roadmap.roadmap.watching import WeekFacts
from notion_roadmap.service.house import House
from notion_roadmap.service.recall import Recalled
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.markdown import inline, markdown
from notion_roadmap.workspace.text import Text


class WeekOutOfReach(UserError):
    """There is no review of a week before the roadmap begins, or of one that has not begun."""

    def __init__(self, label: str, first: str, last: str) -> None:
        self.label = label
        hint = f"There are those from {first} to {last}" if first != last else f"There is that of {first}"
        super().__init__(f"There is no review of {label}", hint=hint)


@dataclass(frozen=True, slots=True)
class Review:
    """One week.

    Args:
        title: of its page.
        closed: the week is over.
        stands: its page is there, as far as was last seen.
        url: where; "" when it does not stand, or Notion did not say.
        text: as our part of the page says it, Markdown.
    """

    facts: WeekFacts
    title: str
    closed: bool
    stands: bool
    url: str
    text: str

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "week": self.facts.label,
            "title": self.title,
            "first": self.facts.first.isoformat(),
            "last": self.facts.last.isoformat(),
            "closed": self.closed,
            "stands": self.stands,
            "url": self.url,
            "facts": asdict(self.facts),
            "text": self.text,
        }


async def review_of(house: House, recalled: Recalled, label: str | None) -> Review:
    """The review of a week, of the current one without a label. Asks for its page; when Notion cannot be
    asked, what was last seen counts.

    Args:
        label: an ISO week such as `2026-W47`; ValueError for any other words.

    Raises WeekOutOfReach, StateError.
    """
    first = _first_day(recalled, label)
    facts = week_facts(recalled.roadmap, recalled.record, first, recalled.today)
    row = _row(recalled, facts)
    title = row.values["reviews.title"]
    assert isinstance(title, Text)
    text = f"# {inline(title)}\n\n{markdown(row.body)}"
    stands, url = await _place(house, row.key)
    return Review(facts, title.plain, facts.last < recalled.today, stands, url, text)


def _first_day(recalled: Recalled, label: str | None) -> date:
    starts = recalled.record.steering.week_start
    earliest = week_start(recalled.choices.first_day, starts)
    latest = week_start(max(recalled.today, recalled.choices.first_day), starts)
    if label is None:
        return latest
    first = week_start(thursday_of(label), starts)
    if not earliest <= first <= latest:
        raise WeekOutOfReach(label, week_label(earliest), week_label(latest))
    return first


def thursday_of(label: str) -> date:
    """The day in the middle of an ISO week, which is in it whatever day weeks begin on. Raises ValueError."""
    year, _, week = label.upper().partition("-W")
    try:
        if len(year) == 4 and len(week) == 2 and (year + week).isascii():
            return date.fromisocalendar(int(year), int(week), 4)
    except ValueError:
        pass
    raise ValueError(f"{label!r} is not an ISO week such as 2026-W47")


def _row(recalled: Recalled, facts: WeekFacts) -> Row:
    """As the blueprint would write it today."""
    figures = numbers(recalled.roadmap, recalled.record, recalled.today)
    life = Life(recalled.record, figures, recalled.synced, (facts,))
    rows = build(recalled.roadmap, recalled.choices, life).rows
    return next(row for row in rows if row.key == review_key(facts.label))


async def _place(house: House, key: str) -> tuple[bool, str]:
    """Whether the page of a row is there, and its address as far as it is known."""
    one = house.state.all().get(key)
    if one is None:
        return False, ""
    seen = house.state.cached(key.partition("/")[0]).get(one.id)
    if seen is not None and seen.gone:
        return False, ""
    try:
        page = await house.gateway.page(one.id)
    except NotionError:
        return True, ""
    return (False, "") if page is None or page.trashed else (True, page.refs.get("url", ""))
