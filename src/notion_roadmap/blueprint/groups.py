"""One row a pillar and one a week of the document: how far each has come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from notion_roadmap.blueprint.order import in_reading_order
from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import DATA_PAGE, GROUPS, LATER, OURS, Part, column, database, key_by_words, tabs
from notion_roadmap.blueprint.prose import prose, share
from notion_roadmap.roadmap import Pillar, Roadmap
from notion_roadmap.roadmap.results import Progress
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.properties import Option, Property, PropertyType, Value
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import Condition, Layout, Sort, View

PILLAR, WEEK = "Pillar", "Week"
_SHOWN = ("groups.required_progress", "groups.completed", "groups.total")


def groups_part(outline: Outline) -> Part | None:
    """Pillars and weeks with their progress; None where the roadmap has neither."""
    roadmap = outline.roadmap
    kinds = _kinds(roadmap)
    if not kinds:
        return None
    words = roadmap.titles.pillars if PILLAR in kinds else None
    made = database(
        GROUPS,
        DATA_PAGE,
        " and ".join(f"{kind}s" for kind in kinds),
        _columns(roadmap, kinds),
        icon="🏛️",
        description=words or f"How far each {' and each '.join(kinds).lower()} has come.",
    )
    return Part(made, _views(kinds), tuple(_rows(outline)))


def pillars_of(roadmap: Roadmap) -> tuple[Pillar | str, ...]:
    """The pillars in the order of the document; by their option alone those that only tasks name."""
    told = {pillar.option: pillar for pillar in roadmap.pillars}
    named = (task.pillar for task in in_reading_order(roadmap) if task.pillar)
    return (*roadmap.pillars, *(name for name in dict.fromkeys(named) if name not in told))


def pillars_view(roadmap: Roadmap, key: str, name: str) -> View:
    """The pillars with their progress."""
    only = Condition("groups.kind", "equals", PILLAR) if len(_kinds(roadmap)) > 1 else None
    return View(key, GROUPS, name, Layout.TABLE, filter=only, sorts=(Sort("groups.order"),), shown=_SHOWN)


def _kinds(roadmap: Roadmap) -> list[str]:
    pillars = [PILLAR] if pillars_of(roadmap) else []
    return pillars + ([WEEK] if any(task.week for _, task in roadmap.tasks()) else [])


def _columns(roadmap: Roadmap, kinds: list[str]) -> Iterator[Property]:
    number, percent = PropertyType.NUMBER, "percent"
    yield column("groups.title", "Name", PropertyType.TITLE, "As the tasks name it.")
    yield column("groups.order", "Order", number, "Its place in the document.", OURS)
    if len(kinds) > 1:
        options = (Option(PILLAR, "purple"), Option(WEEK, "blue"))
        yield column("groups.kind", "Kind", PropertyType.SELECT, "Pillar or week.", OURS, options=options)
    if any(pillar.note for pillar in roadmap.pillars):
        yield column("groups.about", "About", PropertyType.TEXT, "What it is, in the words of the document.")
    yield column("groups.completed", "Completed", number, "Tasks that are completed.", OURS)
    yield column("groups.total", "Tasks", number, "All its tasks.", OURS)
    words = "Required tasks completed; alternatives, stretch goals and what was dropped do not count."
    yield column("groups.required_progress", "Required Progress", number, words, OURS, number_format=percent)
    words = "Completed tasks of all tasks."
    yield column("groups.progress", "Progress %", number, words, OURS, number_format=percent)


def _rows(outline: Outline) -> Iterator[Row]:
    roadmap, kinds = outline.roadmap, _kinds(outline.roadmap)
    taken: set[str] = set()
    for kind, option, title, about in _groups(roadmap):
        key = key_by_words(f"{GROUPS}/{kind.lower()}", option, taken)
        values: dict[str, Value] = {
            "groups.title": title,
            "groups.order": len(taken),
            "groups.key": Text.of(key),
            **_numbers((outline.numbers.pillars if kind == PILLAR else outline.numbers.weeks).get(option)),
        }
        if len(kinds) > 1:
            values["groups.kind"] = kind
        if any(pillar.note for pillar in roadmap.pillars):
            values["groups.about"] = about or None
        yield Row(key, GROUPS, values, rank=LATER + len(taken))


def _groups(roadmap: Roadmap) -> Iterator[tuple[str, str, Text, Text]]:
    """Kind, option, title and note of each."""
    for pillar in pillars_of(roadmap):
        if isinstance(pillar, str):
            yield PILLAR, pillar, Text.of(pillar), Text()
        else:
            same = pillar.title == pillar.option
            title = Text.of(pillar.option if same else f"{pillar.option}: {pillar.title}")
            yield PILLAR, pillar.option, title, prose(pillar.note)
    for week in dict.fromkeys(task.week for task in in_reading_order(roadmap) if task.week):
        yield WEEK, week, Text.of(week), Text()


def _numbers(told: Progress | None) -> Mapping[str, Value]:
    """Nothing where the column that it needs is gone."""
    return {
        "groups.completed": told.completed if told else None,
        "groups.total": told.total if told else None,
        "groups.required_progress": share(told.required_percent) if told else None,
        "groups.progress": share(told.percent) if told else None,
    }


def _views(kinds: Iterable[str]) -> tuple[View, ...]:
    order = (Sort("groups.order"),)
    every = View("view:groups/all", GROUPS, "All", Layout.TABLE, sorts=order, shown=_SHOWN)
    only = [
        View(
            f"view:groups/{kind.lower()}s",
            GROUPS,
            f"{kind}s",
            Layout.TABLE,
            filter=Condition("groups.kind", "equals", kind),
            sorts=order,
            shown=_SHOWN,
        )
        for kind in kinds
    ]
    return tabs(every, *only) if len(only) > 1 else tabs(every)
