"""What every workspace must keep to, whatever the roadmap: keys, references and Notion's limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from notion_roadmap.workspace.blocks import Block, BlockType, walk
from notion_roadmap.workspace.items import Database, Row, Workspace
from notion_roadmap.workspace.limits import (
    CHILDREN,
    OPTION_NAME,
    OPTIONS,
    PROPERTY_DESCRIPTION,
    RICH_TEXTS,
    TEXT_LENGTH,
    VALUES,
    WIDGETS,
)
from notion_roadmap.workspace.properties import COMPUTED, Option, Property, PropertyType, Value
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import AllOf, AnyOf, Condition, Filter, Layout, OnPage, Tab, View, Widget

TABS = 8
CARD_FIELDS = 10
WIDGETS_IN_A_ROW = 4

_CARDS = frozenset({Layout.BOARD, Layout.GALLERY, Layout.LIST, Layout.CALENDAR, Layout.TIMELINE})


def check(workspace: Workspace) -> tuple[str, ...]:
    """Sentences about what is wrong, in a fixed order; empty when all is well."""
    return tuple(sorted(_problems(workspace)))


def _problems(workspace: Workspace) -> Iterator[str]:
    for key, uses in Counter(item.key for item in workspace.items()).items():
        if uses > 1:
            yield f"{key} is used {uses} times"
    for database in workspace.databases:
        yield from _database(workspace, database)
    for view in workspace.views:
        yield from _view(workspace, view)
    yield from _dashboards(workspace)
    keys = {row.key for row in workspace.rows}
    for row in workspace.rows:
        yield from _row(workspace, row, keys)
    for page in workspace.pages:
        yield from _blocks(page.key, page.body)
    for section in workspace.sections:
        yield from _blocks(section.key, section.blocks)


def _database(workspace: Workspace, database: Database) -> Iterator[str]:
    keys = {prop.key for prop in database.properties}
    everywhere = {prop.key for other in workspace.databases for prop in other.properties}
    if sum(prop.type is PropertyType.TITLE for prop in database.properties) != 1 or f"{database.key}.title" not in keys:
        yield f"{database.key} has not exactly one title"
    if database.key_property != f"{database.key}.key" or database.key_property not in keys:
        yield f"{database.key} has no key property"
    for name, uses in Counter(prop.name.casefold() for prop in database.properties).items():
        if uses > 1:
            yield f"{database.key} has {uses} properties called {name}"
    for prop in database.properties:
        yield from _property(workspace, prop, keys, everywhere)
    tabs = [view for view in workspace.views if view.database == database.key and isinstance(view.place, Tab)]
    if len(tabs) > TABS:
        yield f"{database.key} has {len(tabs)} tabs"
    if not any(view.layout is Layout.TABLE for view in tabs):
        yield f"{database.key} has no table among its tabs"
    lefts = Counter(view.place.after for view in tabs if isinstance(view.place, Tab))
    if any(uses > 1 for uses in lefts.values()) or not set(lefts) <= {"", *(view.key for view in tabs)}:
        yield f"the tabs of {database.key} do not stand in a row"


def _property(workspace: Workspace, prop: Property, keys: set[str], everywhere: set[str]) -> Iterator[str]:
    if _units(prop.description) > PROPERTY_DESCRIPTION:
        yield f"the description of {prop.key} is too long"
    yield from _options(prop.key, prop.options)
    if prop.relation is not None:
        if prop.relation.target not in {database.key for database in workspace.databases}:
            yield f"{prop.key} points at {prop.relation.target}, which does not exist"
        if prop.relation.back and prop.relation.back not in everywhere:
            yield f"{prop.key} is shown as {prop.relation.back}, which does not exist"
    if prop.rollup is not None and not ({prop.rollup.relation} <= keys and prop.rollup.target in everywhere):
        yield f"{prop.key} rolls up what does not exist"


def _options(key: str, options: tuple[Option, ...]) -> Iterator[str]:
    if len(options) > OPTIONS:
        yield f"{key} has {len(options)} options"
    for name, uses in Counter(option.name.casefold() for option in options).items():
        if uses > 1 or "," in name or _units(name) > OPTION_NAME:
            yield f"the option {name!r} of {key} is not possible"


def _view(workspace: Workspace, view: View) -> Iterator[str]:
    there = {prop.key for prop in workspace.database(view.database).properties}
    if view.layout is Layout.DASHBOARD:
        there = set()
    used = {*view.shown, *(sort.property for sort in view.sorts), *_filtered(view.filter), view.date, view.end}
    used |= {view.arrows, view.group_by.property if view.group_by else ""}
    if view.chart is not None:
        groups = (view.chart.x, view.chart.stack_by)
        used |= {view.chart.of, *(group.property for group in groups if group is not None)}
    for missing in sorted(used - there - {""}):
        yield f"{view.key} uses {missing}, which its database does not have"
    if view.layout in _CARDS and len(view.shown) > CARD_FIELDS:
        yield f"{view.key} shows {len(view.shown)} fields on a card"
    if view.layout is Layout.BOARD and view.group_by is None:
        yield f"{view.key} has nothing to group by"
    if view.layout in (Layout.CALENDAR, Layout.TIMELINE) and not view.date:
        yield f"{view.key} has no date to go by"
    if isinstance(view.place, OnPage):
        bodies = {page.key: page.body for page in workspace.pages}
        if view.place.below not in {block.anchor for block in bodies.get(view.place.page, ())}:
            yield f"{view.key} stands below {view.place.below}, which is not on {view.place.page}"


def _filtered(wish: Filter | None) -> set[str]:
    if isinstance(wish, Condition):
        return {wish.property}
    return {key for part in wish.parts for key in _filtered(part)} if isinstance(wish, AllOf | AnyOf) else set()


def _dashboards(workspace: Workspace) -> Iterator[str]:
    dashboards = {view.key for view in workspace.views if view.layout is Layout.DASHBOARD}
    places = [view.place for view in workspace.views if isinstance(view.place, Widget)]
    for dashboard in sorted({place.dashboard for place in places} | dashboards):
        rows = Counter(place.row for place in places if place.dashboard == dashboard)
        if dashboard not in dashboards:
            yield f"the dashboard {dashboard} does not exist"
        if sum(rows.values()) > WIDGETS or any(uses > WIDGETS_IN_A_ROW for uses in rows.values()):
            yield f"{dashboard} has too many widgets"


def _row(workspace: Workspace, row: Row, rows: set[str]) -> Iterator[str]:
    properties = {prop.key: prop for prop in workspace.database(row.database).properties}
    if not row.key.startswith(f"{row.database}/") or row.values.get(f"{row.database}.key") != Text.of(row.key):
        yield f"{row.key} does not carry its key"
    for key, value in row.values.items():
        prop = properties.get(key)
        if prop is None or prop.type in COMPUTED:
            yield f"{row.key} has a value for {key}, which it cannot have"
        elif isinstance(value, tuple):
            if len(value) > VALUES or not value:
                yield f"{row.key} has {len(value)} values in {key}"
            related = {one for one in value if not one.startswith("id:")}
            if prop.type is PropertyType.RELATION and not related <= rows:
                yield f"{row.key} points by {key} at what does not exist"
        elif isinstance(value, Text):
            yield from _text(f"{key} of {row.key}", value)
        elif prop.type is PropertyType.SELECT and not _is_option(value, prop):
            yield f"{row.key} has {value!r} in {key}, which is no option"
    yield from _blocks(row.key, row.body)


def _is_option(value: Value, prop: Property) -> bool:
    """Whether the value is an option; those beyond the first hundred come with their first row."""
    return value in {None, *(option.name for option in prop.options)} or len(prop.options) == OPTIONS


def _blocks(where: str, blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in walk(blocks):
        if block.type is BlockType.TABLE:
            yield from _table(where, block)
        elif block.type is BlockType.TABLE_ROW:
            yield from (problem for cell in block.cells if cell for problem in _text(f"a cell of {where}", cell))
        elif block.type is not BlockType.DIVIDER:
            yield from _text(f"a block of {where}", block.text)


def _table(where: str, block: Block) -> Iterator[str]:
    widths = {len(row.cells) for row in block.children}
    if len(widths) != 1 or widths == {0} or any(row.type is not BlockType.TABLE_ROW for row in block.children):
        yield f"a table of {where} is not one"
    if len(block.children) > CHILDREN:
        yield f"a table of {where} has {len(block.children)} rows"


def _text(where: str, text: Text) -> Iterator[str]:
    if not text:
        yield f"{where} is an empty text"
    if sum(-(-_units(run.text) // TEXT_LENGTH) for run in text.runs) > RICH_TEXTS:
        yield f"{where} is too long"


def _units(text: str) -> int:
    """UTF-16 units, as Notion counts."""
    return len(text.encode("utf-16-le")) // 2
