"""One row an application, moved from stage to stage by the owner."""

from __future__ import annotations

from collections.abc import Iterable

from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import APPLICATIONS, DATA_PAGE, THEIRS, Part, column, database, tabs
from notion_roadmap.blueprint.prose import slug
from notion_roadmap.roadmap import Funnel
from notion_roadmap.workspace.properties import Option, Property, PropertyType
from notion_roadmap.workspace.views import AllOf, Condition, GroupBy, Layout, Sort, View

OPEN = "Open"
_COLORS = ("gray", "blue", "purple", "orange", "green")


def stage_date(stage: str) -> str:
    """The key of the property that holds when a stage was reached."""
    return f"applications.{slug(stage).replace('-', '_')}_on"


def applications_part(outline: Outline) -> Part | None:
    """The applications, empty; None where the roadmap has no funnel."""
    funnel = outline.roadmap.funnel
    if funnel is None:
        return None
    made = database(
        APPLICATIONS,
        DATA_PAGE,
        "Applications",
        _columns(funnel),
        icon="📨",
        description="One row an application. Move it from stage to stage; the dates and conversions follow.",
        grows=f"{APPLICATIONS}/",
    )
    return Part(made, _views())


def _columns(funnel: Funnel) -> Iterable[Property]:
    date, select, text = PropertyType.DATE, PropertyType.SELECT, PropertyType.TEXT
    yield column("applications.title", "Company", PropertyType.TITLE, "Where you apply.")
    yield column("applications.role", "Role", text, "For which position.", THEIRS)
    stages = tuple(Option(stage, _COLORS[min(place, len(_COLORS) - 1)]) for place, stage in enumerate(funnel.stages))
    words = "The furthest stage that it has reached. It stays when the answer is no: that is the Outcome."
    yield column("applications.stage", "Stage", select, words, THEIRS, options=stages)
    words = "How it ended; Open until then."
    yield column("applications.outcome", "Outcome", select, words, THEIRS, options=_OUTCOMES)
    for stage in funnel.stages:
        words = f"The day on which {stage} was first seen as its stage. It counts as reached while a day stands here."
        yield column(stage_date(stage), f"{stage} On", date, words)
    yield column("applications.next_action", "Next Action", text, "What you do next.", THEIRS)
    yield column("applications.follow_up_on", "Follow-up On", date, "When to ask again.", THEIRS)
    yield column("applications.link", "Link", PropertyType.URL, "The advertisement.", THEIRS)
    yield column("applications.notes", "Notes", text, "Yours.", THEIRS)


def _views() -> tuple[View, ...]:
    shown = ("applications.role", "applications.outcome", "applications.next_action", "applications.follow_up_on")
    still_open = Condition("applications.outcome", "equals", OPEN)
    by_stage = GroupBy("applications.stage")
    follow_up = (Sort("applications.follow_up_on"),)
    due = AllOf((Condition("applications.follow_up_on", "on_or_before", "today"), still_open))
    return tabs(
        View("view:applications/pipeline", APPLICATIONS, "Pipeline", Layout.BOARD, group_by=by_stage, shown=shown),
        View(
            "view:applications/follow-up",
            APPLICATIONS,
            "Follow Up",
            Layout.LIST,
            filter=due,
            sorts=follow_up,
            shown=shown,
        ),
        View(
            "view:applications/all",
            APPLICATIONS,
            "All Applications",
            Layout.TABLE,
            shown=("applications.role", "applications.stage", *shown[1:], "applications.link"),
        ),
    )


_OUTCOMES = (Option(OPEN, "blue"), Option("Rejected", "red"), Option("Withdrawn", "gray"), Option("Accepted", "green"))
