"""What is remembered locally can be lost at any moment: Notion remembers enough, and nothing is made twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from acceptance.census import census, keys
from acceptance.editions import edition, task
from acceptance.ground import Ground, Seeded
from acceptance.owner import NEW_TASK, Owner, newer_edition
from acceptance.test_equals_document import value
from notion_roadmap.plan.changes import Action
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.store import open_state


class PowerCut(BaseException):
    """The process is gone."""


def cut_after(ground: Ground, writes: int) -> None:
    """No request leaves after so many writes did."""
    left = writes

    def before(method: str, path: str) -> None:
        nonlocal left
        if method != "GET" and not path.endswith("/query"):
            left -= 1
        if left < 0:
            raise PowerCut

    ground.recorder.before = before


def seed_until_the_cut(ground: Ground, roadmap: Roadmap, writes: int) -> None:
    cut_after(ground, writes)
    with pytest.raises(BaseException):  # noqa: B017, PT011 - alone, or in a group with others of its kind
        ground.seed(roadmap)
    ground.recorder.before = lambda method, path: None


def test_everything_is_found_again(ground: Ground, career: Roadmap, seeded: Seeded) -> None:
    ground.forget()

    with ground.no_writes():
        prepared, result = ground.seed_with_plan(career)

    assert (result.outcome, result.skipped, result.kept) == ("done", [], [])
    assert len(prepared.plan.of(Action.ADOPT)) == seeded.result.created
    assert {k: a.id for k, a in ground.state.all().items()} == {k: a.id for k, a in seeded.ground.state.all().items()}


@pytest.mark.parametrize("lost", ["section:manifest", "the marker of the root page"])
def test_everything_is_found_again_without_one_of_the_two_that_remember(
    ground: Ground, career: Roadmap, lost: str
) -> None:
    if lost == "section:manifest":
        ground.owner.call("DELETE", f"/blocks/{ground.id('section:manifest')}")
    else:
        callout = ground.owner.children(ground.id("root"))[0]
        words = {"callout": {"rich_text": [{"text": {"content": "Mine now"}}]}}
        ground.owner.patch(f"/blocks/{callout['id']}", words)
    before = census(ground)
    ground.forget()

    result = ground.seed(career)

    assert (result.outcome, result.created, result.skipped) == ("done", 0, [])
    after = census(ground)
    after.subtract(before)
    assert {what for what, number in after.items() if number} <= {"page  ⚙️ Data / block code the manifest"}


@pytest.mark.parametrize("writes", [1, 2, 4, 8, 12, 20, 35, 55])
def test_a_seed_cut_short_that_lost_its_state_too_goes_on_without_duplicates(
    empty: Ground, mini: Roadmap, seeded_mini: Seeded, writes: int
) -> None:
    seed_until_the_cut(empty, mini, writes)
    empty.forget()

    result = empty.seed(mini)

    assert result.outcome == "done", result.skipped
    assert set(keys(empty).values()) == {1}
    assert census(empty) == census(seeded_mini.ground)
    with empty.no_writes():
        assert empty.seed(mini).outcome == "done"


def test_the_whole_document_cut_short_without_its_state_goes_on_without_duplicates(
    empty: Ground, career: Roadmap, seeded: Seeded
) -> None:
    seed_until_the_cut(empty, career, 190)
    empty.forget()

    assert empty.seed(career).outcome == "done"
    assert census(empty) == census(seeded.ground)


@pytest.mark.parametrize("writes", [1, 12, 40])
def test_a_seed_cut_short_goes_on_where_it_stopped(
    empty: Ground, mini: Roadmap, seeded_mini: Seeded, writes: int
) -> None:
    seed_until_the_cut(empty, mini, writes)

    result = empty.seed(mini)

    assert result.outcome == "done"
    sent = Counter(e.fingerprint for e in empty.recorder.writes)
    assert [f for f, n in sent.items() if n > 1] == []
    assert census(empty) == census(seeded_mini.ground)


def test_a_seed_whose_token_was_revoked_goes_on_once_there_is_another(
    empty: Ground, mini: Roadmap, seeded_mini: Seeded
) -> None:
    def revoke(method: str, path: str) -> None:
        if len(empty.recorder.writes) == 30:
            empty.workspace.control("switches", {"token_state": "revoked"})

    empty.recorder.before = revoke
    first = empty.seed(mini)
    empty.recorder.before = lambda method, path: None
    empty.workspace.control("switches", {"token_state": "valid"})

    second = empty.seed(mini)

    assert (first.outcome, second.outcome) == ("failed", "done")
    assert len([e for e in empty.recorder.exchanges if e.status == 401]) <= 20
    assert census(empty) == census(seeded_mini.ground)


def test_nothing_of_the_owners_is_overwritten_when_the_base_is_lost(ground: Ground) -> None:
    """If in doubt a value is the owner's: what differs from the template is kept and told, what is new is made."""
    owner = Owner(ground)
    owner.live_here()
    before = ground.content()
    ids = {k: a.id for k, a in ground.state.all().items()}
    ground.forget()

    result = ground.seed(newer_edition())

    after = ground.content()
    assert (result.outcome, result.skipped) == ("done", [])
    for name in ("view", "row", "page", "line", "attic"):
        assert after[owner.made[name]] == before[owner.made[name]], name
    for key in ("tasks/phase-4/task-27", "tasks/phase-1/task-2"):
        assert after[owner.made[f"words {key}"]] == before[owner.made[f"words {key}"]]
    row = ground.reader.get(f"/pages/{ids['tasks/phase-4/task-27']}")
    assert value(row, "Hours") == 7
    done = ground.reader.get(f"/pages/{ids['tasks/phase-1/task-1']}")
    assert (value(done, "Status"), value(done, "Done")) == ("✅ Completed", True)
    made_again = {k for k, a in ground.state.all().items() if k in ids and a.id != ids[k]}
    assert made_again == {"tasks/phase-2/task-9"}  # the trash cannot be searched
    assert ground.id(f"tasks/{NEW_TASK['key']}")
    columns = ground.reader.get(f"/data_sources/{ground.source('tasks')}")["properties"]
    assert {"My notes", "Mood"} <= set(columns)
    assert "🙃 Bored" in [option["name"] for option in columns["Status"]["select"]["options"]]
    assert "Notes" not in columns
    assert set(keys(ground).values()) == {1}


def test_a_renamed_and_moved_root_page_is_found_below_the_parent(ground: Ground, career: Roadmap) -> None:
    renamed = {"properties": {"title": {"title": [{"text": {"content": "My way"}}]}}}
    ground.owner.patch(f"/pages/{ground.id('root')}", renamed)
    ground.forget()

    with ground.no_writes():
        result = ground.seed(career)

    assert result.created == 0
    assert any(line.startswith("root") for line in result.kept)


def test_choices_of_the_first_seed_are_taken_back_from_notion(empty: Ground, mini: Roadmap) -> None:
    """A lost state must not move every date: the day of the seed and what was asked for stand in the manifest."""
    empty.seed(mini, as_written=True, done=frozenset({"phase-1/one"}))
    before = empty.state.fact("choices")
    empty.forget()
    empty.clock.seconds += 30 * 86_400

    assert empty.seed(mini).outcome == "done"

    assert empty.state.fact("choices") == before
    rows = {row["id"] for row in empty.reader.rows(empty.source("tasks"))}
    late = [e.request for e in empty.recorder.writes if e.path.rpartition("/")[2] in rows and e.method == "PATCH"]
    assert not [body for body in late if "date" in str(body)]


def test_what_was_thrown_away_before_the_state_was_lost_is_made_again_once(ground: Ground, career: Roadmap) -> None:
    """The trash cannot be searched, so nothing tells a removed row from one that was never made."""
    ground.owner.patch(f"/pages/{ground.id('tasks/phase-2/task-9')}", {"in_trash": True})
    ground.forget()

    assert ground.seed(career).created == 1

    assert set(keys(ground).values()) == {1}
    with ground.no_writes():
        ground.seed(career)


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 400, None])
def test_a_damaged_state_file_is_set_aside_and_rebuilt_from_notion(
    small: Ground, mini: Roadmap, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "state.sqlite"
    sound = open_state(file, "mini")
    sound.state.record(*small.state.all().values())
    sound.state.close()
    if content is None:
        file.write_bytes(file.read_bytes()[:5000])
    else:
        file.write_bytes(content)
    for left in tmp_path.glob("state.sqlite-*"):
        left.unlink()

    opened = open_state(file, "mini")
    small.state = opened.state  # type: ignore[assignment]
    with small.no_writes():
        result = small.seed(mini)
    opened.state.close()

    assert (result.outcome, result.created) == ("done", 0)
    assert opened.set_aside is not None
    assert opened.set_aside.exists()


def test_state_lost_between_two_editions_updates_what_is_ours_and_makes_what_is_new(ground: Ground) -> None:
    ground.forget()
    roadmap = edition(lambda data: data["phases"][1]["tasks"].append(NEW_TASK))

    result = ground.seed(roadmap)

    assert (result.outcome, result.skipped) == ("done", [])
    assert ground.id(f"tasks/{NEW_TASK['key']}")
    assert set(keys(ground).values()) == {1}


def test_a_changed_template_value_whose_base_is_lost_is_kept_and_told(ground: Ground) -> None:
    ground.forget()

    result = ground.seed(edition(lambda data: task(data, "phase-4/task-26").update(hours=41)))

    assert any(line.startswith("tasks/phase-4/task-26") and "Hours" in line for line in result.kept)
