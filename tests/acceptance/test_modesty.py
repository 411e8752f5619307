"""An owner who changed a lot, and then seeds a newer edition of the template, keeps all of it."""

from __future__ import annotations

from typing import Any

import pytest

from acceptance.editions import edition, task
from acceptance.ground import Ground, Seeded
from acceptance.owner import NEW_TASK, Owner, newer_edition
from acceptance.test_equals_document import plain, value, words_of
from notion_roadmap.plan.changes import Action
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.service.seed import Prepared, SeedResult

KANBAN, GALLERY = "view:tasks/status-kanban", "view:tasks/project-gallery"


class Lived:
    """The workspace after owner and author, with what was there between the two."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.owner = Owner(ground)
        self.owner.live_here()
        ground.clock.seconds += 3600
        self.before = ground.content()
        self.sent_before = len(ground.recorder.exchanges)
        self.prepared: Prepared
        self.result: SeedResult
        self.prepared, self.result = ground.seed_with_plan(newer_edition())
        self.after = ground.content()

    def row(self, key: str) -> Any:
        return self.ground.reader.get(f"/pages/{self.ground.id(key)}")

    @property
    def columns(self) -> Any:
        return self.ground.reader.get(f"/data_sources/{self.ground.source('tasks')}")["properties"]

    def told(self, action: Action) -> dict[str, str]:
        return {change.key: change.why for change in self.prepared.plan.of(action)}


@pytest.fixture(scope="module")
def lived(seeded: Seeded) -> Lived:
    return Lived(seeded.ground.fork())


def test_the_run_ends_done(lived: Lived) -> None:
    assert (lived.result.outcome, lived.result.skipped) == ("done", [])


def test_what_the_template_changed_and_the_owner_did_not_is_brought_up_to_date(lived: Lived) -> None:
    row = lived.row("tasks/phase-4/task-26")
    words = [words_of(block) for block in lived.ground.reader.children(row["id"])]

    assert value(row, "Hours") == 41
    assert "Design systems, and say why." in words
    assert lived.columns["Hours"]["description"] == "estimated time, in hours"
    gallery = lived.ground.reader.get(f"/views/{lived.ground.id(GALLERY)}")
    assert gallery["filter"]["select"] == {"equals": "Portfolio"}


def test_what_is_new_in_the_template_is_made(lived: Lived) -> None:
    row = lived.row(f"tasks/{NEW_TASK['key']}")

    assert value(row, "Task Name") == NEW_TASK["title"]
    assert value(row, "Skills") == ["speaking", "sql"]
    assert "💤 On Hold" in [option["name"] for option in lived.columns["Status"]["select"]["options"]]
    days = lived.ground.reader.get(f"/data_sources/{lived.ground.source('days')}")["properties"]
    assert days["Stretch"]["type"] == "checkbox"


def test_what_the_template_dropped_and_nobody_touched_goes_to_the_trash(lived: Lived) -> None:
    identifier = lived.before[_id_of(lived, "tasks/phase-3/task-20")]["id"]

    assert lived.ground.owner.get(f"/pages/{identifier}")["in_trash"] is True
    assert lived.told(Action.TRASH).keys() == {"tasks/phase-3/task-20"}


def test_what_the_template_dropped_and_the_owner_edited_stays_and_is_reported(lived: Lived) -> None:
    identifier = _id_of(lived, "tasks/phase-3/task-21")

    assert lived.ground.owner.get(f"/pages/{identifier}")["in_trash"] is False
    assert any(line.startswith("tasks/phase-3/task-21") for line in lived.result.kept)


def test_a_renamed_property_keeps_its_name_and_its_values(lived: Lived) -> None:
    assert "My notes" in lived.columns
    assert "Notes" not in lived.columns
    assert lived.told(Action.FOLLOW)["tasks.notes"] == "renamed by the owner to 'My notes'"


def test_a_renamed_page_database_and_view_keep_their_names(lived: Lived) -> None:
    reader = lived.ground.reader
    root = reader.get(f"/pages/{lived.ground.id('root')}")

    assert plain(root["properties"]["title"]["title"]) == "My way"
    assert root["icon"]["emoji"] == "🌱"
    assert plain(reader.get(f"/databases/{lived.ground.id('resources')}")["title"]) == "My library"
    assert reader.get(f"/views/{lived.ground.id('view:tasks/phase-board')}")["name"] == "My board"


def test_added_and_recoloured_options_stay(lived: Lived) -> None:
    status = [option["name"] for option in lived.columns["Status"]["select"]["options"]]
    learning = next(o for o in lived.columns["Category"]["select"]["options"] if o["name"] == "Learning")

    assert "🙃 Bored" in status
    assert learning["color"] == "brown"


def test_no_option_that_a_row_has_is_lost(lived: Lived) -> None:
    """Sending a list of options replaces the list: what is left out is gone from every row."""
    names = {option["name"] for option in lived.columns["Skills"]["multi_select"]["options"]}
    for row in lived.ground.reader.rows(lived.ground.source("tasks")):
        assert set(value(row, "Skills")) <= names
    done = lived.row("tasks/phase-1/task-1")
    assert (value(done, "Status"), value(done, "Done")) == ("✅ Completed", True)


def test_added_columns_views_rows_pages_and_lines_stay_as_they_were(lived: Lived) -> None:
    made = lived.owner.made

    assert lived.columns["Mood"]["type"] == "number"
    for name in ("view", "row", "page", "line", "attic"):
        assert lived.after[made[name]] == lived.before[made[name]], name


def test_words_that_the_owner_changed_stay_even_where_the_author_changed_them_too(lived: Lived) -> None:
    for key in ("tasks/phase-4/task-27", "tasks/phase-1/task-2"):
        block = lived.owner.made[f"words {key}"]
        assert lived.after[block] == lived.before[block]
    assert "tasks/phase-4/task-27" in lived.told(Action.CONFLICT)


def test_values_that_both_changed_stay_the_owners_and_are_reported(lived: Lived) -> None:
    assert value(lived.row("tasks/phase-4/task-27"), "Hours") == 7
    assert any(line.startswith("tasks/phase-4/task-27") and "Hours" in line for line in lived.result.kept)


def test_a_description_that_the_owner_wrote_stays(lived: Lived) -> None:
    assert lived.columns["Deliverable"]["description"] == "my own words"


def test_a_view_that_both_changed_stays_the_owners(lived: Lived) -> None:
    identifier = lived.ground.id(KANBAN)

    assert lived.after[identifier] == lived.before[identifier]
    assert KANBAN in lived.told(Action.CONFLICT)


def test_what_the_owner_trashed_stays_in_the_trash_and_is_reported(lived: Lived) -> None:
    identifier = lived.ground.id("tasks/phase-2/task-9")

    assert lived.ground.owner.get(f"/pages/{identifier}")["in_trash"] is True
    assert any(line.startswith("tasks/phase-2/task-9") for line in lived.result.kept)
    titles = [value(row, "Task Name") for row in lived.ground.reader.rows(lived.ground.source("tasks"))]
    assert len([title for title in titles if title.startswith("Task 9:")]) == 0


def test_a_page_that_was_moved_stays_where_it_is_and_is_not_made_again(lived: Lived) -> None:
    data = lived.ground.reader.get(f"/pages/{lived.ground.id('data')}")
    children = lived.ground.reader.children(lived.ground.id("root"))

    assert data["parent"]["page_id"] == lived.owner.made["attic"]
    assert [b for b in children if b["type"] == "child_page" and b["child_page"]["title"] == "⚙️ Data"] == []


def test_objects_that_neither_the_template_nor_the_owner_changed_are_left_alone(lived: Lived) -> None:
    """Whatever changed in the workspace is something that the plan said it would write."""
    planned = {change.id for change in lived.prepared.plan.writes} - {""}
    planned |= {lived.ground.source(db) for db in ("tasks", "days")}
    changed = {i for i, doc in lived.before.items() if _bare(lived.after.get(i)) != _bare(doc)}

    pages = {i for i in changed if lived.before[i]["object"] in ("page", "view", "database")}
    assert pages <= planned | {lived.ground.id("phases/phase-2")} | _parents(lived)


def test_one_more_seed_of_the_same_edition_is_silent(lived: Lived) -> None:
    ground = lived.ground.fork()
    with ground.no_writes():
        assert ground.seed(newer_edition()).outcome == "done"


def test_restore_brings_back_what_was_removed_and_only_that(lived: Lived) -> None:
    ground = lived.ground.fork()
    before = ground.content()
    identifier = ground.id("tasks/phase-2/task-9")

    result = ground.seed(newer_edition(), restore=True)

    assert result.outcome == "done"
    assert ground.owner.get(f"/pages/{identifier}")["in_trash"] is False
    after = ground.content()
    for name in ("view", "row", "page", "line", "attic"):
        assert after[lived.owner.made[name]] == before[lived.owner.made[name]]
    ground.settle_restored(newer_edition())
    with ground.no_writes():
        again = ground.seed(newer_edition())
    assert again.outcome == "done"
    assert not [line for line in again.kept if "removed by the owner" in line]


@pytest.mark.parametrize("what", ["view:tasks/board", "kpis", "tasks.core_skill", "section:extras", "data"])
def test_whatever_was_removed_is_reported_and_stays_away_until_restore(small: Ground, mini: Roadmap, what: str) -> None:
    _remove(small, what)

    with small.no_writes():
        told = small.seed(mini)
    assert any(line.startswith(f"{what}: removed by the owner") for line in told.kept)

    back = small.seed(mini, restore=True)
    for _ in range(2):  # what it holds comes with it, and is looked at in the next run
        again = small.seed(mini, restore=True)
    assert (back.outcome, again.outcome) == ("done", "done")
    assert not [line for line in again.kept if "removed by the owner" in line]
    with small.no_writes():
        assert not [line for line in small.seed(mini).kept if "removed by the owner" in line]


def test_an_own_row_with_a_key_that_a_later_edition_uses_is_adopted_not_doubled(ground: Ground) -> None:
    """Whoever copies a row by hand keeps the copy; the row of ours stays the one that counts."""
    copy = {
        "parent": {"data_source_id": ground.source("tasks")},
        "properties": {
            "Task Name": {"title": [{"text": {"content": "A copy"}}]},
            "Key": {"rich_text": [{"text": {"content": "tasks/phase-1/task-1"}}]},
        },
    }
    identifier = ground.owner.post("/pages", copy)["id"]
    before = ground.content()

    ground.seed(edition(lambda data: task(data, "phase-1/task-1").update(hours=41)))

    assert ground.content()[identifier] == before[identifier]
    assert value(ground.reader.get(f"/pages/{ground.id('tasks/phase-1/task-1')}"), "Hours") == 41


def _remove(ground: Ground, what: str) -> None:
    owner = ground.owner
    if what.startswith("view:"):
        owner.call("DELETE", f"/views/{ground.id(what)}")
    elif what.startswith("section:"):
        for block in ground.applied(what).refs["blocks"].split():
            owner.call("DELETE", f"/blocks/{block}")
    elif "." in what:
        source = ground.source(what.partition(".")[0])
        owner.patch(f"/data_sources/{source}", {"properties": {ground.id(what): None}})
    elif what == "data":
        owner.patch(f"/pages/{ground.id(what)}", {"in_trash": True})
    else:
        owner.patch(f"/databases/{ground.id(what)}", {"in_trash": True})


def _id_of(lived: Lived, key: str) -> str:
    """Of a row that the state no longer knows."""
    for doc in lived.before.values():
        if doc["object"] == "page" and any(
            isinstance(told, list) and told and isinstance(told[0], dict) and told[0].get("plain_text") == key
            for told in doc.get("values", {}).values()
        ):
            return str(doc["id"])
    raise AssertionError(key)


def _bare(doc: Any) -> Any:
    return {k: v for k, v in (doc or {}).items() if k not in ("edited", "edited_by", "seq")}


def _parents(lived: Lived) -> set[str]:
    """Rows and pages change when a row that they name comes or goes: the phases of what was added and removed."""
    return {lived.ground.id(f"phases/phase-{n}") for n in range(1, 8)}
