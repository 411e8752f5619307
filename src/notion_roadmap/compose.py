"""The composition root: settings in, wired services out. The only module of ours that knows the sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from pydantic import SecretStr

from notion_roadmap.clock import Clock, SystemClock
from notion_roadmap.errors import SettingInvalid, UserError
from notion_roadmap.notion.gateway import Gateway
from notion_roadmap.notion.terms import Patience
from notion_roadmap.places import embedded_file, state_file
from notion_roadmap.service.house import House
from notion_roadmap.service.intake import ENTRIES
from notion_roadmap.service.pull import COLUMNS
from notion_roadmap.service.status import SYNCED
from notion_roadmap.service.steering import MEMORY
from notion_roadmap.settings import Settings
from notion_roadmap.store import MemoryState, State, open_state
from notion_roadmap.workspace.items import Kind

EMBEDDED = "the embedded workspace"


@dataclass(frozen=True, slots=True)
class Connection:
    """The way to one workspace.

    Args:
        inner: what really sends; None is HTTP.
        close: lets go of what was opened for it.
    """

    token: SecretStr
    parent_page_id: str
    base_url: str
    place: str
    inner: httpx.AsyncBaseTransport | None = None
    close: Callable[[], None] = lambda: None


def connection_of(settings: Settings) -> Connection:
    """Notion if a token is set, else the embedded workspace. Raises SettingInvalid, UserError."""
    if settings.notion_token is None:
        return _embedded(settings)
    if settings.notion_parent_page is None:
        raise SettingInvalid(
            "NOTION_PARENT_PAGE", "is not set", hint="Set it to the URL of the page that the roadmap is to be put on"
        )
    return Connection(settings.notion_token, settings.notion_parent_page, settings.notion_base_url, "Notion")


def _embedded(settings: Settings) -> Connection:
    from notion_roadmap.sandbox import DataInUseError, SandboxClock, SandboxError, create_app, transport

    file = embedded_file(settings)
    moment = settings.roadmap_now
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        app = create_app(data=file, rate_limit=False, clock=SandboxClock(frozen_at=moment) if moment else None)
    except DataInUseError as error:
        raise UserError(
            "The embedded workspace is in use by another process: `notion-roadmap sandbox serve`, or a command",
            hint="Stop it or let it end, then run this again",
        ) from error
    except SandboxError as error:
        raise UserError(str(error).rstrip("."), hint=f"Move {file} away to begin with an empty workspace") from error
    except OSError as error:
        raise UserError(
            f"The embedded workspace {file} cannot be used: {error.strerror}",
            hint="Make room or give yourself the rights",
        ) from error
    workspace = app.state.workspace
    parent = settings.notion_parent_page or workspace.root_page_id
    return Connection(SecretStr(workspace.token), parent, workspace.base_url, EMBEDDED, transport(app), workspace.close)


@asynccontextmanager
async def open_gateway(
    settings: Settings, *, clock: Clock | None = None, patience: Patience | None = None
) -> AsyncIterator[tuple[Gateway, str]]:
    """The talker alone, for checks that need no state, and the id of the page that everything is put on."""
    connection = connection_of(settings)
    clock = clock or SystemClock(settings.roadmap_now)
    gateway = _gateway(settings, connection, clock, read_only=False, patience=patience)
    try:
        yield gateway, connection.parent_page_id
    finally:
        await gateway.aclose()
        connection.close()


def _gateway(
    settings: Settings,
    connection: Connection,
    clock: Clock,
    *,
    read_only: bool,
    state: State | None = None,
    patience: Patience | None = None,
) -> Gateway:
    return Gateway(
        connection.token,
        clock=clock,
        base_url=connection.base_url,
        inner=connection.inner,
        requests_per_minute=_budget(settings, connection),
        earlier=state.spending() if state is not None else (),
        read_only=read_only,
        patience=patience,
    )


def _budget(settings: Settings, connection: Connection) -> int:
    """Requests a minute. The embedded workspace answers at once and has no limit to keep."""
    return settings.notion_requests_per_minute if connection.place != EMBEDDED else 1_000_000


@asynccontextmanager
async def open_house(settings: Settings, roadmap: str, *, read_only: bool = False) -> AsyncIterator[House]:
    """Everything that a service needs for one roadmap, and its end.

    Args:
        roadmap: the roadmap's key.
        read_only: nothing is written, to Notion or to the state: for `plan`, which may run beside a seed.

    Raises SettingInvalid, StateError, UserError.
    """
    clock = SystemClock(settings.roadmap_now)
    opened = open_state(state_file(settings), roadmap, read_only=read_only)
    state = _copy(opened.state) if read_only else opened.state
    try:
        connection = connection_of(settings)
        gateway = _gateway(settings, connection, clock, read_only=read_only, state=state)
        try:
            yield House(
                settings,
                clock,
                gateway,
                state,
                parent_page_id=connection.parent_page_id,
                place=connection.place,
                requests_per_minute=_budget(settings, connection),
                set_aside=opened.set_aside,
            )
        finally:
            await gateway.aclose()
            connection.close()
    finally:
        state.close()


def _copy(state: State) -> State:
    """What a state holds, in memory: looking may settle what an earlier run left open, and none of it is kept."""
    copy, applied = MemoryState(state.roadmap), state.all()
    copy.record(*applied.values())
    copy.intend(*state.intents())
    copy.save_spending(state.spending())
    for database in (key for key, one in applied.items() if one.kind is Kind.DATABASE):
        copy.absorb(database, state.cached(database).values(), (), state.events(), state.watermark(database))
    copy.note_forecasts(*state.forecasts())
    for name in ("choices", "identity", SYNCED, COLUMNS, MEMORY, ENTRIES):
        copy.remember(name, state.fact(name))
    state.close()
    return copy
