"""Living with it on the command line: review and explain, on the embedded workspace with the owner's own hands."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest

from notion_roadmap.cli import exits
from notion_roadmap.sandbox import create_app, transport
from notion_roadmap.store import open_state

TEMPLATE = "mini.yaml"
REVIEW = """
weekly_review:
  title: Week of [Date]
  sections:
    - key: completed
      title: Completed This Week
      style: checklist
      fields:
        - key: tasks-completed
          text: "Phase [X] tasks completed: [Y/Z]"
    - key: metrics
      title: Metrics
      style: list
      fields:
        - key: problems
          text: "Problems solved: [X]"
          kpi: problems
"""
ONE = "tasks/phase-1/one"


class Owner:
    """The owner's own hands in the embedded workspace, between two commands."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ids(self) -> dict[str, str]:
        state = open_state(self._folder / "state.sqlite", "mini", read_only=True).state
        try:
            return {key: one.id for key, one in state.all().items()}
        finally:
            state.close()

    def says(self, method: str, path: str, body: dict[str, Any]) -> Any:
        app = create_app(data=self._folder / "workspace.sqlite", rate_limit=False)
        workspace = app.state.workspace
        headers = {"Authorization": f"Bearer {workspace.owner_token}", "Notion-Version": "2026-03-11"}

        async def send() -> httpx.Response:
            async with httpx.AsyncClient(transport=transport(app), base_url=workspace.base_url) as client:
                return await client.request(method, f"/v1/{path}", json=body, headers=headers)

        try:
            answer = asyncio.run(send())
        finally:
            workspace.close()
        assert answer.status_code == 200, answer.text
        return answer.json()

    def completes(self, task: str) -> None:
        ids = self.ids()
        self.says("PATCH", f"pages/{ids[task]}", {"properties": {ids["tasks.done"]: {"checkbox": True}}})

    def trashes(self, key: str) -> None:
        self.says("PATCH", f"pages/{self.ids()[key]}", {"in_trash": True})


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first seed is kept for all tests."""
    return tmp_path_factory.mktemp("seeded") / "state"


@pytest.fixture
def owner(tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch, call, once: Path) -> Owner:
    """A workspace that was seeded on the Monday that the roadmap begins."""
    (tmp_path / TEMPLATE).write_text((repository / "tests/data/mini-roadmap.yaml").read_text("utf-8") + REVIEW, "utf-8")
    monkeypatch.setenv("ROADMAP_STATE", str(tmp_path / "state" / "state.sqlite"))
    monkeypatch.setenv("ROADMAP_TIMEZONE", "UTC")
    monkeypatch.setenv("ROADMAP_START", "2026-11-23")
    monkeypatch.setenv("ROADMAP_NOW", "2026-11-23T09:00:00Z")
    if once.exists():
        shutil.copytree(once, tmp_path / "state")
    else:
        assert call("seed", TEMPLATE, "--json").code == exits.DONE
        shutil.copytree(tmp_path / "state", once)
    return Owner(tmp_path / "state")


def test_a_number_is_explained_by_its_rows_without_a_request(call, owner: Owner) -> None:
    owner.completes(ONE)
    assert call("explain", "progress.percent", "--json").json["value"] == 0, "as of what was last seen"
    call("sync")
    (owner._folder / "workspace.sqlite").unlink()
    told = call("explain", "progress.percent", "--json")
    assert told.code == exits.DONE
    assert told.json["value"] == pytest.approx(100 / 6, abs=0.1)
    assert told.json["formula"] == "1 completed / 6 tasks × 100"
    assert told.json["as_of"] == "2026-11-23"
    assert told.json["sources"][0] == {"key": "phase-1/one", "title": "Learn the one tool", "says": "completed"}
    assert "Learn the one tool: completed" in call("explain", "progress.percent").out


def test_a_job_that_keeps_no_state_syncs_from_what_stands_in_notion(call, owner: Owner) -> None:
    """What the workflow in deploy/ does every hour."""
    owner.completes(ONE)
    call("sync")
    for _ in range(2):
        for file in owner._folder.glob("state.sqlite*"):
            file.unlink()
        told = call("sync", TEMPLATE, "--json")
        assert told.code == exits.DONE
        assert (told.json["outcome"], told.json["progress"]["completed"]) == ("done", 1)
        assert (told.json["reviews"]["created"], told.json["skipped"]) == ([], [])


def test_what_is_explained_is_what_status_shows(call, owner: Owner) -> None:
    owner.completes(ONE)
    call("sync")
    shown = call("status", "--json").json
    for name in call("explain", "--json").json["names"]:
        room, _, rest = name.partition(".")
        if room == "progress" and not rest.startswith("phases."):
            assert call("explain", name, "--json").json["value"] == shown["progress"][rest], name
        if room == "gates":
            told = call("explain", name, "--json").json
            assert (told["value"], told["formula"]) == (shown["gates"][rest]["state"], shown["gates"][rest]["reason"])


def test_a_column_that_is_gone_is_n_a_in_the_explanation_too(call, owner: Owner) -> None:
    ids = owner.ids()
    state = open_state(owner._folder / "state.sqlite", "mini", read_only=True).state
    source = state.all()["tasks"].refs["data_source"]
    state.close()
    owner.says("PATCH", f"data_sources/{source}", {"properties": {ids["tasks.hours"]: None}})
    call("sync")
    told = call("explain", "progress.hours_percent", "--json").json
    assert told["value"] is None
    assert told["formula"].startswith("n/a")
    assert "progress.hours_percent on 2026-11-23: n/a" in call("explain", "progress.hours_percent").out


def test_names_are_listed_and_close_ones_suggested(call, owner: Owner) -> None:
    names = call("explain").out.split("\n")
    assert {"progress.percent", "kpis.problems", "gates.Phase 1", "forecast.p50"} <= set(names)
    assert call("explain", "--json").json["names"] == names[:-1]
    wrong = call("explain", "progress.per", "--json")
    assert wrong.code == exits.FAILED
    assert "progress.percent" in wrong.json["hint"]


def test_where_nothing_was_seeded_it_says_what_to_do(call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROADMAP_STATE", str(tmp_path / "none" / "state.sqlite"))
    assert "seed first" in call("explain", "progress.percent").err
    told = call("explain", "progress.percent", "data-engineering-career", "--json")
    assert told.code == exits.FAILED
    assert "knows nothing of data-engineering-career" in told.json["error"]
    assert not (tmp_path / "none").exists()


def test_with_several_roadmaps_one_must_be_named(call, owner: Owner, tmp_path: Path) -> None:
    other = (tmp_path / TEMPLATE).read_text("utf-8").replace("key: mini", "key: other", 1)
    (tmp_path / "other.yaml").write_text(other.replace("A mini roadmap", "Another roadmap", 1), "utf-8")
    assert call("seed", "other.yaml", "--json").code == exits.DONE
    for arguments in (("explain",), ("review",)):
        said = call(*arguments)
        assert said.code == exits.FAILED
        assert "Name one of them" in said.err
    assert call("explain", "progress.percent", TEMPLATE).code == exits.DONE
    known = call("status", "--json").json["roadmaps"]
    assert {one["roadmap"] for one in known} == {"mini", "other"}
    assert "progress.percent" in call("explain", str(tmp_path / "other.yaml")).out, "the names of one of them"


def test_the_review_of_this_week_is_shown_with_its_page(call, owner: Owner) -> None:
    owner.completes(ONE)
    told = call("review", "--json")
    assert told.code == exits.DONE
    review = told.json
    assert (review["week"], review["first"], review["last"]) == ("2026-W48", "2026-11-23", "2026-11-29")
    assert (review["made"], review["stands"], review["closed"]) == (False, True, False), "the seed has made it"
    assert review["title"].startswith("2026-W48")
    assert review["url"].startswith("http")
    assert review["facts"]["phases"]["Phase 1"]["completed"] == ["phase-1/one"]
    assert "- [x] Phase 1 tasks completed: 1/3, 1 of them this week" in review["text"]
    said = call("review")
    assert said.out.startswith("# 2026-W48")
    assert f"Stands: run `notion-roadmap sandbox serve` and open {review['url']}" in said.out


def test_a_week_that_was_missed_is_made_up_by_asking_for_it(
    call, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROADMAP_NOW", "2026-12-09T09:00:00Z")
    review = call("review", "--week", "2026-W49", "--json").json
    assert (review["made"], review["stands"], review["closed"]) == (True, True, True)
    assert call("review", "--week", "2026-w49", "--json").json["made"] is False
    assert {"reviews/2026-W48", "reviews/2026-W49", "reviews/2026-W50"} <= owner.ids().keys()


def test_a_review_that_the_owner_removed_is_told_and_not_made_again(call, owner: Owner) -> None:
    call("sync")
    owner.trashes("reviews/2026-W48")
    review = call("review", "--json").json
    assert (review["made"], review["stands"], review["url"]) == (False, False, "")
    assert "Its page is not there" in call("review").out


def test_a_roadmap_without_a_review_has_one_that_any_roadmap_can_answer(call, owner: Owner, tmp_path: Path) -> None:
    (tmp_path / TEMPLATE).write_text((tmp_path / TEMPLATE).read_text("utf-8").replace(REVIEW, ""), "utf-8")
    said = call("review", TEMPLATE, "--json")
    assert said.code == exits.DONE
    assert said.json["title"] == "2026-W48 · Week of 2026-11-23"
    assert "Phase 1: 0/" in said.json["text"]


@pytest.mark.parametrize("week", ["2026-W47", "2026-W49"])
def test_weeks_before_the_roadmap_or_ahead_have_no_review(call, owner: Owner, week: str) -> None:
    said = call("review", "--week", week, "--json")
    assert said.code == exits.FAILED
    assert said.json["error"] == f"There is no review of {week}."
    assert said.json["hint"] == "There is that of 2026-W48"


@pytest.mark.parametrize("week", ["47", "2026-47", "2026-W54", "2026-W7", "next"])
def test_what_is_no_week_is_wrong_usage(call, owner: Owner, week: str) -> None:
    said = call("review", "--week", week)
    assert said.code == exits.WRONG_USAGE
    assert "is not an ISO week such as 2026-W47" in said.err


def test_a_backup_is_a_dated_folder_beside_the_state(call, owner: Owner, tmp_path: Path) -> None:
    told = call("backup", "--json")
    assert told.code == exits.DONE
    folder = Path(told.json["folder"])
    assert folder == tmp_path / "state" / "backups" / "mini-2026-11-23-090000"
    assert told.json["rows"] == sum(
        len(one["rows"]) for one in json.loads((folder / "backup.json").read_text())["databases"]
    )
    said = call("backup", "--to", str(tmp_path / "there"))
    assert (tmp_path / "there" / folder.name / "README.md").is_file()
    assert f"Backed up {told.json['rows']} rows of" in said.out


def test_a_backup_with_nowhere_to_go_says_so_before_it_reads(
    call, owner: Owner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notion_roadmap.cli.commands.backup._read", lambda *_: pytest.fail("it was read for nothing"))
    (tmp_path / "file").write_text("", "utf-8")
    said = call("backup", "--to", str(tmp_path / "file" / "below"), "--json")
    assert said.code == exits.FAILED
    assert "cannot be written" in said.json["error"]


def test_what_was_trashed_comes_back_from_a_backup(call, owner: Owner) -> None:
    folder = call("backup", "--json").json["folder"]
    assert call("restore", folder, "--plan").code == exits.DONE
    owner.trashes(ONE)
    planned = call("restore", folder, "--plan", "--json")
    assert planned.code == exits.CHANGES
    (change,) = planned.json["changes"]
    assert (change["action"], change["key"], change["why"]) == ("restore", ONE, "missing, in the trash")
    assert "missing, in the trash" in call("restore", folder, "--plan").out
    told = call("restore", folder, "--json")
    assert told.code == exits.DONE
    assert told.json.keys() == {"outcome", "restored", "overwritten", "kept", "skipped", "notes"}
    assert told.json["restored"] == [ONE]
    assert call("restore", folder).out.startswith("0 rows restored")
    said = call("plan", TEMPLATE)
    assert said.code == exits.DONE, said.out


def test_a_folder_that_is_no_backup_is_refused(call, owner: Owner, tmp_path: Path) -> None:
    said = call("restore", str(tmp_path), "--json")
    assert said.code == exits.FAILED
    assert "is no backup that can be restored" in said.json["error"]


def test_on_the_first_day_of_the_roadmap_a_second_seed_has_nothing_to_do(call, owner: Owner) -> None:
    said = call("plan", TEMPLATE)
    assert said.code == exits.DONE, said.out
