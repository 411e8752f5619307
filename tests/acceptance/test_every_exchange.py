"""Every exchange of a seed, as a proxy between talker and Notion sees it."""

from __future__ import annotations

from collections import Counter

from acceptance.ground import TOKEN, Exchange, Ground, Seeded, new_ground
from acceptance.inside import request_problems, response_problems
from notion_roadmap.roadmap import Roadmap


def test_a_seed_ends_done_with_nothing_skipped_and_nothing_different(seeded: Seeded) -> None:
    result = seeded.result

    assert (result.outcome, result.skipped, result.differences, result.warnings) == ("done", [], [], [])
    assert result.retries == 0


def test_every_request_and_every_answer_is_inside_the_contract_and_the_limits(seeded: Seeded) -> None:
    assert request_problems(seeded.exchanges) == []
    assert response_problems(seeded.exchanges) == []


def test_none_is_refused(seeded: Seeded) -> None:
    assert Counter(e.status for e in seeded.exchanges) == {200: len(seeded.exchanges)}


def test_no_request_is_sent_twice_for_nothing(seeded: Seeded) -> None:
    """The one read that is repeated looks at the other side of a relation, which another request has just made."""
    counts = Counter(e.fingerprint for e in seeded.exchanges)
    twice = [e for e in _first_of_each(seeded.exchanges) if counts[e.fingerprint] > 1]

    assert [e for e in twice if e.writes] == []
    assert [e.path for e in twice] == [f"/v1/data_sources/{seeded.ground.source('tasks')}"]
    assert max(counts.values()) == 2


def test_the_price_said_before_is_the_number_of_requests_sent(seeded: Seeded) -> None:
    assert seeded.prepared.price.requests == len(seeded.exchanges) == seeded.result.requests


def test_the_price_of_a_silent_run_is_what_looking_takes(ground: Ground, career: Roadmap) -> None:
    prepared, result = ground.seed_with_plan(career)

    assert prepared.price.requests == result.requests == len(ground.recorder.exchanges)
    assert prepared.price.blocks == 0


def test_the_blocks_of_the_price_are_the_blocks_that_came_into_being(seeded: Seeded) -> None:
    kinds = Counter(doc["object"] for doc in seeded.ground.content().values())

    made = kinds["page"] + kinds["block"] + kinds["database"] - 1  # the owner's own page was there
    assert seeded.prepared.price.blocks == made


def test_requests_stay_within_a_twentieth_of_the_lower_bound(seeded: Seeded) -> None:
    """The bound: one create for each row, database, view, widget and the root page; one read for each database and one
    for its list of views; one update for each database that refers to a later one; two for token and parent."""
    made = Counter(e.path for e in seeded.exchanges if e.method == "POST")
    taken_over = [e for e in seeded.exchanges if e.method == "PATCH" and e.path.startswith("/v1/views/")]
    databases = made["/v1/databases"]
    later = [e for e in seeded.exchanges if e.method == "PATCH" and e.path.startswith("/v1/data_sources/")]
    data_page = 1
    creates = made["/v1/pages"] - data_page + databases + made["/v1/views"] + len(taken_over)

    bound = creates + 2 * databases + len(later) + 2

    assert databases == 10
    assert len(seeded.exchanges) <= 1.05 * bound


def test_every_request_names_the_api_version_and_carries_the_token_in_its_header_alone(seeded: Seeded) -> None:
    for exchange in seeded.exchanges:
        assert exchange.headers["notion-version"] == "2026-03-11"
        assert exchange.headers["authorization"] == f"Bearer {TOKEN}"
        assert TOKEN not in f"{exchange.path}{exchange.query}{exchange.request}"


def test_a_seed_on_a_small_plan_waits_for_its_turn_instead_of_running_into_429(career: Roadmap) -> None:
    ground = new_ground(plan="plus", rate_limit=True)
    ground.per_minute = 180

    prepared, result = ground.seed_with_plan(career)

    assert (result.outcome, result.retries) == ("done", 0)
    assert {e.status for e in ground.recorder.exchanges} == {200}
    assert ground.clock.seconds <= 1.1 * max(60.0, prepared.price.seconds)


def test_a_run_right_after_another_stays_inside_the_window_that_is_open_already(mini: Roadmap) -> None:
    ground = new_ground(plan="plus", rate_limit=True)
    ground.workspace.control("switches", {"requests_per_minute": 60})
    ground.per_minute = 60

    for _ in range(4):
        assert ground.seed(mini).outcome == "done"

    assert len(ground.recorder.exchanges) > 180
    assert {e.status for e in ground.recorder.exchanges} == {200}


def _first_of_each(exchanges: tuple[Exchange, ...]) -> list[Exchange]:
    return list({e.fingerprint: e for e in reversed(exchanges)}.values())
