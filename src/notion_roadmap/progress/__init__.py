"""From what happened to numbers: pure, each a function of the record and the owner's date. Their definitions, units
and edge cases stand at the functions; what they return is in `roadmap` (results, watching, numbers)."""

from notion_roadmap.progress.explain import Explanation, Source, UnknownNumber, explain, names
from notion_roadmap.progress.numbers import numbers
from notion_roadmap.progress.reviews import week_facts
from notion_roadmap.progress.weeks import Week, local_day, week_of, weeks_between

__all__ = [
    "Explanation",
    "Source",
    "UnknownNumber",
    "Week",
    "explain",
    "local_day",
    "names",
    "numbers",
    "week_facts",
    "week_of",
    "weeks_between",
]
