"""One row an ISO week: made at its start as the plan, filled through it, closed at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from notion_roadmap.blueprint.choices import iso_week, monday
from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import (
    DATA_PAGE,
    OURS,
    REVIEWS,
    SOON,
    TASKS,
    Part,
    column,
    database,
    phase_options,
    tabs,
)
from notion_roadmap.blueprint.prose import bullet, numbered, prose, small_heading, to_do, with_note
from notion_roadmap.roadmap import ReviewField, ReviewTemplate, Roadmap
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.properties import DateSpan, Property, PropertyType, Relation
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import Condition, Layout, Sort, View


def reviews_part(outline: Outline) -> Part | None:
    """The weekly reviews with the first week; None where the roadmap has no review."""
    template = outline.roadmap.weekly_review
    if template is None:
        return None
    made = database(
        REVIEWS,
        DATA_PAGE,
        "Weekly Reviews",
        _columns(outline.roadmap),
        icon="🔁",
        description=outline.roadmap.titles.weekly_review or template.title,
        grows=True,
    )
    return Part(made, _views(), (_first_week(outline, template),))


def review_body(template: ReviewTemplate, *, phase: str | None = None) -> tuple[Block, ...]:
    """The documented template; with a phase's key, without what is only asked in another one."""
    blocks: list[Block] = []
    makers: dict[str, Callable[[Text], Block]] = {"checklist": to_do, "list": bullet, "numbered": numbered}
    for section in template.sections:
        blocks.append(small_heading(section.title))
        make = makers[section.style]
        blocks += [make(_said(field)) for field in section.fields if phase is None or field.active_in in (None, phase)]
    return tuple(blocks)


def _said(field: ReviewField) -> Text:
    return with_note(prose(field.text), field.note)


def _columns(roadmap: Roadmap) -> Iterable[Property]:
    number = PropertyType.NUMBER
    yield column("reviews.title", "Review", PropertyType.TITLE, "The ISO week and its first day.")
    yield column("reviews.week", "Week", PropertyType.DATE, "Monday to Sunday.", OURS)
    words = "What this week is for, three at most. Proposed; edit it as you like."
    yield column("reviews.priorities", "Priorities", PropertyType.RELATION, words, relation=Relation(TASKS))
    options = phase_options(roadmap)
    yield column("reviews.phase", "Phase", PropertyType.SELECT, "The phase of that week.", OURS, options=options)
    words = "Tasks that the week was planned for, counted when it closes."
    yield column("reviews.said", "Said", number, words, OURS)
    words = "Tasks of them that were completed, counted when it closes."
    yield column("reviews.did", "Did", number, words, OURS)
    words = "Ticked when the week is over: its numbers stand still from then on."
    yield column("reviews.closed", "Closed", PropertyType.CHECKBOX, words, OURS)


def _first_week(outline: Outline, template: ReviewTemplate) -> Row:
    first = monday(outline.choices.first_day)
    week = iso_week(first)
    key = f"reviews/{week}"
    title = template.title.replace("[Date]", first.isoformat())
    return Row(
        key,
        REVIEWS,
        {
            "reviews.title": Text.of(f"{week} · {title}"),
            "reviews.week": DateSpan(first, first + timedelta(days=6)),
            "reviews.priorities": tuple(f"{TASKS}/{key}" for key in outline.numbers.priorities) or None,
            "reviews.phase": outline.current_phase.option,
            "reviews.said": None,
            "reviews.did": None,
            "reviews.closed": False,
            "reviews.key": Text.of(key),
        },
        review_body(template, phase=outline.current_phase.key),
        rank=SOON + 10,
    )


def week_view(key: str, name: str) -> View:
    """The week that is not closed, with its priorities."""
    still_open = Condition("reviews.closed", "equals", False)
    latest = (Sort("reviews.week", descending=True),)
    shown = ("reviews.priorities", "reviews.phase")
    return View(key, REVIEWS, name, Layout.LIST, filter=still_open, sorts=latest, shown=shown)


def _views() -> tuple[View, ...]:
    shown = (
        "reviews.week",
        "reviews.priorities",
        "reviews.phase",
        "reviews.said",
        "reviews.did",
        "reviews.closed",
    )
    latest = (Sort("reviews.week", descending=True),)
    return tabs(
        week_view("view:reviews/this-week", "This Week"),
        View("view:reviews/all", REVIEWS, "All Reviews", Layout.TABLE, sorts=latest, shown=shown),
    )
