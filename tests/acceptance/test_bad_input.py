"""Whatever is wrong outside: one clear sentence, the right exit code, nothing lost, and the token nowhere."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from notion_roadmap.cli.app import app
from notion_roadmap.cli.errors import run
from notion_roadmap.store import open_state

MINI = Path(__file__).parents[1] / "data" / "mini-roadmap.yaml"
TOKEN = "ntn_badinput0123456789abcdefghijklmnopqrstuvwxy"


@dataclass(frozen=True)
class Told:
    """What one call said.

    Args:
        said: what a person reads of it, JSON or not.
    """

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def said(self) -> str:
        return f"{self.out}\n{self.err}"


@dataclass(frozen=True)
class Served:
    """A sandbox of its own, over HTTP."""

    url: str
    root: str

    def control(self, name: str, value: Any) -> Any:
        return httpx.post(f"{self.url}/_sandbox/{name}", json=value, trust_env=False).raise_for_status().json()

    def api(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {TOKEN}", "Notion-Version": "2026-03-11"}
        answer = httpx.request(method, f"{self.url}/v1{path}", json=body, headers=headers, trust_env=False)
        return answer.raise_for_status().json()

    @property
    def objects(self) -> int:
        return int(httpx.get(f"{self.url}/_sandbox", trust_env=False).json()["objects"])

    def titles(self) -> list[str]:
        """Of all live rows and pages."""
        docs = httpx.get(f"{self.url}/_sandbox/export", trust_env=False).json()["objects"]
        pages = [doc for doc in docs if doc["object"] == "page" and not doc["in_trash"]]
        return sorted("".join(run["plain_text"] for run in doc["values"]["title"]) for doc in pages)


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    command = [sys.executable, "-m", "notion_roadmap.sandbox", "--port", "0", "--rate-limit", "off", "--plan", "free"]
    command += ["--token", TOKEN]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        try:
            yield Served(told["url"], told["root_page_id"])
        finally:
            process.terminate()


@pytest.fixture
def served(server: Served) -> Iterator[Served]:
    """An empty workspace with nothing wrong about it."""
    yield server
    server.control("switches", {"can_read": True, "can_insert": True, "can_update": True, "members": 1})
    server.control("reset", None)


@pytest.fixture
def place(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own with sound settings and no home of anybody else."""
    values = {
        "NOTION_TOKEN": TOKEN,
        "NOTION_BASE_URL": served.url,
        "NOTION_PARENT_PAGE": served.root,
        "NOTION_REQUESTS_PER_MINUTE": "6000",
        "ROADMAP_STATE": str(tmp_path / "state" / "state.sqlite"),
        "HOME": str(tmp_path / "home"),
    }
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        values[name] = str(tmp_path / "home" / name.lower())
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return tmp_path


Call = Callable[..., Told]


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    """What the first seed left, so that it need not be made again for each test."""
    return {}


@pytest.fixture
def seeded_place(place: Path, served: Served, call: Call, kept: dict[str, Any]) -> Path:
    """A folder whose state knows a workspace that stands."""
    state = place / "state" / "state.sqlite"
    if kept:
        served.control("import", kept["workspace"])
        state.parent.mkdir()
        state.write_bytes(kept["state"])
    else:
        assert call("seed", str(MINI), "--yes", "--json").code == 0
        kept["workspace"] = httpx.get(f"{served.url}/_sandbox/export", trust_env=False).json()
        kept["state"] = state.read_bytes()
    return place


@pytest.fixture
def call(place: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Iterator[Call]:
    """Call `notion-roadmap`. Afterwards the token must be nowhere: neither said, nor logged, nor left on the disk."""
    everything: list[str] = []

    def run_it(*arguments: str) -> Told:
        code = run(app, list(arguments))
        said = capsys.readouterr()
        everything.append(said.out + said.err)
        assert "Traceback" not in said.err
        return Told(code, said.out, said.err)

    yield run_it
    everything += [record.getMessage() for record in caplog.records]
    everything += [f.read_bytes().decode("latin-1") for f in place.rglob("*") if f.is_file() and f.name != ".env"]
    assert TOKEN not in "\n".join(everything)
    assert TOKEN[4:30] not in "\n".join(everything)


def fails(call: Call, *arguments: str, code: int = 1) -> str:
    """Call it for a person and for a program: the sentence, the same for both."""
    person, program = call(*arguments), call(*arguments, "--json")
    assert (person.code, program.code) == (code, code), person.said
    told = program.json
    assert told["outcome"] == "failed"
    assert told["error"] in person.err
    assert told["error"].endswith((".", "!", "?"))
    assert "\n" not in told["error"]
    assert told["error"] not in person.out
    return f"{told['error']} {told['hint']}"


@pytest.mark.parametrize("command", ["plan", "seed", "remove"])
def test_a_broken_template_is_told_with_its_place_and_nothing_is_sent(
    call: Call, place: Path, served: Served, command: str
) -> None:
    (place / "broken.yaml").write_text(MINI.read_text().replace("title: A mini roadmap", "title: [A mini"))

    assert "broken.yaml" in fails(call, command, "broken.yaml", *(["--yes"] if command != "plan" else []))
    assert served.objects == 1


@pytest.mark.parametrize(
    ("words", "instead", "told"),
    [
        ("        priority: LOW", "        priority: SOMEDAY", ("priority", "LOW")),
        ("kpi: problems", "kpi: problem", ("kpi", "problems")),
        ("version: 1", "version: 1\nversion: 2", ("version", "")),
    ],
)
def test_a_wrong_template_is_told_with_line_field_and_what_is_allowed(
    call: Call, place: Path, words: str, instead: str, told: tuple[str, str]
) -> None:
    content = MINI.read_text()
    assert words in content
    (place / "wrong.yaml").write_text(content.replace(words, instead, 1))

    result = call("seed", "wrong.yaml", "--yes", "--json")

    assert result.code == 1
    (problem,) = result.json["problems"]
    line = content.replace(words, instead, 1).splitlines()[problem["line"] - 1]
    assert told[0] in line
    assert told[0] in problem["field"]
    assert told[1] in problem["allowed"]


def test_a_template_that_does_not_exist_is_told_with_those_that_do(call: Call) -> None:
    assert "data-engineering-career" in fails(call, "seed", "data-enginering-carer", "--yes")


@pytest.mark.parametrize(
    "token",
    ["ntn_with a space", "ntn_line\nend", "ntn_zero\u200bwidth", "ntn_tab\tinside", 'ntn_quo"te inside"'],
    ids=["space", "line end", "invisible", "tab", "quotes"],
)
def test_a_malformed_token_is_told_without_showing_it(
    call: Call, served: Served, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("NOTION_TOKEN", token)

    sentence = fails(call, "seed", str(MINI), "--yes")

    assert "NOTION_TOKEN" in sentence
    assert token not in sentence
    assert served.objects == 1


@pytest.mark.parametrize("token", [f" {TOKEN}\n", f'"{TOKEN}"', f"'{TOKEN}'\r\n"], ids=["spaces", "quotes", "both"])
def test_what_comes_with_copying_a_token_does_no_harm(call: Call, monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("NOTION_TOKEN", token)

    assert call("plan", str(MINI), "--json").code == 2


def test_a_token_that_notion_does_not_know_is_told_and_where_to_find_the_right_one(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTION_TOKEN", "ntn_unknown00000000000000000000000000000000000")

    sentence = fails(call, "seed", str(MINI), "--yes")

    assert "token" in sentence
    assert "ntn_unknown" not in sentence


def test_a_lost_token_never_turns_a_state_of_notion_to_the_embedded_workspace(
    call: Call, seeded_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NOTION_TOKEN", "NOTION_PARENT_PAGE", "NOTION_BASE_URL"):
        monkeypatch.delenv(name)

    assert "belongs to another workspace" in fails(call, "seed", str(MINI), "--yes")


def test_a_parent_that_is_not_shared_is_told_with_the_clicks(
    call: Call, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTION_PARENT_PAGE", "00000000-0000-4000-8000-000000000000")

    sentence = fails(call, "seed", str(MINI), "--yes")

    assert "00000000-0000-4000-8000-000000000000" in sentence
    assert "Connections" in sentence
    assert served.objects == 1


def test_a_parent_that_is_a_database_is_told(call: Call, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    body = {
        "parent": {"type": "page_id", "page_id": served.root},
        "title": [{"text": {"content": "A database"}}],
        "initial_data_source": {"properties": {"Name": {"title": {}}}},
    }
    database = served.api("POST", "/databases", body)["id"]
    monkeypatch.setenv("NOTION_PARENT_PAGE", f"https://www.notion.so/me/A-database-{database.replace('-', '')}?v=1")

    assert "is a database, and a roadmap is put on a page" in fails(call, "seed", str(MINI), "--yes")


def test_a_parent_in_the_trash_is_told(call: Call, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    title = {"title": {"title": [{"text": {"content": "Old"}}]}}
    page = served.api("POST", "/pages", {"parent": {"page_id": served.root}, "properties": title})["id"]
    served.api("PATCH", f"/pages/{page}", {"in_trash": True})
    monkeypatch.setenv("NOTION_PARENT_PAGE", page)

    assert "is in the trash" in fails(call, "seed", str(MINI), "--yes")


def test_a_parent_that_is_no_page_at_all_is_told(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTION_PARENT_PAGE", "my page")

    assert "NOTION_PARENT_PAGE" in fails(call, "seed", str(MINI), "--yes")


def test_a_connection_that_may_not_read_is_told(call: Call, served: Served) -> None:
    served.control("switches", {"can_read": False})

    assert "Capabilities" in fails(call, "seed", str(MINI), "--yes")


def test_a_connection_that_may_not_insert_makes_nothing_and_goes_on_once_it_may(call: Call, served: Served) -> None:
    served.control("switches", {"can_insert": False})

    result = call("seed", str(MINI), "--yes", "--json")

    assert result.code in (1, 3)
    assert "Capabilities" in result.out
    assert served.objects == 1
    served.control("switches", {"can_insert": True})
    assert call("seed", str(MINI), "--yes", "--json").json["outcome"] == "done"


def test_a_token_that_is_revoked_on_the_way_stops_everything_at_once(call: Call, served: Served) -> None:
    revoked = {"object": "error", "status": 401, "code": "unauthorized", "message": "API token is invalid."}
    action = {"type": "respond", "status": 401, "json": revoked}
    served.control("faults", [{"method": "POST", "path": "/v1/pages", "nth": 6, "action": action}])

    result = call("seed", str(MINI), "--yes", "--json")

    assert (result.code, result.json["outcome"]) == (1, "failed")
    assert "token" in json.dumps(result.json["skipped"])
    journal = httpx.get(f"{served.url}/_sandbox/journal", trust_env=False).json()
    refused = next(n for n, one in enumerate(journal) if one["status"] == 401)
    assert len(journal) - refused <= 20, "only what was in flight already still arrives"


@pytest.mark.parametrize("kind", ["below a file", "a folder"])
def test_a_state_that_cannot_be_written_is_told_before_anything_is_sent(
    call: Call, place: Path, served: Served, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    (place / "file").write_text("")
    (place / "folder").mkdir()
    state = place / "file" / "state.sqlite" if kind == "below a file" else place / "folder"
    monkeypatch.setenv("ROADMAP_STATE", str(state))

    assert str(state) in fails(call, "seed", str(MINI), "--yes")
    assert served.objects == 1


@pytest.mark.parametrize("content", [b"", b"garbage " * 1000], ids=["empty", "garbage"])
def test_a_damaged_state_is_set_aside_and_rebuilt_from_notion(
    call: Call, seeded_place: Path, served: Served, content: bytes
) -> None:
    state = seeded_place / "state" / "state.sqlite"
    for file in state.parent.glob("state.sqlite-*"):
        file.unlink()
    state.write_bytes(content)
    before = served.titles()

    result = call("seed", str(MINI), "--yes", "--json")

    assert (result.code, result.json["outcome"], result.json["created"]) == (0, "done", 0)
    assert served.titles() == before
    assert list(state.parent.glob("*damaged*"))


def test_a_state_of_another_page_is_told_and_nothing_is_sent(
    call: Call, seeded_place: Path, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = {"title": {"title": [{"text": {"content": "Another"}}]}}
    page = served.api("POST", "/pages", {"parent": {"page_id": served.root}, "properties": title})["id"]
    monkeypatch.setenv("NOTION_PARENT_PAGE", page)
    before = served.objects

    assert "belongs to another workspace" in fails(call, "seed", str(MINI), "--yes")
    assert served.objects == before


def test_two_seeds_at_once_are_told_apart(call: Call, place: Path, served: Served) -> None:
    held = open_state(place / "state" / "state.sqlite", "mini")
    try:
        sentence = fails(call, "seed", str(MINI), "--yes")
    finally:
        held.state.close()

    assert "in use by another run" in sentence
    assert served.objects == 1


def test_the_free_plans_last_block_stops_creating_and_says_so(call: Call, served: Served) -> None:
    served.control("switches", {"members": 2, "block_limit": 40, "block_limit_grace_days": 0})

    result = call("seed", str(MINI), "--yes", "--json")

    assert (result.code, result.json["outcome"]) == (3, "partial")
    assert "block" in result.json["skipped"][0]["why"]
    assert result.json["created"] > 0
    served.control("switches", {"members": 1})
    again = call("seed", str(MINI), "--yes", "--json")
    assert (again.code, again.json["outcome"]) == (0, "done")
    assert len(set(served.titles())) == len(served.titles())


@pytest.mark.parametrize(
    "arguments",
    [
        ("sed",),
        ("seed",),
        ("seed", str(MINI), "--no-such-option"),
        ("seed", str(MINI), "--done", "no-such-task"),
        ("plan", str(MINI), "--json", "--markdown", "--huh"),
    ],
    ids=lambda words: " ".join(words[:1] + words[2:]),
)
def test_wrong_usage_is_64_and_one_sentence(call: Call, arguments: tuple[str, ...]) -> None:
    assert call(*arguments).code == 64


def test_a_plan_that_is_not_the_reviewed_one_is_refused(call: Call, served: Served) -> None:
    sentence = fails(call, "seed", str(MINI), "--yes", "--checksum", "0" * 12)

    assert "000000000000" in sentence
    assert served.objects == 1


def test_exit_codes_tell_changes_from_none(call: Call, served: Served, seeded_place: Path) -> None:
    assert call("plan", str(MINI), "--json").code == 0
    nothing = call("seed", str(MINI), "--yes", "--json")
    assert (nothing.code, nothing.json["created"], nothing.json["updated"]) == (0, 0, 0)
    (seeded_place / "newer.yaml").write_text(MINI.read_text().replace("hours: 8", "hours: 9"))
    assert call("plan", "newer.yaml", "--json").code == 2
