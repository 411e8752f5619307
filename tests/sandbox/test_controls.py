"""The controls under /_sandbox and the switches behind them."""

from __future__ import annotations

from typing import Any

import pytest

from notion_roadmap.sandbox import SandboxError, create_app
from notion_roadmap.sandbox.switches import Switches
from notion_roadmap.sandbox.workspace import Workspace
from sandbox.ground import Api, Browser


@pytest.fixture
def client() -> Browser:
    return Browser(create_app(rate_limit=False, seed=2))


def test_the_summary_says_how_to_connect(client: Browser) -> None:
    summary = client("GET", "/_sandbox").json()
    assert set(summary) == {"token", "root_page_id", "now", "requests", "objects"}
    headers = {"Authorization": f"Bearer {summary['token']}", "Notion-Version": "2026-03-11"}
    assert client("GET", f"/v1/pages/{summary['root_page_id']}", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"host": "evil.example"}, {"origin": "https://evil.example"}, {"host": "127.0.0.1.evil.example:8787"}]
)
@pytest.mark.parametrize("path", ["/_sandbox", "/_sandbox/export", "/"])
def test_foreign_hosts_and_pages_are_refused(client: Browser, headers: dict[str, str], path: str) -> None:
    assert client("GET", path, headers=headers).status_code == 403
    assert client("POST", "/_sandbox/reset", headers=headers).status_code == 403


def test_clients_from_elsewhere_are_refused() -> None:
    app = create_app(seed=2)
    assert Browser(app, address="192.0.2.7")("GET", "/_sandbox").status_code == 403


def test_the_clock_is_set_and_advanced(client: Browser) -> None:
    now = client("POST", "/_sandbox/clock", json={"now": "2027-01-01T00:00:00+00:00"}).json()["now"]
    assert now.startswith("2027-01-01T00:00:00")
    now = client("POST", "/_sandbox/clock", json={"advance_s": 90}).json()["now"]
    assert now.startswith("2027-01-01T00:01:30")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("clock", {"now": "tomorrow"}),
        ("clock", {"now": "2026-01-01T00:00:00"}),
        ("clock", {"when": 1}),
        ("faults", [{}]),
        ("faults", {"action": "drop"}),
        ("switches", {"nonsense": 1}),
        ("switches", {"limiter": "tap"}),
        ("switches", [1]),
        ("switches", {"can_read": 1}),
        ("switches", {"members": None}),
        ("latency", {"ms": -1}),
        ("latency", {}),
        ("import", {"version": 0}),
        ("import", []),
    ],
)
def test_a_wrong_value_is_refused_in_a_sentence(client: Browser, path: str, value: Any) -> None:
    answer = client("POST", f"/_sandbox/{path}", json=value)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")


def test_the_journal_has_every_request(client: Browser) -> None:
    headers = {"Authorization": f"Bearer {client.workspace.token}", "Notion-Version": "2026-03-11"}
    client("GET", "/v1/users/me", headers=headers)
    client("POST", "/v1/search", headers=headers, json={"query": "x"})
    client("GET", "/v1/users/me")
    journal = client("GET", "/_sandbox/journal").json()
    assert [(one["n"], one["method"], one["path"], one["status"]) for one in journal] == [
        (1, "GET", "/v1/users/me", 200), (2, "POST", "/v1/search", 200), (3, "GET", "/v1/users/me", 401),
    ]  # fmt: skip
    assert len({one["body_hash"] for one in journal}) == 2


def test_a_state_goes_out_and_in_again(client: Browser) -> None:
    state = client("GET", "/_sandbox/export").json()
    client("POST", "/_sandbox/reset")
    assert client("POST", "/_sandbox/import", json=state).json()["token"] == client.workspace.token
    assert client("GET", "/_sandbox/export").json() == state


def test_every_switch_takes_each_of_its_answers() -> None:
    switches = Switches()
    for name, answers in Switches.choices().items():
        for answer in answers:
            switches.set({name: answer})
            assert switches.values()[name] == answer
    with pytest.raises(SandboxError):
        switches.set({"limiter": "window", "unknown": 1})


def test_an_unknown_control_is_refused() -> None:
    with pytest.raises(SandboxError, match="no control"):
        Workspace().control("nonsense")


def test_what_is_not_shared_is_404_with_all_that_is_under_it(api: Api) -> None:
    database, source = api.database(title="Hidden")
    row = api.row(source)
    api.ws.control("sharing", {"unshared": [database]})
    for path in (f"databases/{database}", f"data_sources/{source}", f"pages/{row['id']}", f"blocks/{row['id']}"):
        assert api("GET", f"/v1/{path}", status=404)["code"] == "object_not_found"
    api("POST", f"/v1/data_sources/{source}/query", {}, status=404)
    assert api("POST", "/v1/search", {"query": "Hidden"})["results"] == []
    api("GET", f"/v1/pages/{row['id']}", authorization=f"Bearer {api.ws.owner_token}")
    api.ws.control("sharing", {"unshared": []})
    assert api("GET", f"/v1/pages/{row['id']}")["id"] == row["id"]
    with pytest.raises(SandboxError):
        api.ws.control("sharing", ["nonsense"])


def test_the_plan_can_change(api: Api) -> None:
    assert api.ws.control("plan", {"plan": "business"}) == {"plan": "business"}
    with pytest.raises(SandboxError, match="no plan"):
        api.ws.control("plan", "gold")
