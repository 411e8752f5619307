"""One row an ISO week: made at its start as the plan, filled through it, closed at its end."""

from __future__ import annotations

from collections.abc import Iterable

from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import (
    DATA_PAGE,
    OURS,
    REVIEWS,
    TASKS,
    Part,
    column,
    database,
    existing,
    phase_options,
    tabs,
)
from notion_roadmap.blueprint.review_rows import review_rows
from notion_roadmap.blueprint.roles import has_role
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.workspace.properties import Property, PropertyType, Relation
from notion_roadmap.workspace.views import Condition, Layout, Sort, View


def reviews_part(outline: Outline) -> Part:
    """The weekly reviews with every week that is open."""
    template = outline.roadmap.review
    made = database(
        REVIEWS,
        DATA_PAGE,
        "Weekly Reviews",
        _columns(outline.roadmap),
        icon="🔁",
        description=outline.roadmap.titles.weekly_review or _said_of(outline.roadmap),
        grows=f"{REVIEWS}/",
    )
    views = tuple(existing(view, made) for view in _views())
    return Part(made, views, tuple(review_rows(outline, template, made)))


def _said_of(roadmap: Roadmap) -> str:
    return (
        roadmap.weekly_review.title if roadmap.weekly_review else "Each week: its plan, what was done, what comes next."
    )


def _columns(roadmap: Roadmap) -> Iterable[Property]:
    number = PropertyType.NUMBER
    yield column("reviews.title", "Review", PropertyType.TITLE, "The ISO week and its first day.")
    yield column("reviews.week", "Week", PropertyType.DATE, "Monday to Sunday.", OURS)
    words = "What this week is for, three at most. Proposed; edit it as you like."
    relation = Relation(TASKS)
    yield column("reviews.priorities", "Priorities", PropertyType.RELATION, words, relation=relation, proposed=True)
    options = phase_options(roadmap)
    yield column("reviews.phase", "Phase", PropertyType.SELECT, "The phase of that week.", OURS, options=options)
    words = "Tasks that the week was planned for, counted when it closes."
    yield column("reviews.said", "Said", number, words, OURS)
    words = "Tasks of them that were completed, counted when it closes."
    yield column("reviews.did", "Did", number, words, OURS)
    if has_role(roadmap, "hours"):
        words = "Required hours first due in that week."
        yield column("reviews.hours_planned", "Hours Planned", number, words, OURS)
        words = "Estimated hours of what was completed in it."
        yield column("reviews.hours_done", "Hours Done", number, words, OURS)
        words = "Hours that this really took, as you entered them."
        yield column("reviews.hours_spent", "Hours Spent", number, words, OURS)
    words = "When all that is required would be done, as it looked at the end of that week."
    yield column("reviews.forecast", "Forecast", PropertyType.DATE, words, OURS)
    words = "Ticked when the week is over: its numbers stand still from then on."
    yield column("reviews.closed", "Closed", PropertyType.CHECKBOX, words, OURS)


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
        "reviews.hours_planned",
        "reviews.hours_done",
        "reviews.forecast",
        "reviews.closed",
    )
    latest = (Sort("reviews.week", descending=True),)
    return tabs(
        week_view("view:reviews/this-week", "This Week"),
        View("view:reviews/all", REVIEWS, "All Reviews", Layout.TABLE, sorts=latest, shown=shown),
    )
