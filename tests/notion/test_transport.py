"""The transport against a far end that does everything wrong, on a clock that jumps."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from notion.far_end import HASTY, ID, TOKEN, Dripping, Fault, World, error
from notion_roadmap.clock import SystemClock
from notion_roadmap.errors import (
    BlocksUsedUp,
    ItemRefused,
    NotFound,
    NotionError,
    OutcomeUnknown,
    RunStopped,
    SettingInvalid,
)
from notion_roadmap.notion.failures import WriteInReadOnlyRun
from notion_roadmap.notion.gateway import NOTION_VERSION, Gateway
from notion_roadmap.notion.terms import speaking
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.text import Text
from simulation.virtual import BEGIN

Make = Callable[..., World]
HTML = "<html>Attention Required!</html>"


async def read(gateway: Gateway) -> object:
    return await gateway.page(ID)


async def set_(gateway: Gateway) -> object:
    return await gateway.update_page(ID, title="T")


async def create(gateway: Gateway) -> object:
    return await gateway.create_page(ID, "T", "", ())


async def append(gateway: Gateway) -> object:
    return await gateway.append(ID, (Block(BlockType.PARAGRAPH, Text.of("x")),))


DEEDS = {"read": read, "set": set_, "create": create, "append": append}
REPEATABLE = ("read", "set")

REFUSED: dict[str, Fault] = {
    "409": error(409, "conflict_error"),
    "429": error(429, "rate_limited", headers={"Retry-After": "7"}),
    "529": error(529, "service_overload", headers={"Retry-After": "7"}),
    "connect": httpx.ConnectError("no way"),
    "connect timeout": httpx.ConnectTimeout("no way"),
    "edge": httpx.Response(403, html=HTML),
}
UNKNOWN: dict[str, Fault] = {
    "500": error(500, "internal_server_error"),
    "502 html": httpx.Response(502, html=HTML),
    "503": error(503, "service_unavailable"),
    "503 saved": error(503, "service_unavailable", retry_guidance=["Do not repeat the write."]),
    "503 db": error(503, "database_connection_unavailable"),
    "504": error(504, "gateway_timeout"),
    "reset": httpx.RemoteProtocolError("peer closed"),
    "read error": httpx.ReadError("reset"),
    "read timeout": httpx.ReadTimeout("slow"),
    "empty": httpx.Response(200),
    "html": httpx.Response(200, html=HTML),
    "cut": httpx.Response(200, text='{"object": "pa'),
    "204": httpx.Response(204),
    "301": httpx.Response(301, headers={"Location": "https://elsewhere.example"}),
}
FATAL: dict[str, tuple[Fault, type[NotionError]]] = {
    "400": (error(400, "validation_error"), ItemRefused),
    "413": (httpx.Response(413, html=HTML), ItemRefused),
    "403": (error(403, "restricted_resource"), ItemRefused),
    "blocks": (error(403, "restricted_resource", block_limit="block_creation"), BlocksUsedUp),
    "row limit": (error(409, "row_limit_exceeded"), ItemRefused),
    "401": (error(401, "unauthorized"), RunStopped),
    "blocked": (error(429, "rate_limited", rate_limit_reason="public_api_request_blocked"), RunStopped),
    "unsendable": (httpx.LocalProtocolError(f"Illegal header value b'Bearer {TOKEN}'"), RunStopped),
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("fault", REFUSED)
def test_what_was_refused_is_repeated_whatever_it_is(world: Make, deed: str, fault: str) -> None:
    there = world(REFUSED[fault])
    there.does(DEEDS[deed])
    assert len(there.script.sent) == 2


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("fault", UNKNOWN)
def test_what_may_have_happened_is_repeated_only_where_that_is_harmless(world: Make, deed: str, fault: str) -> None:
    there = world(UNKNOWN[fault])
    if deed in REPEATABLE:
        there.does(DEEDS[deed])
        assert len(there.script.sent) == 2
    else:
        with pytest.raises(OutcomeUnknown):
            there.does(DEEDS[deed])
        assert len(there.script.sent) == 1


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("fault", FATAL)
def test_what_can_never_succeed_is_sent_once(world: Make, deed: str, fault: str) -> None:
    there = world(FATAL[fault][0])
    with pytest.raises(FATAL[fault][1]) as told:
        there.does(DEEDS[deed])
    assert len(there.script.sent) == 1
    assert isinstance(told.value, RunStopped) is issubclass(FATAL[fault][1], RunStopped)


def test_nothing_there_reads_as_none_and_writes_as_not_found(world: Make) -> None:
    there = world(error(404, "object_not_found"))
    assert there.does(read) is None
    with pytest.raises(NotFound, match="Connections"):
        world(error(404, "object_not_found")).does(set_)


def test_what_was_saved_is_carried(world: Make) -> None:
    saved = error(503, "service_unavailable", committed_resource_id=ID)
    with pytest.raises(OutcomeUnknown) as told:
        world(saved, error(404, "object_not_found")).does(create)
    assert (told.value.committed_id, told.value.status, told.value.code) == (ID, 503, "service_unavailable")


def test_a_page_that_notion_says_was_saved_is_read_instead_of_repeated(world: Make) -> None:
    there = world(error(503, "service_unavailable", committed_resource_id=ID))
    there.does(create)
    assert [one.method for one in there.script.sent] == ["POST", "GET"]


def test_blocks_that_notion_says_were_saved_are_not_repeated(world: Make) -> None:
    saved = error(503, "service_unavailable", committed_resource_id=ID, committed_child_ids=["new"])
    there = world(saved)
    assert there.does(append) == ("new",)
    assert len(there.script.sent) == 1


@pytest.mark.parametrize("seconds", [1, 7, 59, 90, 600])
def test_retry_after_holds_for_everybody(world: Make, seconds: int) -> None:
    there = world(error(429, "rate_limited", headers={"Retry-After": str(seconds)}))

    async def many(gateway: Gateway) -> None:
        await asyncio.gather(*(read(gateway) for _ in range(12)))

    there.does(many)
    answered = there.script.times[0] + there.script.seconds
    later = [at for at in there.script.times if at > answered]
    assert len(there.script.sent) == 13
    assert min(later) >= answered + seconds


@pytest.mark.parametrize("header", [None, "1.5", "0", "soon", "Fri, 20 Nov 2026 09:00:30 GMT"])
def test_any_retry_after_is_a_wait(world: Make, header: str | None) -> None:
    there = world(error(429, "rate_limited", headers={"Retry-After": header} if header else None))
    there.does(read)
    assert 1 <= there.script.times[1] - there.script.times[0] <= 31


def test_a_retry_after_without_end_ends_the_run(world: Make) -> None:
    there = world(error(429, "rate_limited", headers={"Retry-After": "7200"}))
    with pytest.raises(RunStopped, match="when that time has passed"):
        there.does(read)
    assert len(there.script.sent) == 1
    assert there.loop.time() < 1


def test_the_window_is_never_overspent_whatever_goes_wrong(world: Make) -> None:
    there = world(*[UNKNOWN["500"], REFUSED["409"], UNKNOWN["reset"]] * 3, requests_per_minute=10)

    async def many(gateway: Gateway) -> None:
        await asyncio.gather(*(read(gateway) for _ in range(30)), return_exceptions=True)

    there.does(many)
    times = there.script.times
    assert len(times) > 30
    assert all(later - earlier >= 60 for earlier, later in zip(times, times[10:], strict=False))


def test_what_was_spent_is_told_for_the_next_run(world: Make) -> None:
    there = world()

    async def two(gateway: Gateway) -> Any:
        await read(gateway)
        await read(gateway)
        return gateway.spent()

    assert there.does(two) == (BEGIN, BEGIN + timedelta(seconds=0.1))


def test_conflicts_for_ever_are_given_up_and_others_go_on(world: Make) -> None:
    there = world(*[REFUSED["409"]] * 3, patience=HASTY)

    async def two(gateway: Gateway) -> None:
        with pytest.raises(ItemRefused, match="409"):
            await set_(gateway)
        await set_(gateway)

    there.does(two)
    assert len(there.script.sent) == 4


def test_a_firewall_is_asked_twice_and_no_more(world: Make) -> None:
    there = world(*[REFUSED["edge"]] * 5)
    with pytest.raises(ItemRefused, match="firewall"):
        there.does(set_)
    assert len(there.script.sent) == 2


def test_trouble_without_end_is_an_unknown_outcome_for_writes_and_a_failure_for_reads(world: Make) -> None:
    there = world(*[UNKNOWN["500"]] * 6, patience=HASTY)

    async def both(gateway: Gateway) -> None:
        with pytest.raises(OutcomeUnknown):
            await set_(gateway)
        with pytest.raises(ItemRefused):
            await gateway.database(ID)

    there.does(both)
    assert len(there.script.sent) == 6


def test_when_everything_fails_the_run_is_ended(world: Make) -> None:
    there = world(*[UNKNOWN["500"]] * 100, patience=HASTY)

    async def many(gateway: Gateway) -> list[type[Exception]]:
        kinds = []
        for _ in range(5):
            try:
                await read(gateway)
            except NotionError as failure:
                kinds.append(type(failure))
        return kinds

    assert there.does(many) == [ItemRefused] * 3 + [RunStopped] * 2
    assert len(there.script.sent) == 9


def test_no_connection_at_all_ends_the_run(world: Make) -> None:
    there = world(*[httpx.ConnectError("x")] * 100, patience=HASTY)
    with pytest.raises(RunStopped, match="network"):
        there.does(create)


def test_after_a_revoked_token_nothing_more_is_sent(world: Make) -> None:
    there = world(httpx.Response(200, json={"object": "page", "id": ID}), error(401, "unauthorized"))

    async def many(gateway: Gateway) -> list[Any]:
        await read(gateway)
        return await asyncio.gather(*(read(gateway) for _ in range(40)), return_exceptions=True)

    told = there.does(many)
    stopped = [one for one in told if isinstance(one, RunStopped)]
    under_way_already = 5
    assert len(there.script.sent) <= 2 + under_way_already
    assert len(stopped) >= 40 - under_way_already
    assert {one.what for one in stopped} == {"GET /pages/{id} was answered with 401: No"}


def test_a_drip_does_not_hold_a_request_for_ever(world: Make) -> None:
    there = world(patience=HASTY)

    async def drip(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=Dripping(b'{"object": "page"}' * 100, 1.0, there.clock))

    there.script.faults = [drip]
    there.does(read)
    assert there.script.times[1] == pytest.approx(30, abs=2)


def test_a_request_has_a_deadline_over_all_its_attempts(world: Make) -> None:
    there = world(patience=HASTY)

    async def stall(_: httpx.Request) -> httpx.Response:
        await there.clock.sleep(10_000)
        raise AssertionError

    there.script.faults = [stall] * 10
    with pytest.raises(ItemRefused):
        there.does(read)
    assert there.loop.time() <= HASTY.deadline + 1


def test_waiting_for_a_turn_is_not_held_against_a_request(world: Make) -> None:
    there = world(requests_per_minute=1, patience=HASTY)

    async def many(gateway: Gateway) -> None:
        await asyncio.gather(*(read(gateway) for _ in range(5)))

    there.does(many)
    assert there.loop.time() > 2 * HASTY.deadline


def test_concurrency_starts_small_and_grows(world: Make) -> None:
    there = world(requests_per_minute=1_000)

    async def many(gateway: Gateway) -> None:
        await asyncio.gather(*(read(gateway) for _ in range(100)))

    there.script.seconds = 1.0
    there.does(many)
    early = [at for at in there.script.times if at < 1.0]
    assert len(early) == 4
    assert there.script.most_under_way == 16


def test_a_data_source_is_written_to_slowly_at_first_however_fast_the_rest_goes(world: Make) -> None:
    there = world(requests_per_minute=1_000)
    there.script.seconds = 1.0

    async def many(gateway: Gateway) -> int:
        await asyncio.gather(*(read(gateway) for _ in range(60)))
        beginning = len(there.script.sent)
        with speaking(lane="a data source"):
            writes = [asyncio.create_task(set_(gateway)) for _ in range(16)]
        await asyncio.sleep(0.5)
        at_once = len(there.script.sent) - beginning
        await asyncio.gather(*writes)
        return at_once

    assert there.does(many) == 4
    assert there.script.most_under_way == 16


def test_a_run_that_reads_sends_no_write(world: Make) -> None:
    there = world(read_only=True)

    async def all_of_it(gateway: Gateway) -> None:
        await read(gateway)
        for deed in (set_, create, append):
            with pytest.raises(WriteInReadOnlyRun):
                await deed(gateway)
        await gateway.blocks(ID)

    there.does(all_of_it)
    assert [one.method for one in there.script.sent] == ["GET", "GET"]


def test_traffic_is_counted(world: Make) -> None:
    there = world(UNKNOWN["500"], REFUSED["429"])

    async def two(gateway: Gateway) -> Any:
        await read(gateway)
        await set_(gateway)
        return gateway.traffic

    traffic = there.does(two)
    assert (traffic.requests, traffic.retries) == (4, 2)
    assert traffic.by_endpoint == {"GET /pages/{id}": 3, "PATCH /pages/{id}": 1}
    assert traffic.waited_seconds >= 7


def test_every_request_names_the_version_and_carries_the_token_once(world: Make) -> None:
    there = world()
    seen: list[httpx.Request] = []

    async def look(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"object": "page", "id": ID})

    there.script.faults = [look]
    there.does(set_)
    assert seen[0].headers["Notion-Version"] == NOTION_VERSION == "2026-03-11"
    assert seen[0].headers.get_list("Authorization") == [f"Bearer {TOKEN}"]
    assert seen[0].url == f"https://notion.example/v1/pages/{ID}"
    assert seen[0].extensions["timeout"]["read"] == 80


@pytest.mark.parametrize("fault", [*REFUSED.values(), *UNKNOWN.values(), *(fault for fault, _ in FATAL.values())])
def test_the_token_is_nowhere(world: Make, fault: Fault, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    there = world(*[fault] * 20, patience=HASTY)
    gateway = there.gateway()
    said = [repr(gateway), repr(gateway._transport), repr(gateway._client.options), repr(vars(gateway))]
    for deed in DEEDS.values():
        try:
            there.run(deed(gateway))
        except NotionError as failure:
            said += [repr(failure), str(failure), repr(vars(failure)), *chain(failure)]
    there.run(gateway.aclose())
    said += [caplog.text, *(repr(record.args) for record in caplog.records)]
    assert [one for one in said if TOKEN in one] == []


def chain(failure: BaseException) -> list[str]:
    """What a traceback would show of the failures behind a failure."""
    behind = failure.__cause__ or (None if failure.__suppress_context__ else failure.__context__)
    return [] if behind is None else [repr(behind), *chain(behind)]


def test_a_token_that_notion_repeats_is_cut_out(world: Make) -> None:
    with pytest.raises(RunStopped) as told:
        world(error(401, "unauthorized", f"API token {TOKEN} is invalid.")).does(read)
    assert "API token ••• is invalid" in str(told.value)


@pytest.mark.parametrize("token", ["ntn_a\nb", "ntn_ä", "ntn_\x7f"])
def test_a_token_with_impossible_characters_is_refused_without_being_shown(token: str) -> None:
    with pytest.raises(SettingInvalid) as told:
        Gateway(SecretStr(token), clock=SystemClock(), base_url="https://notion.example")
    assert token not in str(told.value)


def test_words_of_notion_reach_the_user_in_one_line(world: Make) -> None:
    refusal = error(400, "validation_error", "body failed validation. Fix one:\nbody.a should be defined.")
    with pytest.raises(ItemRefused) as told:
        world(refusal).does(create)
    assert str(told.value) == (
        "POST /pages was answered with 400: body failed validation. Fix one: body.a should be defined."
    )
    assert (told.value.status, told.value.code, told.value.request_id) == (400, "validation_error", "r")
