"""The doctor finds each thing that can be wrong, names the clicks that mend it, and changes nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest

from notion_roadmap.errors import ItemRefused, NotFound, NotionError, RunStopped
from notion_roadmap.service.doctor import NOWHERE, Finding, Verdict, examine_connection, examine_settings
from notion_roadmap.settings import load_settings

PAGE = "11111111-1111-4111-8111-111111111111"
FORBIDDEN = ItemRefused("Insufficient permissions", status=403, code="restricted_resource")


@dataclass
class Me:
    name: str = "My roadmap"
    workspace_name: str = "Home"


@dataclass
class Page:
    trashed: bool = False


@dataclass
class Connection:
    """A connection that answers as told; a write to any page but the one that does not exist is a failure."""

    me_error: NotionError | None = None
    seen: Any = field(default_factory=Page)
    database_there: bool = False
    insert: NotionError | None = field(default_factory=lambda: NotFound("No such page", status=404))
    update: NotionError | None = field(default_factory=lambda: NotFound("No such page", status=404))

    async def me(self) -> Me:
        if self.me_error:
            raise self.me_error
        return Me()

    async def page(self, page_id: str) -> Any:
        assert page_id == PAGE
        if isinstance(self.seen, NotionError):
            raise self.seen
        return self.seen

    async def database(self, database_id: str) -> object:
        assert database_id == PAGE
        return object() if self.database_there else None

    async def create_page(self, parent_id: str, title: str, icon: str, body: tuple[()]) -> None:
        assert parent_id == NOWHERE
        if self.insert:
            raise self.insert

    async def update_page(self, page_id: str, *, in_trash: bool | None = None) -> None:
        assert page_id == NOWHERE
        if self.update:
            raise self.update


def _examine(connection: Connection) -> dict[str, Finding]:
    return {f.name: f for f in asyncio.run(examine_connection(connection, PAGE))}


def test_a_sound_connection_has_nothing_to_mend() -> None:
    findings = _examine(Connection())
    assert list(findings) == ["connection", "parent page", "insert capability", "update capability"]
    assert {f.verdict for f in findings.values()} == {Verdict.GOOD}
    assert all(f.mend == () for f in findings.values())
    assert "'My roadmap' in 'Home'" in findings["connection"].words


@pytest.mark.parametrize(
    ("connection", "name", "words", "click"),
    [
        (Connection(me_error=RunStopped("x", status=401)), "token", "does not know this token", "access token"),
        (Connection(me_error=RunStopped("x", status=400, code="missing_version")), "API version", "version", "newest"),
        (Connection(me_error=RunStopped("No answer came")), "network", "No answer came", "notion-status.com"),
        (Connection(seen=None), "parent page", "does not show the page", "Connections"),
        (Connection(seen=None, database_there=True), "parent page", "is a database", "ordinary page"),
        (Connection(seen=Page(trashed=True)), "parent page", "in the trash", "Restore"),
        (Connection(seen=FORBIDDEN), "parent page", "may not read content", "tick 'Read content'"),
        (Connection(insert=FORBIDDEN), "insert capability", "may not insert content", "tick 'Insert content'"),
        (Connection(update=FORBIDDEN), "update capability", "may not update content", "tick 'Update content'"),
    ],
)
def test_each_failure_names_the_clicks_that_mend_it(connection: Connection, name: str, words: str, click: str) -> None:
    finding = _examine(connection)[name]
    assert finding.verdict is Verdict.BAD
    assert words in finding.words
    assert any(click in step for step in finding.mend)


@pytest.mark.parametrize("answer", [None, NotionError("Notion is away", status=503), ItemRefused("odd", status=400)])
def test_what_cannot_be_told_is_said_and_is_no_failure(answer: NotionError | None) -> None:
    findings = _examine(Connection(insert=answer, update=answer))
    assert findings["insert capability"].verdict is Verdict.UNKNOWN
    assert findings["update capability"].verdict is Verdict.UNKNOWN


def test_an_unshared_page_is_shared_with_the_connection_by_its_name() -> None:
    assert any("'My roadmap'" in step for step in _examine(Connection(seen=None))["parent page"].mend)


@pytest.mark.parametrize(
    ("environment", "name", "verdict"),
    [
        ({}, "token setting", Verdict.GOOD),
        ({"NOTION_TOKEN": "ntn_abcdefgh"}, "parent setting", Verdict.BAD),
        ({"NOTION_TOKEN": "ntn_abcdefgh", "NOTION_PARENT_PAGE": PAGE}, "parent setting", Verdict.GOOD),
        ({"NOTION_REQUESTS_PER_MINUTE": "180"}, "rate", Verdict.GOOD),
        ({"NOTION_REQUESTS_PER_MINUTE": "600"}, "rate", Verdict.UNKNOWN),
        ({"NOTION_REQUESTS_PER_MINUTE": "600", "NOTION_BASE_URL": "http://127.0.0.1:8787"}, "rate", Verdict.GOOD),
    ],
)
def test_settings_alone_tell_something(environment: dict[str, str], name: str, verdict: Verdict) -> None:
    found = {f.name: f for f in examine_settings(load_settings(environment))}[name]
    assert found.verdict is verdict
    assert "abcdefgh" not in repr(found)
