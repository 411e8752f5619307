"""From a roadmap and its owner's choices to the workspace that should be."""

from __future__ import annotations

from notion_roadmap.blueprint.applications import applications_part
from notion_roadmap.blueprint.choices import Choices, check_done
from notion_roadmap.blueprint.criteria import criteria_part
from notion_roadmap.blueprint.daily_log import days_part
from notion_roadmap.blueprint.extras import extras
from notion_roadmap.blueprint.groups import groups_part
from notion_roadmap.blueprint.history import history_part
from notion_roadmap.blueprint.kpis import kpis_part
from notion_roadmap.blueprint.notes import notes_part
from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.pages import pages, root_views
from notion_roadmap.blueprint.phases import phases_part
from notion_roadmap.blueprint.resources import resources_part
from notion_roadmap.blueprint.reviews import reviews_part
from notion_roadmap.blueprint.settings import settings_part
from notion_roadmap.blueprint.tasks import tasks_part
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.life import Life
from notion_roadmap.workspace.items import Workspace

_PARTS = (
    tasks_part,
    phases_part,
    groups_part,
    kpis_part,
    criteria_part,
    days_part,
    reviews_part,
    applications_part,
    history_part,
    resources_part,
    notes_part,
    settings_part,
)


def build(roadmap: Roadmap, choices: Choices, life: Life) -> Workspace:
    """The desired workspace. The same inputs give the same workspace, in whatever order a template lists its tasks.

    Args:
        life: what has become of the roadmap; on the first day that of `first_record`.

    Raises UnknownTask when `choices.done` names a task that the roadmap does not have.
    """
    check_done(roadmap, choices)
    outline = Outline(roadmap, choices, life)
    parts = [part for make in _PARTS if (part := make(outline)) is not None]
    return Workspace(
        key=roadmap.key,
        title=roadmap.title,
        version=str(roadmap.version),
        pages=pages(outline),
        sections=extras(outline),
        databases=tuple(part.database for part in parts),
        views=(*root_views(outline), *(view for part in parts for view in part.views)),
        rows=tuple(row for part in parts for row in part.rows),
        settings=choices.remembered(),
    )
