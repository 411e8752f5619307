"""`sandbox serve`, and the commands against it as against Notion: with a token, over HTTP."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from notion_roadmap.cli import exits
from templates.small import SMALL


@pytest.fixture(scope="module")
def served() -> Iterator[dict[str, str]]:
    """A sandbox of its own; its one JSON object."""
    options = ["--port", "0", "--data", ":memory:", "--rate-limit", "off", "--json"]
    command = [sys.executable, "-m", "notion_roadmap", "sandbox", "serve", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        told = "".join(iter(process.stdout.readline, "}\n")) + "}"
        try:
            yield json.loads(told)
        finally:
            process.terminate()


def _control(served: dict[str, str], name: str, value: object) -> None:
    request = urllib.request.Request(
        f"{served['url']}/_sandbox/{name}", json.dumps(value).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=5):
        pass


def _api(served: dict[str, str], method: str, path: str, body: object = None) -> Any:
    headers = {
        "Authorization": f"Bearer {served['token']}",
        "Notion-Version": "2026-03-11",
        "Content-Type": "application/json",
    }
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(f"{served['url']}/v1/{path}", data, headers, method=method)
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.load(answer)


def _new_page(served: dict[str, str]) -> str:
    title = {"title": [{"text": {"content": "Another page"}}]}
    made = _api(
        served, "POST", "pages", {"parent": {"page_id": served["root_page_id"]}, "properties": {"title": title}}
    )
    return str(made["id"])


@pytest.fixture
def control(served: dict[str, str]) -> Iterator[Callable[..., None]]:
    """Set switches of the sandbox for one test."""

    def switch(**values: Any) -> None:
        _control(served, "switches", values)

    yield switch
    _control(served, "switches", {"can_read": True, "can_insert": True, "can_update": True, "token_state": "valid"})


@pytest.fixture
def environment(served: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The three lines that the sandbox prints, and a template."""
    monkeypatch.setenv("NOTION_BASE_URL", served["url"])
    monkeypatch.setenv("NOTION_TOKEN", served["token"])
    monkeypatch.setenv("NOTION_PARENT_PAGE", served["root_page_id"])
    monkeypatch.setenv("NOTION_REQUESTS_PER_MINUTE", "6000")
    monkeypatch.setenv("ROADMAP_STATE", str(tmp_path / "state.sqlite"))
    (tmp_path / "small.yaml").write_text(SMALL.replace("«", ""), "utf-8")
    return tmp_path


def _verdicts(said: Any) -> dict[str, str]:
    return {f["check"]: f["verdict"] for f in said.json["findings"]}


def test_what_it_prints_is_enough_for_a_client(served: dict[str, str]) -> None:
    assert served.keys() == {"url", "token", "root_page_id"}
    with urllib.request.urlopen(f"{served['url']}/_sandbox", timeout=5) as answer:
        assert json.load(answer)["root_page_id"] == served["root_page_id"]


def test_beyond_loopback_it_wants_a_token_of_ones_own(call) -> None:
    said = call("sandbox", "serve", "--host", "0.0.0.0", "--port", "0", "--data", ":memory:", "--json")
    assert said.code == exits.FAILED
    assert "give it a token of your own" in said.json["error"]
    assert "NOTION_SANDBOX_TOKEN" in said.json["hint"]


def test_a_port_that_is_taken_is_said(call, served: dict[str, str]) -> None:
    port = served["url"].rpartition(":")[2]
    said = call("sandbox", "serve", "--port", port, "--data", ":memory:")
    assert said.code == exits.FAILED
    assert "name another port" in said.err


def test_doctor_finds_a_sound_connection(call, environment: Path, served: dict[str, str]) -> None:
    said = call("doctor", "--json")
    assert said.code == exits.DONE
    assert set(_verdicts(said).values()) == {"good"}
    assert served["token"] not in said.out + said.err


@pytest.mark.parametrize(
    ("switches", "check"),
    [
        ({"can_insert": False}, "insert capability"),
        ({"can_update": False}, "update capability"),
        ({"can_read": False}, "parent page"),
        ({"token_state": "revoked"}, "token"),
    ],
)
def test_doctor_finds_what_the_connection_may_not(
    call, environment: Path, control: Callable[..., None], switches: dict[str, Any], check: str
) -> None:
    control(**switches)
    said = call("doctor", "--json")
    assert said.code == exits.FAILED
    assert _verdicts(said)[check] == "bad"
    assert next(f for f in said.json["findings"] if f["check"] == check)["mend"]


def test_doctor_changes_nothing(call, environment: Path, served: dict[str, str]) -> None:
    def objects() -> int:
        with urllib.request.urlopen(f"{served['url']}/_sandbox", timeout=5) as answer:
            return int(json.load(answer)["objects"])

    before = objects()
    call("doctor")
    assert objects() == before


def test_a_page_that_is_not_there_is_named_by_all_commands(call, environment: Path, monkeypatch) -> None:
    monkeypatch.setenv("NOTION_PARENT_PAGE", "11111111-1111-4111-8111-111111111111")
    assert _verdicts(call("doctor", "--json"))["parent page"] == "bad"
    for command in ("plan", "seed"):
        said = call(command, "small.yaml", "--json")
        assert said.code == exits.FAILED
        assert "11111111-1111-4111-8111-111111111111" in said.json["error"]
        assert "Connections" in said.json["hint"]


def test_a_wrong_token_stops_every_command_with_a_sentence(call, environment: Path, monkeypatch) -> None:
    wrong = "ntn_" + "w8" * 21
    monkeypatch.setenv("NOTION_TOKEN", wrong)
    for command in (("plan", "small.yaml"), ("seed", "small.yaml"), ("remove", "small.yaml", "--yes")):
        said = call(*command, "--json")
        assert said.code == exits.FAILED
        assert "notion-roadmap doctor" in said.json["hint"]
        assert wrong not in said.out + said.err


def test_init_checks_with_the_sandbox_and_writes(call, environment: Path, served, monkeypatch) -> None:
    monkeypatch.delenv("NOTION_TOKEN")
    monkeypatch.delenv("NOTION_PARENT_PAGE")
    said = call("init", "--token", served["token"], "--parent", served["root_page_id"], "--yes", "--json")
    assert said.code == exits.DONE, said.out
    assert _verdicts(said)["insert capability"] == "good"
    assert call("plan", "small.yaml").code == exits.CHANGES, "what was written is what the next command reads"


def test_nobody_there_to_answer_is_said_soon(call, environment: Path, monkeypatch) -> None:
    monkeypatch.setenv("NOTION_BASE_URL", "http://127.0.0.1:9")
    said = call("doctor", "--json")
    assert said.code == exits.FAILED
    assert _verdicts(said)["network"] == "bad"


def test_a_state_of_another_page_is_refused(call, environment: Path, served, monkeypatch) -> None:
    seeded = call("seed", "small.yaml", "--json")
    assert seeded.code == exits.DONE
    monkeypatch.setenv("NOTION_PARENT_PAGE", seeded.json["root_page_id"])
    assert _verdicts(call("doctor", "--json"))["state"] == "bad"
    said = call("seed", "small.yaml", "--json")
    assert said.code == exits.FAILED
    assert "belongs to another workspace" in said.json["error"]


def _small_files_only() -> None:
    """From here on no file grows beyond 60 kB, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))


def test_a_full_disk_is_said_and_nothing_is_made_twice_afterwards(call, environment: Path, served, monkeypatch) -> None:
    monkeypatch.setenv("NOTION_PARENT_PAGE", parent := _new_page(served))
    command = [sys.executable, "-m", "notion_roadmap", "seed", "small.yaml", "--json"]
    full = subprocess.run(command, cwd=environment, capture_output=True, text=True, preexec_fn=_small_files_only)
    assert full.returncode == exits.FAILED
    assert json.loads(full.stdout)["error"].startswith(f"The state file {environment / 'state.sqlite'}")
    assert "Traceback" not in full.stderr
    assert call("seed", "small.yaml", "--json").json["outcome"] == "done"
    blocks = _api(served, "GET", f"blocks/{parent}/children")["results"]
    assert [b["child_page"]["title"] for b in blocks if b["type"] == "child_page"] == ["A small roadmap"]


def test_a_token_that_is_revoked_on_the_way_stops_the_run_with_a_sentence(
    call, environment: Path, served, monkeypatch
) -> None:
    monkeypatch.setenv("NOTION_PARENT_PAGE", _new_page(served))
    refusal = {"object": "error", "status": 401, "code": "unauthorized", "message": "API token is invalid."}
    after = {
        "method": "POST",
        "path": "/v1/pages",
        "nth": 4,
        "action": {"type": "respond", "status": 401, "json": refusal},
    }
    _control(served, "faults", [after])
    try:
        stopped = call("seed", "small.yaml", "--json")
    finally:
        _control(served, "faults", [])
    assert stopped.code == exits.FAILED
    assert stopped.json["outcome"] == "failed"
    assert "token" in stopped.json["error"]
    assert stopped.json["created"] > 0
    assert stopped.json["hint"].endswith("notion-roadmap doctor")
    assert served["token"] not in stopped.out + stopped.err
    assert call("seed", "small.yaml", "--json").json["outcome"] == "done"
    assert call("plan", "small.yaml").code == exits.DONE


def _hears_interrupts() -> None:
    """What a shell starts in the background ignores interrupts, and passes that on to its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_interrupt_ends_it_with_a_sentence_and_the_next_run_goes_on(
    served: dict[str, str], environment: Path
) -> None:
    command = [sys.executable, "-m", "notion_roadmap", "seed", "data-engineering-career", "--yes"]
    _control(served, "latency", {"ms": 300})  # it cannot end before it is told to
    with subprocess.Popen(
        command,
        cwd=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_hears_interrupts,
    ) as running:
        assert running.stderr is not None
        line = running.stderr.readline()
        running.send_signal(signal.SIGINT)
        _, rest = running.communicate(timeout=60)
    _control(served, "latency", {"ms": 0})
    assert "requests, about" in line
    assert running.returncode == exits.STOPPED, rest
    assert rest.splitlines()[-2:] == ["Stopped.", "Run it again to continue: nothing is made twice."]
    finished = subprocess.run([*command, "--json"], cwd=environment, capture_output=True, text=True, check=True)
    told = json.loads(finished.stdout)
    assert told["outcome"] == "done"
    assert told["created"] > 0
