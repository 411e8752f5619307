"""Finding out what is wrong with the set-up, each finding with the clicks that mend it. Changes nothing.

Capabilities cannot be asked for, so they are found out by two writes that can only be refused: they name a page that
does not exist. Without the capability Notion says 403, with it 404
(https://developers.notion.com/reference/status-codes).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from notion_roadmap.errors import ItemRefused, NotFound, NotionError, StateError
from notion_roadmap.notion.gateway import NOTION_VERSION
from notion_roadmap.service.stand_ins import stand_ins_told
from notion_roadmap.settings import NOTION_API, Settings
from notion_roadmap.store import open_state
from notion_roadmap.store.port import StateDamaged

INTEGRATIONS = "https://www.notion.so/profile/integrations"
NOWHERE = "00000000-0000-4000-8000-000000000000"
"""The id of no page."""


class Verdict(StrEnum):
    """How a check ended. UNKNOWN does not count as a failure."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check.

    Args:
        words: what was found, a sentence.
        mend: what to do about it, one step each; empty when nothing has to be done.
    """

    name: str
    verdict: Verdict
    words: str
    mend: tuple[str, ...] = ()


class Person(Protocol):
    """Who the token belongs to."""

    @property
    def name(self) -> str: ...

    @property
    def workspace_name(self) -> str: ...


class Talker(Protocol):
    """The part of the gateway that is asked here."""

    async def me(self) -> Any: ...

    async def page(self, page_id: str) -> Any: ...

    async def database(self, database_id: str) -> Any: ...

    async def create_page(self, parent_id: str, title: str, icon: str, body: tuple[()]) -> object: ...

    async def update_page(self, page_id: str, *, in_trash: bool | None = None) -> object: ...


def examine_settings(settings: Settings) -> tuple[Finding, ...]:
    """What the settings alone tell: where everything happens, and how fast it may go."""
    return (_token_set(settings), _parent_set(settings), _rate(settings))


def _token_set(settings: Settings) -> Finding:
    if settings.embedded:
        words = "No token is set: everything happens in the embedded local workspace."
        return Finding("token setting", Verdict.GOOD, words)
    return Finding("token setting", Verdict.GOOD, "A token is set.")


def _parent_set(settings: Settings) -> Finding:
    if settings.embedded or settings.notion_parent_page:
        return Finding("parent setting", Verdict.GOOD, "It is known which page the roadmap is put on.")
    steps = ("Open the page in Notion and choose Share > Copy link", "Run: notion-roadmap init")
    return Finding("parent setting", Verdict.BAD, "NOTION_PARENT_PAGE is not set, and a token is.", steps)


def _rate(settings: Settings) -> Finding:
    asked = settings.notion_requests_per_minute
    if asked <= 180 or settings.notion_base_url != NOTION_API:
        return Finding("rate", Verdict.GOOD, f"{asked} requests a minute.")
    words = f"{asked} requests a minute: only Business and Enterprise allow more than 180, up to 600."
    steps = ("On Free and Plus set NOTION_REQUESTS_PER_MINUTE=180: Notion would make us wait",)
    return Finding("rate", Verdict.UNKNOWN, words, steps)


def examine_state(path: Path, settings: Settings) -> Finding:
    """Whether the local state can be used, and is of the page that is set. Looks only, also beside a run."""
    try:
        state = open_state(path, "", read_only=True).state
    except StateDamaged as error:
        words = f"{error.what}; the next seed sets it aside and finds everything again in Notion."
        return Finding("state", Verdict.UNKNOWN, words)
    except StateError as error:
        return Finding("state", Verdict.BAD, f"{error.what}.", (error.hint,) if error.hint else ())
    try:
        roadmaps = state.roadmaps()
        strange = [key for key in roadmaps if _elsewhere(state.of(key).fact("identity"), settings)]
        plainer = [words for key in roadmaps if (words := stand_ins_told(state.of(key).all().values(), key))]
    finally:
        state.close()
    if strange:
        words = f"The state of {', '.join(strange)} in {path} belongs to another page than the one that is set."
        steps = ("Set NOTION_PARENT_PAGE and NOTION_BASE_URL as they were", "Or set ROADMAP_STATE to another file")
        return Finding("state", Verdict.BAD, words, steps)
    known = f"It knows {', '.join(roadmaps)}." if roadmaps else "Nothing was seeded yet."
    return Finding("state", Verdict.GOOD, " ".join((known, *(f"{words}." for words in plainer), f"File: {path}")))


def _elsewhere(identity: object, settings: Settings) -> bool:
    if not isinstance(identity, dict) or settings.embedded:
        return False
    now = {"base_url": settings.notion_base_url, "parent": settings.notion_parent_page}
    return any(identity.get(name, value) != value for name, value in now.items() if value)


async def examine_connection(talker: Talker, parent_page_id: str) -> tuple[Finding, ...]:
    """Token, API version, parent page and capabilities, asked of Notion (or of the embedded workspace)."""
    who, first = await _who(talker)
    if who is None:
        return (first,)
    found = [first, await _parent(talker, parent_page_id, who)]
    found.append(await _capability("insert", "Insert content", lambda: talker.create_page(NOWHERE, "-", "", ())))
    found.append(await _capability("update", "Update content", lambda: talker.update_page(NOWHERE, in_trash=False)))
    return tuple(found)


async def _who(talker: Talker) -> tuple[Person | None, Finding]:
    try:
        me: Person = await talker.me()
    except NotionError as error:
        return None, _no_connection(error)
    of = f" in {me.workspace_name!r}" if me.workspace_name else ""
    words = f"The token belongs to the connection {me.name!r}{of}, and version {NOTION_VERSION} of the API answers."
    return me, Finding("connection", Verdict.GOOD, words)


def _no_connection(error: NotionError) -> Finding:
    steps: tuple[str, ...]
    if error.status == 401:
        steps = (
            f"Open {INTEGRATIONS} and choose your connection",
            "Under Configuration choose Show, then Copy, beside the access token",
            "Run: notion-roadmap init",
        )
        return Finding("token", Verdict.BAD, "Notion does not know this token (401).", steps)
    if error.code == "missing_version" or "Notion-Version" in error.what:
        steps = ("Install the newest notion-roadmap",)
        return Finding("API version", Verdict.BAD, f"The API no longer speaks version {NOTION_VERSION}.", steps)
    words = f"No answer that can be used: {error.what}."
    steps = ("Look at the network, a proxy, and https://www.notion-status.com", "Check NOTION_BASE_URL, without /v1")
    return Finding("network", Verdict.BAD, words, steps)


async def _parent(talker: Talker, page_id: str, who: Person) -> Finding:
    try:
        page = await talker.page(page_id)
        if page is None:
            return await _not_a_page(talker, page_id, who)
    except NotionError as error:
        return _no_reading(error)
    if page.trashed:
        steps = ("Open Trash in Notion's sidebar, find the page and choose Restore",)
        return Finding("parent page", Verdict.BAD, f"The page {page_id} is in the trash.", steps)
    return Finding("parent page", Verdict.GOOD, "The parent page is there, is shared, and can be read.")


async def _not_a_page(talker: Talker, page_id: str, who: Person) -> Finding:
    steps: tuple[str, ...]
    if await talker.database(page_id) is not None:
        steps = (
            "Open or make an ordinary page in Notion and choose Share > Copy link",
            "Run: notion-roadmap init",
        )
        return Finding("parent page", Verdict.BAD, f"{page_id} is a database; a roadmap is put on a page.", steps)
    steps = (
        "Open the page in Notion",
        "Choose ••• at the top right, then Connections",
        f"Search for {who.name!r}, choose it and confirm",
        "If the page is another one: notion-roadmap init",
    )
    return Finding("parent page", Verdict.BAD, f"Notion does not show the page {page_id} to this connection.", steps)


def _no_reading(error: NotionError) -> Finding:
    if error.status == 403:
        words = "The connection may not read content."
        return Finding("parent page", Verdict.BAD, words, _tick("Read content"))
    return Finding("parent page", Verdict.UNKNOWN, f"The parent page could not be looked at: {error.what}.")


async def _capability(name: str, label: str, attempt: Callable[[], Awaitable[object]]) -> Finding:
    check = f"{name} capability"
    try:
        await attempt()
    except NotFound:
        return Finding(check, Verdict.GOOD, f"{label} is not refused.")
    except ItemRefused as error:
        if error.status == 403:
            return Finding(check, Verdict.BAD, f"The connection may not {label.lower()}.", _tick(label))
        return Finding(check, Verdict.UNKNOWN, f"{label} could not be tried: {error.what}.")
    except NotionError as error:
        return Finding(check, Verdict.UNKNOWN, f"{label} could not be tried: {error.what}.")
    return Finding(check, Verdict.UNKNOWN, f"{label} was not refused on a page that does not exist.")


def _tick(label: str) -> tuple[str, ...]:
    return (
        f"Open {INTEGRATIONS} and choose your connection",
        f"Under Capabilities tick {label!r}, then choose Save",
        "Run: notion-roadmap doctor",
    )
