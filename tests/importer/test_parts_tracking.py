"""The table that a document asks for."""

import pytest

from importer.recognising import parts_of, seed


def test_the_two_lists_of_the_career_roadmap_are_one_table() -> None:
    tracking = seed("002").data["tracking"]

    assert tracking["name"] == "Data Engineering Roadmap"
    assert [(found["name"], found["type"]) for found in tracking["properties"]] == [
        ("Task Name", "title"),
        ("Phase", "select"),
        ("Category", "select"),
        ("Status", "select"),
        ("Priority", "select"),
        ("Hours", "number"),
        ("Due Date", "date"),
        ("Deliverable", "text"),
        ("Proof", "url"),
        ("Skills", "multi_select"),
        ("Course Resource", "url"),
        ("Notes", "text"),
    ]
    assert tracking["properties"][0]["also_called"] == ["Task"]
    assert tracking["properties"][8]["words"] == "GitHub link/screenshot"
    assert [option.get("means") for option in tracking["properties"][3]["options"]] == [
        "not_started",
        "in_progress",
        "blocked",
        "completed",
    ]
    assert tracking["progress"]["name"] == "Progress %"
    assert tracking["words"].startswith("Copy each task")


def test_the_six_views_of_the_career_roadmap() -> None:
    views = seed("002").data["tracking"]["views"]

    assert [(view["name"], view["layout"]) for view in views] == [
        ("📊 Phase Board", "board"),
        ("📈 Status Kanban", "board"),
        ("📅 Calendar View", "calendar"),
        ("🎯 Skills Matrix", "board"),
        ("📂 Project Gallery", "gallery"),
        ("All Tasks", "table"),
    ]
    assert [view.get("group_by") for view in views] == ["Phase", "Status", None, "Skills", None, None]
    assert (views[2]["date_property"], views[2]["also_called"]) == ("Due Date", ["Calendar"])
    assert views[4]["filter"] == {"property": "Category", "equals": "Project"}


def test_a_table_of_properties() -> None:
    text = (
        "## Propiedades\n\n| Nombre | Tipo | Opciones |\n|--|--|--|\n| Tarea | Title | |\n"
        "| Estado | Select | Por hacer, Hecho |\n| Horas | Number | |\n"
    )

    properties = parts_of(text).data["tracking"]["properties"]

    assert [(found["role"], found["name"]) for found in properties] == [
        ("task", "Tarea"),
        ("status", "Estado"),
        ("hours", "Horas"),
    ]
    assert properties[1]["options"] == [
        {"name": "Por hacer", "means": "not_started"},
        {"name": "Hecho", "means": "completed"},
    ]


def test_what_is_used_is_an_option_and_the_last_status_means_that_it_is_done() -> None:
    text = (
        "## Properties\n- Task (Title)\n- Phase (Select: Alpha)\n- Status (Select: eins, zwei)\n- Mood (Select: a)\n"
        "- Phase owner (Person)\n## Phase 1: a\n- b\n"
    )

    parts = parts_of(text)

    properties = parts.data["tracking"]["properties"]
    assert [option["name"] for option in properties[1]["options"]] == ["Alpha", "Phase 1"]
    assert properties[2]["options"] == [{"name": "eins"}, {"name": "zwei", "means": "completed"}]
    assert [found["name"] for found in properties] == ["Task", "Phase", "Status"]
    assert parts.left == ["- Mood (Select: a)", "- Phase owner (Person)", "- b"]


def test_a_view_of_a_property_that_is_not_there_is_a_table() -> None:
    text = (
        "## Properties\n- Name (Title)\n- Due (Date)\n- Tags (Multi-select)\n"
        "## Views\n- Team Board (Group by Team)\n- Due Calendar (by Due)\n- Mine (Filter: Owner = me)\n"
    )

    views = parts_of(text).data["tracking"]["views"]

    assert [(view["layout"], view.get("group_by"), view.get("date_property")) for view in views] == [
        ("table", None, None),
        ("calendar", None, "Due"),
        ("table", None, None),
    ]
    assert "filter" not in views[2]


@pytest.mark.parametrize(
    "text",
    [
        "## Properties of matter\n- Mass\n- Charge\n- Spin\n",
        "## Phase 1: a\n### Views\n- Calendar (by date)\n### Properties\n- A (Title)\n- B (Date)\n- Tags (Select)\n",
        "## Views\n- on art\n- on life\n- on lists of things\n",
        "## Code\n```python\nproperties:\n- a\n```\n",
    ],
)
def test_other_properties_and_views_are_left_alone(text: str) -> None:
    assert set(parts_of(text).data) == {"phases"}
