"""Removing a roadmap: what is ours and untouched goes to the trash, what the owner made or edited stays."""

from __future__ import annotations

from typing import Any

from acceptance.census import census
from acceptance.ground import Ground, Seeded
from acceptance.inside import request_problems
from notion_roadmap.plan.changes import Action
from notion_roadmap.roadmap import Roadmap


def test_an_untouched_roadmap_goes_as_a_whole_into_the_trash(ground: Ground, career: Roadmap) -> None:
    root = ground.id("root")
    before = census(ground)

    result = ground.remove(career)

    assert (result["outcome"], result["kept"], result["skipped"]) == ("done", [], [])
    assert ground.owner.get(f"/pages/{root}")["in_trash"] is True
    assert list(census(ground)) == ["- / page  Sandbox"]
    assert sum(before.values()) > 1000
    assert len(ground.recorder.writes) == 1
    assert request_problems(ground.recorder.exchanges) == []
    assert not [key for key, applied in ground.state.all().items() if applied.kind != "section"]


def test_looking_at_what_would_go_writes_nothing(ground: Ground, career: Roadmap) -> None:
    import asyncio

    from notion_roadmap.service.remove import Remover

    before = ground.content()
    with ground.no_writes():
        removal = asyncio.run(Remover(ground.house(read_only=True)).prepare(career))

    assert removal.plan.of(Action.TRASH)
    assert ground.content() == before


def test_what_the_owner_made_or_edited_stays_and_so_does_what_holds_it(ground: Ground, career: Roadmap) -> None:
    own = _live_a_little(ground)
    edited, untouched = ground.id("tasks/phase-1/task-1"), ground.id("tasks/phase-1/task-3")
    before = ground.content()

    result = ground.remove(career)

    assert (result["outcome"], result["skipped"]) == ("done", [])
    after = ground.content()
    for identifier in (*own.values(), edited):
        assert after[identifier] == before[identifier]
    for holder in ("root", "tasks"):
        assert after[before[_id(before, ground, holder)]["id"]]["in_trash"] is False
    assert after[untouched]["in_trash"] is True
    kept = "\n".join(result["kept"])
    for key in ("tasks/phase-1/task-1", "root", "tasks"):
        assert f"{key}: " in kept


def test_edited_rows_go_too_when_that_is_asked_for_but_never_the_owners_own(ground: Ground, career: Roadmap) -> None:
    own = _live_a_little(ground)
    edited = ground.id("tasks/phase-1/task-1")
    before = ground.content()

    result = ground.remove(career, including_edited=True)

    after = ground.content()
    assert result["outcome"] == "done"
    assert after[edited]["in_trash"] is True
    for identifier in own.values():
        assert after[identifier] == before[identifier]


def test_a_roadmap_whose_state_was_lost_is_found_and_removed(ground: Ground, career: Roadmap) -> None:
    ground.forget()

    assert ground.remove(career)["outcome"] == "done"

    assert list(census(ground)) == ["- / page  Sandbox"]


def test_after_a_removal_a_seed_begins_anew(ground: Ground, career: Roadmap, seeded: Seeded) -> None:
    ground.remove(career)

    result = ground.seed(career)

    assert (result.outcome, result.kept) == ("done", [])
    assert census(ground) == census(seeded.ground)


def test_what_a_sync_wrote_since_is_nobodys_edit(ground: Ground, career: Roadmap) -> None:
    import asyncio

    from notion_roadmap.service.sync import Syncer

    assert asyncio.run(Syncer(ground.house()).sync(career)).written

    result = ground.remove(career)

    assert (result["outcome"], result["kept"]) == ("done", [])
    assert list(census(ground)) == ["- / page  Sandbox"]


def test_what_the_owner_had_removed_is_made_again_after_a_removal(ground: Ground, career: Roadmap) -> None:
    ground.owner.patch(f"/pages/{ground.id('tasks/phase-1/task-1')}", {"in_trash": True})
    ground.remove(career)

    result = ground.seed(career)

    assert (result.outcome, result.kept) == ("done", [])


def test_removing_what_is_not_there_does_nothing(empty: Ground, career: Roadmap) -> None:
    with empty.no_writes():
        assert empty.remove(career)["outcome"] == "done"


def test_another_roadmap_on_the_same_page_is_left_alone(ground: Ground, career: Roadmap) -> None:
    from acceptance.editions import edition

    def another(data: dict[str, Any]) -> None:
        data.update(key="another", title="Another way")

    other = edition(another)
    state = ground.state
    ground.state = state.of("another")
    assert ground.seed(other).outcome == "done"
    ground.state = state
    root = state.of("another").all()["root"].id

    ground.remove(career)

    assert ground.owner.get(f"/pages/{root}")["in_trash"] is False
    ground.state = state.of("another")
    with ground.no_writes():
        assert ground.seed(other).kept == []


def _live_a_little(ground: Ground) -> dict[str, str]:
    """A row and a page of the owner's own, and one row of ours that they edited."""
    owner = ground.owner
    title = {"title": [{"text": {"content": "Mine"}}]}
    row = {"parent": {"data_source_id": ground.source("tasks")}, "properties": {"Task Name": title}}
    page = {"parent": {"page_id": ground.id("root")}, "properties": {"title": title}}
    ground.clock.seconds += 120
    owner.patch(f"/pages/{ground.id('tasks/phase-1/task-1')}", {"properties": {"Hours": {"number": 7}}})
    return {"row": owner.post("/pages", row)["id"], "page": owner.post("/pages", page)["id"]}


def _id(docs: dict[str, Any], ground: Ground, what: str) -> str:
    wanted = {"root": "NOTION-READY", "tasks": "Data Engineering Roadmap"}[what]
    for doc in docs.values():
        title = doc.get("title") or doc.get("values", {}).get("title") or [{}]
        if doc["object"] in ("page", "database") and title[0].get("plain_text", "").startswith(wanted):
            return str(doc["id"])
    raise AssertionError(what)
