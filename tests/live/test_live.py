"""`scripts/live`, with the sandbox standing in for Notion: every answer is found out, and nothing is left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from notion_roadmap.sandbox.switches import Switches
from sandbox.served import served


@pytest.fixture(scope="module", autouse=True)
def on_the_path(repository: Path) -> Iterator[None]:
    """The scripts are no package that is installed."""
    sys.path.insert(0, str(repository / "scripts"))
    yield
    sys.path.remove(str(repository / "scripts"))


class Stand:
    """A served sandbox that stands in for Notion."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.url, self.token, self.root = told["url"], told["token"], told["root_page_id"]

    def control(self, name: str, value: Any = None) -> Any:
        method = "GET" if value is None else "POST"
        return httpx.request(method, f"{self.url}/_sandbox/{name}".rstrip("/"), json=value, trust_env=False).json()

    def notion(self) -> Any:
        from livecheck.notion import Notion

        def wait(seconds: float) -> None:
            self.control("clock", {"advance_s": seconds})

        return Notion(self.url, self.token, self.root, wait)

    def answers(self, *names: str) -> dict[str, Any]:
        from livecheck.run import ask

        notion = self.notion()
        try:
            return {told.question.name: told.answer for told in ask(notion, names)}
        finally:
            notion.close()


@pytest.fixture(scope="module")
def stand() -> Iterator[Stand]:
    with served("--rate-limit", "on", "--plan", "business") as told:
        found = Stand(told)
        found.control("latency", {"ms": 2})  # so that requests at the same time really are
        yield found


def _others() -> list[tuple[str, object]]:
    """Every answer that a question's switch may have, but the default."""
    defaults = Switches().values()
    closed = [(n, v) for n, values in Switches.choices().items() for v in values if v != defaults[n]]
    return [(n, v) for n, v in closed if not n.startswith(("can_", "token_"))]


def test_every_switch_is_asked_for_or_it_is_said_why_not() -> None:
    from livecheck.questions import NOT_ASKED
    from livecheck.run import QUESTIONS

    asked = {one.switch for one in QUESTIONS.values() if one.switch}
    assert asked | set(NOT_ASKED) == set(Switches().values())
    assert not asked & set(NOT_ASKED)


def test_the_defaults_answer_as_the_defaults_say(stand: Stand) -> None:
    from livecheck.run import ask, outside_the_contract

    notion = stand.notion()
    found = ask(notion)
    assert [(told.question.name, told.answer) for told in found if told.differs] == []
    assert outside_the_contract(notion) == []
    assert not [told.answer for told in found if "cannot be asked" in str(told.answer)]
    notion.close()


@pytest.mark.parametrize(("name", "value"), _others(), ids=lambda one: str(one))
def test_every_other_answer_of_notion_is_noticed(stand: Stand, name: str, value: object) -> None:
    default = Switches().values()[name]
    stand.control("switches", {name: value})
    try:
        assert stand.answers(name) == {name: value}
    finally:
        stand.control("switches", {name: default})


@pytest.mark.parametrize(
    ("name", "value", "answer"),
    [
        ("query_lag_requests", 3, 3),
        ("search_lag_s", 12.0, 15.0),
        ("parallel_writes", 1, lambda said: said.endswith("of 6 answered 409")),
    ],
)
def test_lags_and_refused_parallel_writes_are_noticed(
    stand: Stand, name: str, value: object, answer: object | Callable[[str], bool]
) -> None:
    stand.control("switches", {name: value})
    try:
        told = stand.answers(name)[name]
        assert answer(told) if callable(answer) else told == answer
    finally:
        stand.control("switches", {name: Switches().values()[name]})


def test_nothing_but_its_own_page_is_touched_and_that_goes_to_the_trash(stand: Stand) -> None:
    before = {one["id"]: one for one in stand.control("export")["objects"]}
    stand.answers("back_relation_name", "retired_keys", "last_view")
    after = {one["id"]: one for one in stand.control("export")["objects"]}
    changed = {id_ for id_, one in before.items() if after.get(id_) != one}
    assert changed <= {stand.root}
    assert {k: v for k, v in after[stand.root].items() if k not in ("children", "edited", "edited_by")} == {
        k: v for k, v in before[stand.root].items() if k not in ("children", "edited", "edited_by")
    }
    new = [id_ for id_ in after[stand.root]["children"] if id_ not in before]
    assert [after[id_]["in_trash"] for id_ in new] == [True]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "/pages/{root}", {"in_trash": True}),
        ("DELETE", "/blocks/{root}", None),
        ("POST", "/pages", {"parent": {"page_id": "{other}"}}),
        ("PATCH", "/blocks/{root}/children", {"children": []}),
        ("POST", "/views", {"database_id": "{other}", "data_source_id": "{other}", "name": "x", "type": "table"}),
        ("PATCH", "/pages/{root}", {"properties": {"R": {"relation": [{"id": "{other}"}]}}}),
    ],
)
def test_a_write_to_anything_else_is_never_sent(stand: Stand, method: str, path: str, body: Any) -> None:
    from livecheck.notion import TouchesOthers

    other = "0a11b111-1111-4c11-8dfc-111b1111c111"
    fill: Callable[[str], str] = lambda text: text.replace("{root}", stand.root).replace("{other}", other)  # noqa: E731
    notion, sent = stand.notion(), stand.control("")["requests"]
    with pytest.raises(TouchesOthers):
        notion(method, fill(path), json.loads(fill(json.dumps(body))))
    assert stand.control("")["requests"] == sent
    notion.close()


def test_the_page_goes_to_the_trash_when_a_question_breaks(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    from livecheck import run

    def broken(_: Any) -> object:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setitem(run.QUESTIONS, "locks", run.Question("locks", "", "", None, broken))
    with pytest.raises(RuntimeError):
        stand.answers("locks")
    pages = [one for one in stand.control("export")["objects"] if one["object"] == "page" and one["id"] != stand.root]
    assert all(one["in_trash"] for one in pages if one["parent"].get("page_id") == stand.root)


def _run(repository: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    path = f"{repository / 'scripts'}{os.pathsep}{repository / 'tests'}"
    return subprocess.run(
        [sys.executable, "-m", "livecheck", *arguments],
        env={**os.environ, **environment, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_runs_only_with_a_token_and_an_explicit_page(repository: Path, stand: Stand) -> None:
    own = {"NOTION_TOKEN": stand.token, "NOTION_BASE_URL": stand.url, "NOTION_PARENT_PAGE": stand.root}
    sent = stand.control("")["requests"]
    assert _run(repository, own).returncode == 2
    assert "is no page's id" in _run(repository, own, "--page", "here").stderr
    assert "NOTION_TOKEN is not set" in _run(repository, {**own, "NOTION_TOKEN": ""}, "--page", stand.root).stderr
    assert stand.control("")["requests"] == sent


def test_it_says_in_json_which_switches_to_set(repository: Path, stand: Stand) -> None:
    own = {"NOTION_TOKEN": stand.token, "NOTION_BASE_URL": stand.url}
    stand.control("switches", {"locks": "enforced"})
    try:
        asked = ("--page", stand.root, "--only", "locks", "--only", "merge_text", "--json")
        done = _run(repository, own, *asked)
    finally:
        stand.control("switches", {"locks": "ignored"})
    told = json.loads(done.stdout)
    assert done.returncode == 2
    assert told["answers"] == {"locks": "enforced", "merge_text": True}
    assert told["switches"] == {"locks": "enforced"}
    assert stand.token not in done.stdout + done.stderr
