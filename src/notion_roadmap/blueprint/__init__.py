"""From a roadmap to the workspace that should be: databases, properties, views, rows and blocks, with their owners."""

from notion_roadmap.blueprint.build import build
from notion_roadmap.blueprint.check import check
from notion_roadmap.blueprint.choices import Choices, UnknownTask
from notion_roadmap.blueprint.first_day import first_record
from notion_roadmap.blueprint.honest import HonestEnd, Load, honest_end
from notion_roadmap.blueprint.replan import propose
from notion_roadmap.blueprint.weeks import open_weeks

__all__ = [
    "Choices",
    "HonestEnd",
    "Load",
    "UnknownTask",
    "build",
    "check",
    "first_record",
    "honest_end",
    "open_weeks",
    "propose",
]
