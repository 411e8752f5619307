"""Making views: tabs, linked views and widgets, each in full or as far as Notion grants it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from notion_roadmap.errors import BlocksUsedUp, ItemRefused, NotFound
from notion_roadmap.plan.steps import Step
from notion_roadmap.service.context import Context, Difference
from notion_roadmap.service.lookup import Found
from notion_roadmap.wire.errors import CannotSend
from notion_roadmap.workspace.answers import SeenView
from notion_roadmap.workspace.items import Database, Item, Kind
from notion_roadmap.workspace.views import Layout, OnPage, Tab, View, Widget, ladder

DEFAULT_VIEW = "Default view"
"""What Notion calls the view that comes with a database, in English."""


class Maker(Protocol):
    """Makes things once and remembers them."""

    async def create(self, item: Item, place: str, send: Callable[[], Awaitable[Found]]) -> Found:
        """Send a create so that it happens once."""
        ...

    def settle(self, item: Item, found: Found) -> None:
        """Record that the item is there."""
        ...


class Views:
    """Carries out the steps that make views."""

    def __init__(self, context: Context, maker: Maker) -> None:
        self._context = context
        self._maker = maker
        self._gateway = context.house.gateway
        self._default_views: dict[str, str] = {}

    async def list_tabs(self, step: Step) -> None:
        """Which views a database that was just made has: one, that nobody asked for."""
        database = step.subject
        assert isinstance(database, Database)
        ids = await self._gateway.view_ids(self._context.addresses.ids[database.key])
        self._context.siblings[database.key] = ids
        if len(ids) == 1:
            self._default_views[database.key] = ids[0]

    async def take_default(self, step: Step) -> None:
        """Notion makes a table with every database, and the last view cannot be deleted: ours takes its place."""
        view = step.subject
        assert isinstance(view, View)
        identifier = await self._unclaimed_table(view)
        if identifier is None:
            await self.create(step)
            return
        for rung, wish in enumerate(ladder(view)):
            try:
                seen = await self._gateway.update_view(identifier, wish, self._context.addresses, self._context.columns)
            except ItemRefused as refusal:
                if rung == len(ladder(view)) - 1 or not _asks_for_less(refusal):
                    raise
                continue
            refs = {"database": self._context.addresses.ids[view.database], "shown": seen.shown}
            self._maker.settle(view, Found(identifier, refs, rung))
            self._context.differences.extend(_told(view, seen))
            self._tell(view, rung)
            return

    async def _unclaimed_table(self, view: View) -> str | None:
        """The table that came with a database that an earlier run made, whatever the owner's language calls it."""
        if view.database in self._default_views:
            return self._default_views[view.database]
        ids = self._context.siblings.get(view.database, ())
        claimed = {a.id for a in self._context.applied.values() if a.kind is Kind.VIEW}
        unclaimed = [i for i in ids if i not in claimed]
        for identifier in unclaimed:
            there = await self._gateway.view(identifier, self._context.addresses)
            if there is None or there.layout != Layout.TABLE:
                continue
            if there.made_by_us or there.name in (DEFAULT_VIEW, view.name):
                return identifier
        return None

    async def create(self, step: Step) -> None:
        """Make a view, in full or as far as Notion grants it."""
        view = step.subject
        assert isinstance(view, View)
        if isinstance(view.place, Widget) and self._context.applied[view.place.dashboard].rung:
            self._differs(view, "a widget of a dashboard", "nothing: Notion granted no dashboard")
            return
        place = _place_of(view)
        for rung, wish in enumerate(ladder(view)):
            told: list[Difference] = []

            async def send(wish: View = wish, rung: int = rung, told: list[Difference] = told) -> Found:
                seen = await self._send(wish)
                told.extend(_told(view, seen))
                return Found(seen.id, {"database": seen.database_id, "shown": seen.shown}, rung)

            try:
                found = await self._maker.create(view, place, send)
            except ItemRefused as refusal:
                if rung == len(ladder(view)) - 1 or not _asks_for_less(refusal):
                    raise
                continue
            self._context.differences.extend(told)
            self._tell(view, found.rung)
            return

    def _differs(self, view: View, asked: str, got: str) -> None:
        self._context.differences.append(Difference(view.key, asked, got))

    def _tell(self, view: View, rung: int) -> None:
        if rung:
            self._differs(view, f"a {view.layout} in full", f"a plainer {ladder(view)[rung].layout}")

    async def _send(self, view: View) -> SeenView:
        """Send the create of a view to the place that it wishes for."""
        addresses, columns = self._context.addresses, self._context.columns
        ids = addresses.ids
        match view.place:
            case Tab(after=left):
                return await self._gateway.create_view(view, addresses, columns, after_view=self._tab_there(view, left))
            case OnPage(page=page, below=anchor):
                below = addresses.anchors.get(f"{page}#{anchor}", "")
                return await self._gateway.create_view(view, addresses, columns, page_id=ids[page], after_block=below)
            case Widget(dashboard=dashboard):
                first = self._is_first_in_row(view)
                return await self._gateway.create_view(
                    view, addresses, columns, dashboard_view_id=ids[dashboard], first_in_row=first
                )

    def _tab_there(self, view: View, left: str) -> str:
        """The id of the nearest tab to the left that is still there; "" when there is none."""
        there = self._context.siblings.get(view.database, ())
        places = {one.key: one.place for one in self._context.workspace.views}
        while left and self._context.addresses.ids.get(left) not in there:
            place = places.get(left)
            left = place.after if isinstance(place, Tab) else ""
        return self._context.addresses.ids.get(left, "")

    def _is_first_in_row(self, view: View) -> bool:
        """Whether no widget of the same row of the same dashboard has been made yet."""
        return not any(
            isinstance(other.place, Widget) and other.place == view.place and self._context.addresses.knows(other.key)
            for other in self._context.workspace.views
        )


def _asks_for_less(refusal: ItemRefused) -> bool:
    """Whether Notion, or we before it, refused what was wished for; and not that anything was wished for just now."""
    if isinstance(refusal, NotFound | BlocksUsedUp):
        return False
    told = refusal.status in (400, 403) and bool(refusal.code)  # a failed look after a lost answer has another status
    return told or isinstance(refusal, CannotSend)


def _place_of(view: View) -> str:
    match view.place:
        case Tab():
            return view.database
        case OnPage(page=page):
            return page
        case Widget(dashboard=dashboard):
            return dashboard


def _told(view: View, seen: SeenView) -> list[Difference]:
    return [Difference(view.key, f"{d.field}: {d.asked}", str(d.got)) for d in seen.differences]
