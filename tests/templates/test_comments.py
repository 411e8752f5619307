"""Reading comments: each belongs to what it stands beside or above."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.templates.comments import read_comments
from notion_roadmap.templates.tree import read_tree
from notion_roadmap.templates.write import Comments, write_template
from templates.roadmaps import passages


def comments_of(text: str) -> Comments:
    tree = read_tree("mine.yaml", text.encode())
    assert tree.problems == []
    return read_comments(tree, text.encode())


def test_each_comment_belongs_to_something() -> None:
    found = comments_of(
        """\
# Of the file,
# in two lines.

# above the title
title: "a # no comment"  # beside the title
goal: |  # beside the goal
  # no comment
  text
phases:
  # above the first
  - key: phase-1  # line 3
    tasks: # tasks
      - key: a

      # above b
      # again
      - key: b
        title: plain#no comment
        skills: [x, y]  # both
# the end
"""
    )
    assert found.head == ("Of the file,", "in two lines.")
    assert found.foot == ("the end",)
    assert found.above == {
        ("title",): ("above the title",),
        ("phases", 0): ("above the first",),
        ("phases", 0, "tasks", 1): ("above b", "again"),
    }
    assert found.beside == {
        ("title",): "beside the title",
        ("goal",): "beside the goal",
        ("phases", 0, "key"): "line 3",
        ("phases", 0, "tasks"): "tasks",
        ("phases", 0, "tasks", 1, "skills"): "both",
    }


def test_a_file_without_a_head() -> None:
    assert comments_of("# about the title\ntitle: a\n").head == ()
    assert comments_of("# about the title\ntitle: a\n").above == {("title",): ("about the title",)}


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split())
)


@given(passages, words.filter(bool), words.filter(bool))
def test_what_was_written_is_read(text: str, one: str, two: str) -> None:
    data: dict[str, Any] = {
        "title": text,
        "phases": [{"key": "a", "notes": text, "tasks": [{"key": "b"}, {"key": "c"}]}],
    }
    written = write_template(
        data,
        Comments(
            head=(one, two),
            above={("title",): (one,), ("phases", 0, "tasks", 1): (one, two)},
            beside={("phases", 0, "notes"): two, ("phases", 0, "tasks", 1, "key"): one},
            foot=(two,),
        ),
    )
    found = comments_of(written)
    assert write_template(data, found) == written
