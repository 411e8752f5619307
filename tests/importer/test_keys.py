"""Keys are readable, unique, and stay with what they name."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from importer.making import SEEDS, imported, seed
from notion_roadmap.importer import Imported, import_markdown
from notion_roadmap.importer.keys import slug, task_slug
from notion_roadmap.roadmap import Roadmap

PLAN = """
# Plan
## Phase 1: Basics
### Task 1: Learn to sharpen
- **Task:** Sharpen chisels and planes
- **Hours:** 4
### Task 2: Cut dovetails by hand
- **Task:** Cut six joints
- **Hours:** 6
### Task 3: Visit the timber yard
- **Task:** Choose ash and oak
- **Hours:** 2
## Phase 2: Furniture
- [ ] Build a stool
- [ ] Build a chair with arms
"""


def keys(found: Imported) -> dict[str, str]:
    return {task["title"]: task["key"] for phase in found.data["phases"] for task in phase["tasks"]}


def again(text: str, before: str = PLAN) -> Imported:
    return imported(text, previous=Roadmap.model_validate(imported(before).data))


def test_labels_make_keys() -> None:
    assert [
        task_slug(title, 7) for title in ("Task 11A: AWS", "Day 3 – Trees", "Capstone: Platform", "Build a stool", "✅")
    ] == [
        "task-11a",
        "day-3",
        "capstone",
        "build-a-stool",
        "task-7",
    ]
    assert [slug(text) for text in ("Étape 1", "网页基础", "Теория", "You'll do")] == [
        "etape-1",
        "wang-ye-ji-chu",
        "teoriia",
        "youll-do",
    ]


def test_the_keys_of_the_main_document_are_those_of_its_template() -> None:
    names = [task["key"] for phase in seed("002").data["phases"] for task in phase["tasks"]]

    assert len(set(names)) == 72
    assert {
        "phase-1/task-1",
        "phase-2/task-11a",
        "phase-1/project-1",
        "phase-5/capstone",
        "phase-6/revolutionary-project",
    } < set(names)


def test_two_things_of_one_name_have_two_keys() -> None:
    assert [task["key"] for task in imported("## Phase 1\n- [ ] a\n- [ ] a\n- [ ] a\n").data["phases"][0]["tasks"]] == [
        "phase-1/a",
        "phase-1/a-2",
        "phase-1/a-3",
    ]


def test_what_is_moved_reworded_or_renumbered_keeps_its_key() -> None:
    text = """
        # Plan
        ## Phase 0: Workshop
        - [ ] Rent a bench
        ## Phase 1: The basics
        ### Task 1: Cut dovetails by hand
        - **Task:** Cut six joints
        - **Hours:** 6
        ### Task 2: Learn how to sharpen
        - **Task:** Sharpen chisels and planes
        - **Hours:** 4
        ## Phase 2: Furniture
        - [ ] Build a chair with arms and a cushion
        - [ ] Visit the timber yard
        - [ ] Build a stool
        """

    found = again(text)

    assert keys(found) == {
        "Rent a bench": "phase-3/rent-a-bench",
        "Task 1: Cut dovetails by hand": "phase-1/task-2",
        "Task 2: Learn how to sharpen": "phase-1/task-1",
        "Build a chair with arms and a cushion": "phase-2/build-a-chair-with-arms",
        "Visit the timber yard": "phase-1/task-3",
        "Build a stool": "phase-2/build-a-stool",
    }
    assert [phase["key"] for phase in found.data["phases"]] == ["phase-3", "phase-1", "phase-2"]


def test_a_key_of_something_gone_is_not_given_to_something_else() -> None:
    text = PLAN.replace("Task 3: Visit the timber yard", "Task 3: Learn to bake bread").replace(
        "Choose ash and oak", "Rye"
    )

    found = keys(again(text))

    assert found["Task 3: Learn to bake bread"] == "phase-1/task-3-2"


def test_the_same_document_keeps_all_its_keys_whatever_they_are() -> None:
    data = imported(PLAN).data
    for number, phase in enumerate(data["phases"]):
        phase["key"] = f"stretch-{number}"
        for at, task in enumerate(phase["tasks"]):
            task["key"] = f"work/{number}-{at}"

    found = imported(PLAN, previous=Roadmap.model_validate(data))

    assert list(keys(found).values()) == ["work/0-0", "work/0-1", "work/0-2", "work/1-0", "work/1-1"]


def test_every_part_of_the_main_document_keeps_its_key() -> None:
    (path,) = SEEDS.glob("002_*.txt")
    first = seed("002").data

    second = import_markdown(path.read_bytes(), name="other", previous=Roadmap.model_validate(first)).data

    assert all_keys(first) == all_keys(second)


def all_keys(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["key"]] if isinstance(value.get("key"), str) else []
        return own + [key for below in value.values() for key in all_keys(below)]
    return [key for below in value for key in all_keys(below)] if isinstance(value, list) else []


@given(st.permutations(range(8)), st.lists(st.booleans(), min_size=8, max_size=8))
def test_any_order_and_any_move_keeps_every_key(order: list[int], moved: list[bool]) -> None:
    names = [
        "Prune the roses",
        "Sow carrots",
        "Mow",
        "Repair the fence",
        "Feed hens",
        "Stack wood",
        "Dig a pond",
        "Pick pears",
    ]
    before = (
        "# G\n## Phase 1: Spring\n" + "".join(f"- [ ] {name}\n" for name in names) + "## Phase 2: Autumn\n- [ ] Rest\n"
    )
    here = "".join(f"- [ ] {names[n]}\n" for n in order if not moved[n])
    there = "".join(f"- [ ] {names[n]}\n" for n in order if moved[n])
    after = f"# G\n## Phase 1: Spring\n- [ ] Look\n{here}## Phase 2: Autumn\n{there}- [ ] Rest\n"

    was, now = keys(imported(before)), keys(again(after, before))

    assert {name: now[name] for name in was} == was
    assert now["Look"] not in was.values()
