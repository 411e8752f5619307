"""One row that lets the owner steer from Notion."""

from __future__ import annotations

from collections.abc import Iterable

from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import DATA_PAGE, LAST, OURS, SETTINGS, THEIRS, Part, column, database, tabs
from notion_roadmap.blueprint.replan_rows import ACCEPT, REPLANS, UNDO, replan_columns, replan_rows
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.properties import DateSpan, Option, Property, PropertyType, Value
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import Condition, Layout, View

ROW = "settings/roadmap"
LAST_SYNC, REPLAN = "settings.last_sync", "settings.replan"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STALE_AFTER_DAYS = 1
"""A service that syncs several times a day has stopped when a whole day passed."""


def settings_part(outline: Outline) -> Part:
    """The settings with their one row."""
    made = database(
        SETTINGS,
        DATA_PAGE,
        "Settings",
        _columns(),
        icon="🎛️",
        description="What steers the roadmap from here: one row, and one for each new plan. Read at each sync.",
        grows=REPLANS,
    )
    values: dict[str, Value] = {
        "settings.title": Text.of("Roadmap"),
        "settings.weekly_hours": outline.choices.weekly_hours,
        "settings.week_start": WEEKDAYS[0],
        "settings.sync_now": False,
        REPLAN: False,
        LAST_SYNC: DateSpan(outline.synced_on) if outline.synced_on else None,
        "settings.key": Text.of(ROW),
    }
    plain = Condition("settings.state", "is_empty")
    new_plan = Condition("settings.state", "is_not_empty")
    views = tabs(
        View("view:settings/all", SETTINGS, "Settings", Layout.TABLE, filter=plain, shown=_STEERING),
        View("view:settings/replans", SETTINGS, "New Plans", Layout.TABLE, filter=new_plan, shown=_NEW_PLANS),
    )
    return Part(made, views, (Row(ROW, SETTINGS, values, rank=LAST - 1), *replan_rows(outline)))


def _columns() -> Iterable[Property]:
    yield column("settings.title", "Name", PropertyType.TITLE, "The one row that is read.")
    words = "Hours a week that go into the roadmap; forecasts and plans follow."
    yield column("settings.weekly_hours", "Weekly Hours", PropertyType.NUMBER, words, proposed=True)
    words = "The day on which your week begins."
    options = tuple(map(Option, WEEKDAYS))
    yield column("settings.week_start", "Week Start", PropertyType.SELECT, words, options=options)
    words = "Until this day nothing is planned and no streak breaks."
    yield column("settings.pause_until", "Pause Until", PropertyType.DATE, words, THEIRS)
    words = "Tick it to have everything brought up to date soon; it unticks itself."
    yield column("settings.sync_now", "Sync Now", PropertyType.CHECKBOX, words, OURS)
    words = "Tick it to have new dates proposed for what is left, under New Plans; it unticks itself."
    yield column(REPLAN, "Replan", PropertyType.CHECKBOX, words, OURS)
    yield column(LAST_SYNC, "Last Sync", PropertyType.DATE, "The last time all was in step.", OURS)
    words = "Turns stale by itself when nothing has synced for more than a day."
    yield column("settings.light", "Sync Light", PropertyType.FORMULA, words, OURS, formula=_LIGHT)
    yield from replan_columns()


_STEERING = (
    "settings.weekly_hours",
    "settings.pause_until",
    "settings.week_start",
    "settings.sync_now",
    REPLAN,
    LAST_SYNC,
    "settings.light",
)
_NEW_PLANS = ("settings.state", ACCEPT, UNDO, "settings.moves", "settings.new_end", "settings.old_end")


_LIGHT = (
    'if(empty(prop("Last Sync")), "⚪ Not synced yet", '
    f'if(dateBetween(now(), prop("Last Sync"), "days") > {STALE_AFTER_DAYS}, "🔴 Stale", "🟢 Fresh"))'
)
