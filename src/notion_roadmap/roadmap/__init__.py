"""What a roadmap is, in its own words: frozen values, no I/O, nothing about where it will be shown."""

from notion_roadmap.roadmap.base import MAX_OPTION, MAX_TEXT, MAX_TITLE, MAX_URL, Value
from notion_roadmap.roadmap.measures import (
    CategoryCount,
    ConversionCount,
    Counted,
    Funnel,
    FunnelStep,
    Habit,
    HabitCount,
    Kpi,
    OwnCount,
    Requirement,
    StageCount,
)
from notion_roadmap.roadmap.model import Roadmap
from notion_roadmap.roadmap.phase import Choice, Criterion, Measure, Phase
from notion_roadmap.roadmap.reference import Book, Resource, ResourceTable, Titles, Topic
from notion_roadmap.roadmap.rituals import (
    EmergencyProtocol,
    Multiplier,
    ReviewField,
    ReviewSection,
    ReviewTemplate,
    RiskRule,
    SuccessProbability,
    TransitionChecklist,
)
from notion_roadmap.roadmap.task import Line, Scope, Task
from notion_roadmap.roadmap.text import Run, Text
from notion_roadmap.roadmap.tracking import DocumentedProgress, Filter, Option, Property, Role, Tracking, View
from notion_roadmap.roadmap.window import Days, Months, Span, Weeks, Window

__all__ = [
    "MAX_OPTION",
    "MAX_TEXT",
    "MAX_TITLE",
    "MAX_URL",
    "Book",
    "CategoryCount",
    "Choice",
    "ConversionCount",
    "Counted",
    "Criterion",
    "Days",
    "DocumentedProgress",
    "EmergencyProtocol",
    "Filter",
    "Funnel",
    "FunnelStep",
    "Habit",
    "HabitCount",
    "Kpi",
    "Line",
    "Measure",
    "Months",
    "Multiplier",
    "Option",
    "OwnCount",
    "Phase",
    "Property",
    "Requirement",
    "Resource",
    "ResourceTable",
    "ReviewField",
    "ReviewSection",
    "ReviewTemplate",
    "RiskRule",
    "Roadmap",
    "Role",
    "Run",
    "Scope",
    "Span",
    "StageCount",
    "SuccessProbability",
    "Task",
    "Text",
    "Titles",
    "Topic",
    "Tracking",
    "TransitionChecklist",
    "Value",
    "View",
    "Weeks",
    "Window",
]
