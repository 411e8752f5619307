"""`--done`: keys, titles, phases and CSV files say which tasks were done already."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from notion_roadmap.cli.done import done_keys
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.templates import load_template


@pytest.fixture(scope="module")
def roadmap() -> Roadmap:
    return load_template("data-engineering-career")


@pytest.mark.parametrize("words", [("phase-1/task-1",), ("PHASE-1/TASK-1",), ("Task 1: Python Fundamentals",)])
def test_a_task_is_meant_by_its_key_or_its_title(roadmap: Roadmap, words: tuple[str, ...]) -> None:
    assert done_keys(roadmap, words) == {"phase-1/task-1"}


@pytest.mark.parametrize("name", ["Phase 1", "phase 1", "phase-1", "Foundation Mastery"])
def test_a_phase_means_all_its_tasks(roadmap: Roadmap, name: str) -> None:
    expected = {task.key for phase, task in roadmap.tasks() if phase.option == "Phase 1"}
    assert len(expected) == 10
    assert done_keys(roadmap, [name]) == expected


def test_several_are_separated_by_commas_or_said_again(roadmap: Roadmap) -> None:
    assert done_keys(roadmap, ["phase-1/task-1, phase-1/task-2,", "phase-1/task-2"]) == {
        "phase-1/task-1",
        "phase-1/task-2",
    }
    assert done_keys(roadmap, []) == frozenset()


def test_a_wrong_word_is_refused_with_the_nearest_right_one(roadmap: Roadmap) -> None:
    with pytest.raises(click.UsageError, match=r"'phase-1/task-1x' is neither .* Did you mean 'phase-1/task-1"):
        done_keys(roadmap, ["phase-1/task-1x"])


def test_a_plain_csv_means_every_row(roadmap: Roadmap, tmp_path: Path) -> None:
    path = tmp_path / "done.csv"
    path.write_text("Key\nphase-1/task-1\n\nphase-1/task-2\n", "utf-8")
    assert done_keys(roadmap, [str(path)]) == {"phase-1/task-1", "phase-1/task-2"}


def test_of_notions_own_export_only_completed_rows_count(roadmap: Roadmap, tmp_path: Path) -> None:
    first, second, third, *_ = (task.title for _, task in roadmap.tasks())
    path = tmp_path / "export.csv"
    rows = ((first, "✅ Completed"), (second, "🟡 In Progress"), (third, ""))
    path.write_text("\ufeffTask Name,Status\n" + "".join(f'"{t}",{s}\n' for t, s in rows), "utf-8")
    assert done_keys(roadmap, [str(path)]) == {"phase-1/task-1"}


@pytest.mark.parametrize(
    ("content", "words"), [(b"A,B\n1,2\n", "has no column named Key"), (b"Key\n\xff\n", "cannot be read as a CSV")]
)
def test_a_csv_that_says_nothing_is_refused(roadmap: Roadmap, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(click.UsageError, match=words):
        done_keys(roadmap, [str(path)])
    with pytest.raises(click.UsageError, match="cannot be read"):
        done_keys(roadmap, [str(tmp_path / "absent.csv")])
