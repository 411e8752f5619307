"""The sandbox as a server: sockets, dropped connections, kill -9, loopback."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from notion_roadmap.sandbox import SandboxError, serve
from sandbox.ground import text
from sandbox.served import served


def _client(sandbox: dict[str, Any]) -> httpx.Client:
    headers = {"Authorization": f"Bearer {sandbox['token']}", "Notion-Version": "2026-03-11"}
    return httpx.Client(base_url=sandbox["url"], headers=headers, timeout=5, trust_env=False)


def _page(sandbox: dict[str, Any], title: str = "x") -> dict[str, Any]:
    return {"parent": {"page_id": sandbox["root_page_id"]}, "properties": {"title": {"title": text(title)}}}


def test_requests_faults_and_pages_over_a_socket() -> None:
    with served("--seed", "5") as sandbox, _client(sandbox) as client:
        page = client.post("/v1/pages", json=_page(sandbox)).json()
        assert page["url"].startswith(sandbox["url"])
        assert client.get(page["url"]).status_code == 200
        assert client.get("/_sandbox").json()["token"] == sandbox["token"]

        client.post("/_sandbox/faults", json=[{"method": "POST", "when": "after", "times": 1, "action": "drop"}])
        with pytest.raises(httpx.RemoteProtocolError):
            client.post("/v1/pages", json=_page(sandbox))
        rule = {"method": "POST", "times": 1, "when": "after", "action": {"type": "drop", "mid_body": True}}
        client.post("/_sandbox/faults", json=[rule])
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            client.post("/v1/pages", json=_page(sandbox))
        client.post(
            "/_sandbox/faults", json=[{"times": 1, "action": {"type": "drip", "gap_s": 0.0005}, "when": "after"}]
        )
        assert client.get("/v1/users/me").json()["type"] == "bot"
        children = client.get(f"/v1/blocks/{sandbox['root_page_id']}/children").json()["results"]
        assert len(children) == 3


def test_kill_9_at_any_moment_leaves_every_answered_write(tmp_path: Path) -> None:
    data = str(tmp_path / "w.db")
    answered: list[str] = []
    for _ in range(2):
        with served("--data", data) as sandbox, _client(sandbox) as client:

            def write(client: httpx.Client = client, sandbox: dict[str, Any] = sandbox) -> None:
                try:
                    while True:
                        answered.append(client.post("/v1/pages", json=_page(sandbox)).json()["id"])
                except httpx.HTTPError:
                    pass

            writer = threading.Thread(target=write)
            writer.start()
            threading.Event().wait(0.3)
            sandbox["process"].kill()
            writer.join()
    assert answered
    with served("--data", data) as sandbox, _client(sandbox) as client:
        for id_ in answered:
            assert client.get(f"/v1/pages/{id_}").status_code == 200


def test_the_token_and_root_of_a_file_survive_the_process(tmp_path: Path) -> None:
    data = str(tmp_path / "w.db")
    with served("--data", data) as first:
        pass
    with served("--data", data) as second:
        pass
    assert (first["token"], first["root_page_id"]) == (second["token"], second["root_page_id"])


def test_concurrent_writers_lose_nothing() -> None:
    with served() as sandbox:
        with _client(sandbox) as client:
            source = client.post("/v1/databases", json={"parent": {"page_id": sandbox["root_page_id"]}}).json()[
                "data_sources"
            ][0]["id"]
        failed: list[int] = []

        def write(number: int) -> None:
            with _client(sandbox) as client:
                for step in range(10):
                    properties = {"Name": {"title": text(f"{number}-{step}")}}
                    body = {"parent": {"data_source_id": source}, "properties": properties}
                    answer = client.post("/v1/pages", json=body)
                    if answer.status_code != 200:
                        failed.append(answer.status_code)

        threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with _client(sandbox) as client:
            rows = client.post(f"/v1/data_sources/{source}/query", json={}).json()["results"]
    assert not failed
    assert len({row["properties"]["Name"]["title"][0]["plain_text"] for row in rows}) == 80


def test_a_host_beyond_loopback_needs_a_token_of_ones_own() -> None:
    with pytest.raises(SandboxError, match="token of your own"):
        serve("0.0.0.0", 0)


def test_a_taken_port_is_said_so() -> None:
    with served() as sandbox, pytest.raises(SandboxError, match="name another port"):
        serve("127.0.0.1", int(sandbox["url"].rsplit(":", 1)[1]))
