"""The weeks as rows: a plan at the start, the documented template filled in through it, a review when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import REVIEWS, SOON
from notion_roadmap.blueprint.prose import rounded
from notion_roadmap.blueprint.review_body import review_blocks
from notion_roadmap.blueprint.task_rows import row_key
from notion_roadmap.blueprint.weeks import week_label, week_start
from notion_roadmap.roadmap import ReviewTemplate
from notion_roadmap.roadmap.watching import WeekFacts
from notion_roadmap.workspace.items import Database, Row
from notion_roadmap.workspace.properties import DateSpan, Value
from notion_roadmap.workspace.text import Text


def review_key(label: str) -> str:
    """The key of the row of a week, such as reviews/2026-W47."""
    return f"{REVIEWS}/{label}"


def review_rows(outline: Outline, template: ReviewTemplate, made: Database) -> Iterator[Row]:
    """Every week that is still open, the oldest first. A week that is closed is its owner's: it is not drawn again."""
    starts = outline.record.steering.week_start
    there = {prop.key for prop in made.properties}
    known = {week_label(week_start(week.first, starts)) for week in outline.record.weeks}
    for place, facts in enumerate(sorted(outline.life.weeks, key=lambda week: week.first)):
        key = review_key(facts.label)
        body = review_blocks(outline, template, facts)
        told = _values(outline, template, facts, known=facts.label in known)
        values = {name: value for name, value in told.items() if name in there}
        yield Row(key, REVIEWS, {**values, f"{REVIEWS}.key": Text.of(key)}, body, rank=SOON + 10 + place)


def _values(outline: Outline, template: ReviewTemplate, facts: WeekFacts, *, known: bool) -> dict[str, Value]:
    title = template.title.replace("[Date]", facts.first.isoformat())
    over = facts.last < outline.life.today
    day = forecast_of(outline, facts) if over else None
    values: dict[str, Value] = {
        "reviews.title": Text.of(f"{facts.label} · {title}"),
        "reviews.week": DateSpan(facts.first, facts.last),
        "reviews.phase": facts.phase or outline.current_phase.option,
        "reviews.said": len(facts.said) if over else None,
        "reviews.did": len(facts.did) if over else None,
        "reviews.hours_planned": rounded(facts.hours_planned),
        "reviews.hours_done": rounded(facts.hours_done),
        "reviews.hours_spent": rounded(facts.hours_spent),
        "reviews.forecast": DateSpan(day) if day else None,
        "reviews.closed": over,
    }
    if not known and not over:
        # Proposed once, when the week's row is made. From then on they are what was said.
        priorities = tuple(row_key(outline.roadmap, key) for key in outline.numbers.priorities)
        values["reviews.priorities"] = priorities or None
    return values


def forecast_of(outline: Outline, facts: WeekFacts) -> date | None:
    """What was forecast for the whole in a week that is over: the last that was written down in it, for the week that
    has just ended today's."""
    written = [
        (one.made_on, one.p50)
        for one in outline.record.forecasts
        if not one.subject and facts.first <= one.made_on <= facts.last
    ]
    if written:
        return max(written)[1]
    return outline.numbers.forecast.overall.p50 if is_last_over(outline, facts) else None


def is_last_over(outline: Outline, facts: WeekFacts) -> bool:
    """Whether it is the week before this one."""
    return 0 < (outline.life.today - facts.last).days <= 7
