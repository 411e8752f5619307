"""Every line that is not blank has an account, and what no field could take is kept as it was written."""

from __future__ import annotations

from importer.making import imported, seed
from notion_roadmap.importer.ledger import Ledger
from notion_roadmap.importer.mend import mend
from notion_roadmap.roadmap import Roadmap

TEXT = """\
---
tags: [a]
---
# Plan

Written for a friend.

## Phase 1: Begin

Some words about it.

### Topic
- [ ] one
      with more words

  ```sh
  make one
  ```
- [ ] two

A closing remark.

---

## Afterword

Thanks.

| a | b |
|---|---|
| c | d |

## Phase 2: Go on
- [ ] three
"""


def test_every_line_is_booked_once_in_order() -> None:
    found = imported(TEXT)

    assert [account.line for account in found.lines] == [
        n for n, line in enumerate(TEXT.split("\n"), 1) if line.strip()
    ]
    assert {account.kind for account in found.lines} == {"field", "content", "note", "structure"}


def test_paths_lead_to_where_a_line_stands() -> None:
    paths = {account.line: account.path for account in imported(TEXT).lines}

    assert paths[4] == "title"
    assert paths[8] == "phases/0/heading"
    assert paths[13] == "phases/0/tasks/0/title"
    assert paths[12] == "phases/0/tasks/0/section"
    assert paths[17] == "phases/0/tasks/0/notes"
    assert paths[10] == paths[21] == "phases/0/notes"
    assert paths[23] == ""


def test_leftovers_are_kept_as_they_were_written_where_they_stood() -> None:
    data = imported(TEXT).data

    assert data["phases"][0]["tasks"][0]["notes"] == "```sh\nmake one\n```"
    assert data["phases"][0]["notes"] == "Some words about it.\n\n### Topic\n\nA closing remark."
    notes = {note["title"]: note["body"] for note in data["notes"]}
    assert notes["Afterword"] == "## Afterword\n\nThanks.\n\n| a | b |\n|---|---|\n| c | d |"
    assert "Written for a friend." in notes["Plan"]


def test_code_of_a_document_is_kept_as_notes() -> None:
    notes = {note["title"]: note["body"] for note in seed("000").data["notes"]}

    body = notes["🎯 Key Success Factors"]
    assert "```python\n# FOUNDATION LEVEL\ndef process_data(data):\n    try:\n" in body
    assert "### **2. Architectural Mastery**" in body
    assert body.count("```") == 4


def test_a_booking_counts_only_if_its_mapping_is_part_of_the_template() -> None:
    ledger = Ledger(["one", "", "two", "three"])
    kept, dropped = {"title": "one"}, {"title": "two"}
    ledger.field([1], kept, "title")
    ledger.content([3], dropped, "title")
    ledger.structure([4])

    assert [(account.line, account.kind, account.path) for account in ledger.settle({"tasks": [kept]})] == [
        (1, "field", "tasks/0/title"),
        (3, "not_understood", ""),
        (4, "structure", ""),
    ]
    ledger.forget({"tasks": [kept]})
    assert ledger.open(1, 4) == [3]


def test_what_no_template_can_hold_is_taken_out_and_nothing_else() -> None:
    data = imported("## Phase 1\n- [ ] a\n- [ ] b\n").data
    data["kpis"] = [
        {"key": "a", "name": "A", "counted": {"kind": "own"}, "target": -1},
        {"key": "b", "name": "B", "counted": {"kind": "wrong"}},
        {"key": "c", "name": "A", "counted": {"kind": "own"}},
    ]
    data["funnel"] = {"title": "F", "stages": ["one"]}
    data["phases"][0]["tasks"][0] |= {"hours": "many", "skills": ["x, y", "z"], "nonsense": 1}

    mend(data)

    Roadmap.model_validate(data)
    assert data["kpis"] == [{"key": "a", "name": "A", "counted": {"kind": "own"}}]
    assert "funnel" not in data
    task = data["phases"][0]["tasks"][0]
    assert {name: task.get(name) for name in ("title", "hours", "skills", "nonsense")} == {
        "title": "a",
        "hours": None,
        "skills": ["z"],
        "nonsense": None,
    }


def test_a_line_too_long_for_a_template_is_kept_in_parts() -> None:
    found = imported("## Phase 1\n- [ ] a\n\n## Notes\n\n" + "word " * 100_000 + "\n")

    bodies = [note["body"] for note in found.data["notes"]]
    assert sum(len(body.replace(" ", "")) for body in bodies) >= 400_000
    assert not [account for account in found.lines if account.kind == "not_understood"]
