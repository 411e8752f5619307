"""The commands one after the other on the embedded workspace: plan, seed, again, status, remove."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from notion_roadmap.cli import exits
from notion_roadmap.sandbox import create_app
from templates.small import SMALL

TEMPLATE = "small.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a template of one's own, and with the state."""
    (tmp_path / TEMPLATE).write_text(SMALL.replace("«", ""), "utf-8")
    monkeypatch.setenv("ROADMAP_STATE", str(tmp_path / "state" / "state.sqlite"))
    monkeypatch.setenv("ROADMAP_NOW", "2026-11-20T09:00:00Z")
    monkeypatch.setenv("ROADMAP_TIMEZONE", "UTC")
    return tmp_path


def test_plan_finds_changes_and_writes_nothing(call, folder: Path) -> None:
    said = call("plan", TEMPLATE, "--json")
    assert said.code == exits.CHANGES
    assert said.err == ""
    plan = said.json
    assert plan.keys() == {"checksum", "changes", "price"}
    assert plan["price"].keys() == {"requests", "seconds", "blocks", "blocks_per_week", "gated"}
    assert all(change.keys() == {"action", "kind", "key", "why"} for change in plan["changes"])
    assert {change["action"] for change in plan["changes"]} == {"create"}
    assert not (folder / "state" / "state.sqlite").exists()
    assert call("plan", TEMPLATE, "--json").json["checksum"] == plan["checksum"]


def test_plan_for_people_ends_with_what_to_type_next(call, folder: Path) -> None:
    said = call("plan", TEMPLATE)
    assert said.code == exits.CHANGES
    assert "In the embedded workspace: create" in said.out
    assert "Price: " in said.out
    assert "hours at 40 a week end on" in said.out
    assert said.out.rstrip().endswith(f"Next: notion-roadmap seed {TEMPLATE}")
    assert "\x1b[" not in said.out, "no colours off a terminal"


def test_plan_as_markdown(call, folder: Path) -> None:
    said = call("plan", TEMPLATE, "--markdown")
    assert said.code == exits.CHANGES
    assert said.out.startswith("**Plan** `")


def test_seed_then_seed_again_then_nothing_to_plan(call, folder: Path) -> None:
    first = call("seed", TEMPLATE, "--yes", "--json")
    assert first.code == exits.DONE
    result = first.json
    assert result["outcome"] == "done"
    assert result["created"] > 0
    assert {"updated", "unchanged", "kept", "skipped", "differences", "requests", "retries", "seconds"} < result.keys()
    assert result["root_page_id"]
    assert result["url"].startswith("http")
    again = call("seed", TEMPLATE, "--json")
    assert again.code == exits.DONE
    assert (again.json["created"], again.json["updated"]) == (0, 0)
    assert again.json["unchanged"] == result["created"]
    assert call("plan", TEMPLATE).code == exits.DONE


def test_the_price_counts_every_request(call, folder: Path) -> None:
    price = call("plan", TEMPLATE, "--json").json["price"]
    assert call("seed", TEMPLATE, "--json").json["requests"] == price["requests"]


def test_seed_for_people_shows_progress_beside_the_result(call, folder: Path) -> None:
    said = call("seed", TEMPLATE)
    assert said.code == exits.DONE
    assert "requests, about" in said.err
    assert int(said.err.rsplit("%", 1)[0].split()[-1]) >= 90
    assert "Done: " in said.out
    assert "sandbox serve` and open http" in said.out
    assert "Nothing to do: 0 created" in call("seed", TEMPLATE).out


def test_only_the_plan_that_was_reviewed_is_applied(call, folder: Path) -> None:
    checksum = call("plan", TEMPLATE, "--json").json["checksum"]
    refused = call("seed", TEMPLATE, "--checksum", "0" * 64, "--json")
    assert refused.code == exits.FAILED
    assert "The plan is no longer the one with the checksum" in refused.json["error"]
    assert call("plan", TEMPLATE, "--json").json["checksum"] == checksum, "nothing was written"
    assert call("seed", TEMPLATE, "--checksum", checksum[:12]).code == exits.DONE


def test_a_task_that_was_done_already_is_done_from_the_start(call, folder: Path) -> None:
    assert call("seed", TEMPLATE, "--done", "Phase 1", "--json").code == exits.DONE
    assert call("plan", TEMPLATE).code == exits.DONE, "it is remembered"
    wrong = call("seed", TEMPLATE, "--done", "phase-9")
    assert wrong.code == exits.WRONG_USAGE


def test_status_says_what_stands_from_the_state_alone(call, folder: Path) -> None:
    assert call("status", "--json").json == {"roadmaps": [], "jobs": {}}
    assert "Nothing was seeded yet" in call("status").out
    seeded = call("seed", TEMPLATE, "--json").json
    (folder / "state" / "workspace.sqlite").unlink()
    (one,) = call("status", "--json").json["roadmaps"]
    assert (one["roadmap"], one["version"], one["start"]) == ("small", "1", "2026-11-23")
    assert sum(one["items"].values()) >= seeded["created"]
    assert one["root_page_id"] == seeded["root_page_id"]
    assert one["unfinished"] == 0
    assert call("status").out.startswith("small, version 1\n")


def test_remove_wants_a_yes_and_then_leaves_nothing(call, folder: Path) -> None:
    created = call("seed", TEMPLATE, "--json").json["created"]
    assert call("remove", TEMPLATE).code == exits.WRONG_USAGE
    removed = call("remove", TEMPLATE, "--yes", "--json")
    assert removed.code == exits.DONE
    assert removed.json.keys() == {"outcome", "trashed", "kept", "skipped"}
    assert removed.json["trashed"]
    assert call("remove", TEMPLATE, "--yes").out.startswith("Nothing to do")
    assert call("seed", TEMPLATE, "--json").json["created"] == created


def test_doctor_is_content_before_and_after(call, folder: Path) -> None:
    assert call("doctor").code == exits.DONE
    assert not (folder / "state").exists()
    call("seed", TEMPLATE)
    findings = {f["check"]: f for f in call("doctor", "--json").json["findings"]}
    assert {f["verdict"] for f in findings.values()} == {"good"}
    assert "It knows small." in findings["state"]["found"]
    assert {"insert capability", "update capability", "parent page"} <= findings.keys()


def test_a_damaged_state_is_no_disaster(call, folder: Path) -> None:
    created = call("seed", TEMPLATE, "--json").json["created"]
    (folder / "state" / "state.sqlite").write_bytes(b"garbage" * 1000)
    assert "sets it aside" in call("doctor").out
    again = call("seed", TEMPLATE, "--json")
    assert again.code == exits.DONE
    assert (again.json["created"], again.json["updated"], again.json["skipped"]) == (0, 0, [])
    assert "state.sqlite.damaged-1" in again.json["warnings"][0]
    assert call("seed", TEMPLATE, "--json").json["unchanged"] == created


def test_two_at_once_are_told_apart(call, folder: Path) -> None:
    from notion_roadmap.store import open_state

    opened = open_state(folder / "state" / "state.sqlite", "small")
    try:
        said = call("seed", TEMPLATE, "--json")
    finally:
        opened.state.close()
    assert said.code == exits.FAILED
    assert "is in use by another run" in said.json["error"]


HEAVY = ("notion_client", "pydantic_core", "sqlalchemy", "starlette", "rich", "yaml", "jinja2")


def test_a_command_imports_no_more_than_it_needs(folder: Path) -> None:
    """The commands start at once because of what they do not import; scripts/bench seed measures how fast."""
    for arguments, allowed in (("--help", ()), ("status", ("sqlalchemy", "pydantic_core"))):
        code = f"import sys\nfrom notion_roadmap.cli import main\nsys.argv = ['x', {arguments!r}]\n"
        code += "try:\n    main()\nexcept SystemExit:\n    pass\nprint(*sys.modules, file=sys.stderr)"
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        loaded = set(ran.stderr.split())
        assert not loaded & (set(HEAVY) - set(allowed)), arguments


def test_a_workspace_that_is_being_served_is_in_use(call, folder: Path) -> None:
    """It said that the database is locked, and asked whether a sandbox does it."""
    assert call("seed", TEMPLATE).code == exits.DONE
    app = create_app(data=folder / "state" / "workspace.sqlite", rate_limit=False)
    for command in (("seed", TEMPLATE), ("plan", TEMPLATE), ("sync",), ("backup",)):
        said = call(*command)
        assert said.code == exits.FAILED
        assert said.err.startswith(
            "The embedded workspace is in use by another process: `notion-roadmap sandbox serve`"
        )
        assert len(said.err.splitlines()) == 2
    said = call("sandbox", "serve", "--port", "0")
    assert said.code == exits.FAILED
    assert "is in use by another process" in said.err
    assert call("status").code == exits.DONE
    app.state.workspace.close()
    assert call("seed", TEMPLATE).code == exits.DONE


def test_status_is_for_people(call, folder: Path) -> None:
    """It showed microseconds, and an address that nothing answers."""
    call("seed", TEMPLATE)
    call("sync")
    said = call("status").out
    assert "  Last sync: 2026-11-20 09:00\n" in said
    assert "  Look: run `notion-roadmap sandbox serve` and open http" in said
    assert "  Progress: 0 %" in said
