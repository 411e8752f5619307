"""Making views: tabs, linked views and widgets, each in full or as far as Notion grants it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Protocol

from notion_roadmap.errors import BlocksUsedUp, ItemRefused, NotFound
from notion_roadmap.plan.steps import Step
from notion_roadmap.service.context import Context, Difference
from notion_roadmap.service.lookup import Found
from notion_roadmap.service.stand_ins import REPLACES, is_linked, removable
from notion_roadmap.wire.errors import CannotSend
from notion_roadmap.workspace.answers import SeenView
from notion_roadmap.workspace.items import Database, Item, Kind
from notion_roadmap.workspace.observed import Applied
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
        if (old := self._stand_in(view)) is not None:
            await self._try_again(view, old)
            return
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
        if (old := self._stand_in(view)) is not None:
            await self._try_again(view, old)
            return
        for rung in range(len(ladder(view))):
            try:
                found = await self._make(view, rung, {})
            except ItemRefused as refusal:
                if rung == len(ladder(view)) - 1 or not _asks_for_less(refusal):
                    raise
                continue
            self._tell(view, found.rung)
            return

    async def _make(self, view: View, rung: int, refs: Mapping[str, str]) -> Found:
        """Make what this rung of the ladder asks for. Raises ItemRefused when Notion does not grant it."""
        told: list[Difference] = []

        async def send() -> Found:
            seen = await self._send(ladder(view)[rung])
            told.extend(_told(view, seen))
            return Found(seen.id, {"database": seen.database_id, "shown": seen.shown, **refs}, rung)

        found = await self._maker.create(view, _place_of(view), send)
        self._context.differences.extend(told)
        return found

    def _stand_in(self, view: View) -> Applied | None:
        """What stands there in the place of a view that was refused, None where nothing does."""
        there, known = self._context.live.get(view.key), self._context.applied.get(view.key)
        return known if known is not None and known.rung and there is not None and not there.trashed else None

    async def _try_again(self, view: View, old: Applied) -> None:
        """Ask for more than what stands there: in its place where the layout is the same, beside it where it is not,
        since no layout can be changed. Where Notion refuses again, all stays as it is."""
        for rung, wish in enumerate(ladder(view)[: old.rung]):
            try:
                if wish.layout is ladder(view)[old.rung].layout:
                    await self._enrich(view, old, rung)
                else:
                    found = await self._make(view, rung, {REPLACES: removable(old)})
                    await self._let_go(view, found, old)
            except ItemRefused as refusal:
                if not _asks_for_less(refusal):
                    raise
                continue
            self._tell(view, rung)
            return
        self._tell(view, old.rung)

    async def _enrich(self, view: View, old: Applied, rung: int) -> None:
        addresses, columns = self._context.addresses, self._context.columns
        seen = await self._gateway.update_view(old.id, ladder(view)[rung], addresses, columns)
        self._maker.settle(view, Found(old.id, {**old.refs, "shown": seen.shown}, rung))
        self._context.differences.extend(_told(view, seen))

    async def _let_go(self, view: View, found: Found, old: Applied) -> None:
        """Take away what stood there instead; a run that is cut short in between leaves that to the next one."""
        if is_linked(old):
            await self._gateway.delete_block(removable(old))
        else:
            await self._gateway.delete_view(old.id)
        self._maker.settle(view, replace(found, refs={n: v for n, v in found.refs.items() if n != REPLACES}))

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
