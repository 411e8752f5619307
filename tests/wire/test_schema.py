"""Columns: made, read back, changed."""

from __future__ import annotations

from typing import Any

import pytest

from notion_roadmap.wire.errors import CannotSend
from notion_roadmap.wire.schema import (
    decode_column,
    decode_schema,
    encode_column_change,
    encode_more_options,
    encode_properties,
)
from notion_roadmap.workspace.columns import Column
from notion_roadmap.workspace.properties import Option, Property, PropertyType, Relation, Rollup
from wire.samples import PHASES_SOURCE, SOURCE, addresses, asks

OPTIONS = (Option("Not Started", "gray", "nothing done yet"), Option("Done", "green"))
PROPERTIES = (
    Property("tasks.title", "Task Name", PropertyType.TITLE, description="the task"),
    Property("tasks.notes", "Notes", PropertyType.TEXT),
    Property("tasks.hours", "Hours", PropertyType.NUMBER, number_format="number_with_commas"),
    Property("tasks.status", "Status", PropertyType.SELECT, options=OPTIONS),
    Property("tasks.skills", "Skills", PropertyType.MULTI_SELECT, options=(Option("SQL", "blue"),)),
    Property("tasks.due", "Due", PropertyType.DATE),
    Property("tasks.link", "Link", PropertyType.URL),
    Property("tasks.done", "Done", PropertyType.CHECKBOX),
    Property("tasks.phase", "Phase", PropertyType.RELATION, relation=Relation("phases", back="phases.tasks")),
    Property("tasks.late", "Late", PropertyType.FORMULA, formula='prop("Done")'),
    Property("tasks.total", "Total", PropertyType.ROLLUP, rollup=Rollup("tasks.phase", "tasks.done", "count")),
)


def answered(name: str, encoded: dict[str, Any]) -> dict[str, Any]:
    """The column as Notion would answer it."""
    config = encoded[encoded["type"]]
    options = [{"id": f"id{n}", "description": None, **one} for n, one in enumerate(config.get("options", []))]
    told = {**config, "options": options} if options else config
    return {"id": "%3Aab", "name": name, "description": None, **encoded, encoded["type"]: told}


def test_columns_are_inside_the_contract() -> None:
    encoded = encode_properties(PROPERTIES, addresses())
    parent = {"type": "page_id", "page_id": SOURCE}
    assert asks("POST", "/v1/databases", {"parent": parent, "initial_data_source": {"properties": encoded}}) == []
    assert asks("PATCH", f"/v1/data_sources/{SOURCE}", {"properties": encoded}) == []


@pytest.mark.parametrize("wanted", PROPERTIES, ids=lambda one: one.name)
def test_a_column_comes_back_as_the_property_it_stands_for(wanted: Property) -> None:
    encoded = encode_properties(PROPERTIES, addresses())[wanted.name]
    if wanted.type is PropertyType.RELATION:
        encoded["relation"]["dual_property"] = {"synced_property_id": "CG%5Bd", "synced_property_name": "Back"}
    if wanted.type is PropertyType.ROLLUP:
        encoded["rollup"] |= {"relation_property_id": "=Pna", "rollup_property_id": "MD]m"}
    column = decode_column(wanted.name, answered(wanted.name, encoded))
    assert column.id == ":ab"
    assert column.as_property(wanted, addresses()) == wanted


def test_a_column_of_a_type_that_we_never_make_is_no_property() -> None:
    assert (
        decode_column("P", {"id": "a", "type": "people", "people": {}}).as_property(PROPERTIES[0], addresses()) is None
    )


def test_the_side_that_notion_makes_is_not_made_by_us() -> None:
    mirror = Property(
        "phases.tasks", "Tasks", PropertyType.RELATION, relation=Relation("tasks", "tasks.phase", mirrors=True)
    )
    assert encode_properties((mirror,), addresses()) == {}


def test_one_way_and_two_way_relations_are_told_apart() -> None:
    one_way = Property("tasks.by", "Blocked By", PropertyType.RELATION, relation=Relation("tasks"))
    assert encode_properties((one_way,), addresses())["Blocked By"]["relation"]["type"] == "single_property"
    assert encode_properties(PROPERTIES, addresses())["Phase"]["relation"]["type"] == "dual_property"


def test_rollups_name_what_the_same_request_makes_and_point_at_the_rest() -> None:
    rollup = encode_properties(PROPERTIES, addresses())["Total"]["rollup"]
    assert rollup == {"function": "count", "relation_property_name": "Phase", "rollup_property_name": "Done"}
    alone = encode_properties(PROPERTIES[-1:], addresses())["Total"]["rollup"]
    assert alone == {"function": "count", "relation_property_id": "=Pna", "rollup_property_id": "MD]m"}


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Property("a.b", "B", PropertyType.RELATION, relation=Relation("nowhere")), "does not exist yet"),
        (Property("a.b", "B", PropertyType.ROLLUP, rollup=Rollup("a.x", "a.y", "sum")), "does not exist yet"),
        (Property("a.b", "B", PropertyType.SELECT, options=(Option("A, B"),)), "comma"),
        (Property("a.b", "B", PropertyType.SELECT, options=(Option(" "),)), "empty or longer"),
        (Property("a.b", "B", PropertyType.SELECT, options=(Option("x" * 101),)), "empty or longer"),
        (Property("a.b", "B", PropertyType.SELECT, options=tuple(Option(f"{n}") for n in range(101))), "101 options"),
    ],
    ids=["relation", "roll-up", "comma", "empty", "long", "many"],
)
def test_what_notion_would_refuse_is_refused_before(wanted: Property, words: str) -> None:
    with pytest.raises(CannotSend, match=words):
        encode_properties((wanted,), addresses())


STATUS = Column(":s", "Status", "select", "", OPTIONS, ("1", "2"))


def test_new_options_come_beside_all_that_are_there_and_bring_their_colour() -> None:
    assert encode_more_options(STATUS, (Option("done", "red"), Option("Blocked", "red"))) == {
        "select": {
            "options": [
                {"id": "1", "name": "Not Started"},
                {"id": "2", "name": "Done"},
                {"name": "Blocked", "color": "red"},
            ]
        }
    }


def test_no_new_option_no_change() -> None:
    assert encode_more_options(STATUS, OPTIONS) is None


def test_a_long_list_of_options_is_left_alone() -> None:
    full = Column(":s", "Skills", "multi_select", "", tuple(Option(f"{n}") for n in range(100)), ("x",) * 100)
    with pytest.raises(CannotSend, match="101 options"):
        encode_more_options(full, (Option("one more"),))


@pytest.mark.parametrize(
    "column",
    [
        STATUS,
        Column(":n", "N", "number", number_format="dollar"),
        Column(":t", "T", "rich_text"),
        Column(":f", "F", "formula", formula="1"),
        Column(":r", "R", "relation", target=PHASES_SOURCE, back_id="CG[d", back_name="Back"),
        Column(":r", "R", "relation", target=PHASES_SOURCE),
        Column(":u", "U", "rollup", rollup=Rollup(":r", "CG[d", "count")),
    ],
    ids=lambda column: column.type,
)
def test_a_description_is_changed_beside_an_unchanged_column(column: Column) -> None:
    change = encode_column_change(column, description="words")
    assert asks("PATCH", f"/v1/data_sources/{SOURCE}", {"properties": {"%3As": change}}) == []
    assert change["name"] == column.name
    if column.type == "select":
        assert [one["id"] for one in change["select"]["options"]] == ["1", "2"]


def test_a_description_is_not_worth_lost_options() -> None:
    long = Column(":s", "Skills", "multi_select", "", tuple(Option(f"{n}") for n in range(152)), ("x",) * 152)
    with pytest.raises(CannotSend, match="more than 100"):
        encode_column_change(long, description="words")


def test_nonsense_reads_as_an_empty_schema() -> None:
    schema = decode_schema({"properties": {"A": None, "B": {"type": "select", "select": {"options": "x"}}}})
    assert [column.options for column in schema.columns] == [(), ()]
