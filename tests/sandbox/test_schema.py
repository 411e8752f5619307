"""Databases, data sources, properties and options."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pytest

from sandbox.ground import Api, Json, text, title

SELECT: Json = {"select": {"options": [{"name": "A", "color": "red"}, {"name": "B"}]}}


def test_a_database_answers_without_properties_and_its_source_with_them(api: Api) -> None:
    database, source = api.database({"N": {"number": {"format": "percent"}}}, title="Things")
    container = api("GET", f"/v1/databases/{database}")
    assert list(container) == [
        "object", "id", "title", "description", "parent", "is_inline", "in_trash", "is_locked", "created_time",
        "last_edited_time", "data_sources", "icon", "cover", "url", "public_url", "request_id",
    ]  # fmt: skip
    assert container["data_sources"] == [{"id": source, "name": "Things"}]
    answer = api("GET", f"/v1/data_sources/{source}")
    assert list(answer) == [
        "object",
        "id",
        "cover",
        "icon",
        "created_time",
        "created_by",
        "last_edited_by",
        "last_edited_time",
        "title",
        "description",
        "is_inline",
        "properties",
        "parent",
        "database_parent",
        "url",
        "public_url",
        "in_trash",
        "request_id",
    ]
    number = answer["properties"]["N"]
    assert {**number, "id": ""} == {
        "id": "",
        "name": "N",
        "description": None,
        "type": "number",
        "number": {"format": "percent"},
    }


def test_a_database_without_title_is_new_and_without_properties_has_a_name(api: Api) -> None:
    answer = api("POST", "/v1/databases", {"parent": {"page_id": api.root}, "properties": {"Ignored": {"number": {}}}})
    assert answer["title"][0]["plain_text"] == answer["data_sources"][0]["name"] == "New database"
    assert list(api.schema(answer["data_sources"][0]["id"])) == ["Name"]


def test_a_new_database_has_a_default_table(api: Api) -> None:
    database, _ = api.database()
    stubs = api("GET", f"/v1/views?database_id={database}")["results"]
    assert [list(stub) for stub in stubs] == [["object", "id"]]
    view = api("GET", f"/v1/views/{stubs[0]['id']}")
    assert (view["name"], view["type"], view["configuration"]) == ("Default view", "table", {"type": "table"})


def test_property_ids_are_four_characters_and_encoded(api: Api) -> None:
    _, source = api.database({f"P{n}": {"number": {}} for n in range(40)})
    for name, prop in api.schema(source).items():
        decoded = unquote(prop["id"])
        assert decoded == "title" if name == "Name" else re.fullmatch(r"[:-~]{4}", decoded)
        assert re.fullmatch(r"[A-Za-z_~]|(%[0-9A-F]{2}|[A-Za-z_~])+", prop["id"])


def test_the_title_of_an_only_source_is_its_databases(api: Api) -> None:
    database, source = api.database()
    api("PATCH", f"/v1/data_sources/{source}", {"title": text("Renamed")})
    assert api("GET", f"/v1/databases/{database}")["title"][0]["plain_text"] == "Renamed"


def test_a_second_source_joins_the_database(api: Api) -> None:
    database, source = api.database()
    body = {
        "parent": {"type": "database_id", "database_id": database},
        "properties": {"T": {"title": {}}},
        "title": text("Two"),
    }
    second = api("POST", "/v1/data_sources", body)
    assert [one["name"] for one in api("GET", f"/v1/databases/{database}")["data_sources"]] == ["Tasks", "Two"]
    assert second["database_parent"] == {"type": "page_id", "page_id": api.root}
    message = api.message("POST", "/v1/pages", {"parent": {"database_id": database}, "properties": {}})
    assert "multiple data sources" in message
    api.row(source)
    message = api.message("POST", "/v1/data_sources", {**body, "description": text("d")})
    assert message == "The 'description' parameter is not supported when adding a data source to an existing database"


def test_a_source_moves_to_another_database_with_its_rows(api: Api) -> None:
    _, source = api.database()
    other, _ = api.database(title="Other")
    api.row(source, "r")
    api("PATCH", f"/v1/data_sources/{source}", {"parent": {"type": "database_id", "database_id": other}})
    assert len(api("GET", f"/v1/databases/{other}")["data_sources"]) == 2
    row = api("POST", f"/v1/data_sources/{source}/query", {})["results"][0]
    assert row["parent"]["database_id"] == other


def test_a_database_id_is_no_data_source_id(api: Api) -> None:
    database, _ = api.database()
    assert api("POST", f"/v1/data_sources/{database}/query", {}, status=404)["code"] == "object_not_found"


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"A": {"number": {}}}, "Title is not provided"),
        ({"A": {"title": {}}, "B": {"title": {}}}, "exactly one title property"),
        ({"A": {"title": {}}, "B": {"type": "nonsense"}}, "nonsense is not a valid property schema"),
        ({"A": {"title": {}}, "B": {}}, "body.initial_data_source.properties.B.title should be defined"),
        ({"A": {"title": {}}, "B": {"verification": {}}}, "cannot be created"),
        ({"A": {"title": {}}, "B": {"formula": {"expression": "prop("}}}, "Type error with formula"),
        (
            {"A": {"title": {}}, "B": {"formula": {"expression": 'prop("Z")'}}},
            "Could not find property with name or id: Z",
        ),
        ({"A": {"title": {}}, "B": {"number": {}, "description": "x" * 281}}, "description.length should be ≤ `280`"),
        ({"A": {"title": {}}, "B": {"select": {"options": [{"name": "a,b"}]}}}, "commas not allowed: a,b"),
        ({"A": {"title": {}}, "B": {"select": {"options": [{"name": "a"}, {"name": "A"}]}}}, "Duplicate option"),
        (
            {"A": {"title": {}}, "B": {"select": {"options": [{"name": "a", "color": "mauve"}]}}},
            "options[0].color should be",
        ),
        (
            {"A": {"title": {}}, "B": {"select": {"options": [{"name": str(n)} for n in range(101)]}}},
            "body.initial_data_source.properties.B.select.options.length should be ≤ `100`, instead was `101`.",
        ),
    ],
)
def test_a_wrong_schema_is_refused_whole(api: Api, properties: Json, message: str) -> None:
    body = {"parent": {"page_id": api.root}, "initial_data_source": {"properties": properties}}
    assert message in api.message("POST", "/v1/databases", body)
    assert api.children(api.root) == []


def test_properties_are_added_renamed_and_removed_by_name_or_id(api: Api) -> None:
    _, source = api.database({"A": {"number": {}}, "B": {"number": {}}})
    row = api.row(source, A={"number": 1})
    ids = {name: one["id"] for name, one in api.schema(source).items()}
    changes = {"A": {"name": "Alpha"}, ids["B"]: None, "C": {"checkbox": {}}}
    answer = api("PATCH", f"/v1/data_sources/{source}", {"properties": changes})
    assert set(answer["properties"]) == {"Name", "Alpha", "C"}
    assert answer["properties"]["Alpha"]["id"] == ids["A"]
    assert api("GET", f"/v1/pages/{row['id']}")["properties"]["Alpha"]["number"] == 1
    assert "title" in api.message("PATCH", f"/v1/data_sources/{source}", {"properties": {"Name": None}})
    api.message("PATCH", f"/v1/data_sources/{source}", {"properties": {"Gone": None}})


def test_a_property_made_again_has_a_new_id_and_no_values(api: Api) -> None:
    _, source = api.database({"A": {"number": {}}})
    row, before = api.row(source, A={"number": 1}), api.schema(source)["A"]["id"]
    api("PATCH", f"/v1/data_sources/{source}", {"properties": {"A": None}})
    api("PATCH", f"/v1/data_sources/{source}", {"properties": {"A": {"number": {}}}})
    assert api.schema(source)["A"]["id"] != before
    assert api("GET", f"/v1/pages/{row['id']}")["properties"]["A"]["number"] is None


@pytest.mark.parametrize(
    ("old", "value", "new", "result"),
    [
        ("rich_text", text("42"), "number", 42),
        ("rich_text", text("many"), "number", None),
        ("number", 7, "rich_text", "7"),
        ("select", {"name": "A"}, "multi_select", ["A"]),
        ("multi_select", [{"name": "A"}, {"name": "B"}], "select", "A"),
    ],
)
def test_a_change_of_type_converts_what_it_can(api: Api, old: str, value: Any, new: str, result: Any) -> None:
    _, source = api.database({"V": {old: {}}})
    row = api.row(source, V={old: value})
    before = api.schema(source)["V"]["id"]
    api("PATCH", f"/v1/data_sources/{source}", {"properties": {"V": {new: {}}}})
    assert api.schema(source)["V"]["id"] == before
    found = api("GET", f"/v1/pages/{row['id']}")["properties"]["V"][new]
    shown = {"select": lambda: found and found["name"], "multi_select": lambda: [one["name"] for one in found],
             "rich_text": lambda: "".join(one["plain_text"] for one in found)}.get(new, lambda: found)()  # fmt: skip
    assert shown == result


def test_an_options_array_replaces_and_empties_the_rows_that_lose_theirs(api: Api) -> None:
    _, source = api.database({"S": SELECT, "M": {"multi_select": {"options": [{"name": "x"}, {"name": "y"}]}}})
    row = api.row(source, S={"select": {"name": "A"}}, M={"multi_select": [{"name": "x"}, {"name": "y"}]})
    changes = {
        "S": {"select": {"options": [{"name": "B"}, {"name": "C"}]}},
        "M": {"multi_select": {"options": [{"name": "y"}]}},
    }
    before = {one["name"]: one["id"] for one in api.schema(source)["S"]["select"]["options"]}
    answer = api("PATCH", f"/v1/data_sources/{source}", {"properties": changes})
    options = answer["properties"]["S"]["select"]["options"]
    assert [one["name"] for one in options] == ["B", "C"]
    assert options[0]["id"] == before["B"]
    values = api("GET", f"/v1/pages/{row['id']}")["properties"]
    assert values["S"]["select"] is None
    assert [one["name"] for one in values["M"]["multi_select"]] == ["y"]


def test_the_colour_of_an_option_cannot_change(api: Api) -> None:
    _, source = api.database({"S": SELECT, "T": {"number": {}}})
    path = f"/v1/data_sources/{source}"
    wrong = {"S": {"select": {"options": [{"name": "A", "color": "blue"}, {"name": "B"}]}}, "T": {"name": "U"}}
    assert api.message("PATCH", path, {"properties": wrong}) == "Cannot update color of select with name: A."
    assert "T" in api.schema(source), "the whole change failed"
    api("PATCH", path, {"properties": {"S": {"select": {"options": [{"name": "A", "color": "red"}, {"name": "B"}]}}}})
    api.ws.control("switches", {"option_colour": "refused"})
    api.message(
        "PATCH", path, {"properties": {"S": {"select": {"options": [{"name": "A", "color": "red"}, {"name": "B"}]}}}}
    )


@pytest.mark.parametrize(("switch", "name"), [("ignored", "A"), ("honoured", "Z")])
def test_renaming_an_option_answers_200_and_may_change_nothing(api: Api, switch: str, name: str) -> None:
    _, source = api.database({"S": SELECT})
    api.ws.control("switches", {"option_rename": switch})
    first, second = api.schema(source)["S"]["select"]["options"]
    body = {"properties": {"S": {"select": {"options": [{"id": first["id"], "name": "Z"}, {"id": second["id"]}]}}}}
    answer = api("PATCH", f"/v1/data_sources/{source}", body)
    assert answer["properties"]["S"]["select"]["options"][0]["name"] == name


def test_a_page_write_makes_options_of_select_but_not_of_status(api: Api) -> None:
    _, source = api.database({"S": SELECT, "St": {"status": {}}})
    row = api.row(source, S={"select": {"name": "New"}})
    assert [one["name"] for one in api.schema(source)["S"]["select"]["options"]] == ["A", "B", "New"]
    assert api.row(source, S={"select": {"name": "new"}})["properties"]["S"] == row["properties"]["S"], (
        "case does not matter"
    )
    body = {"parent": {"data_source_id": source}, "properties": {"St": {"status": {"name": "X"}}}}
    assert api.message("POST", "/v1/pages", body) == 'Invalid status option. Status option "X" does not exist".'


def test_a_page_write_with_another_colour_is_refused(api: Api) -> None:
    _, source = api.database({"S": SELECT})
    body = {"parent": {"data_source_id": source}, "properties": {"S": {"select": {"name": "A", "color": "blue"}}}}
    assert "Select option color doesn't match existing for" in api.message("POST", "/v1/pages", body)


def test_option_lists_grow_beyond_a_hundred_through_pages_only(api: Api) -> None:
    _, source = api.database({"M": {"multi_select": {}}})
    for start in (0, 60):
        api.row(source, M={"multi_select": [{"name": f"o{n}"} for n in range(start, start + 60)]})
    options = api.schema(source)["M"]["multi_select"]["options"]
    assert len(options) == 120
    body = {"properties": {"M": {"multi_select": {"options": [{"id": one["id"]} for one in options]}}}}
    assert "≤ `100`, instead was `120`" in api.message("PATCH", f"/v1/data_sources/{source}", body)


def test_a_status_begins_with_three_options_in_three_groups(api: Api) -> None:
    _, source = api.database({"St": {"status": {}}})
    config = api.schema(source)["St"]["status"]
    assert [(one["name"], one["color"]) for one in config["options"]] == [
        ("Not started", "default"), ("In progress", "blue"), ("Done", "green"),
    ]  # fmt: skip
    assert [(one["name"], one["color"], len(one["option_ids"])) for one in config["groups"]] == [
        ("To-do", "gray", 1), ("In progress", "blue", 1), ("Complete", "green", 1),
    ]  # fmt: skip
    assert api.row(source)["properties"]["St"]["status"]["name"] == "Not started"
    done = api.row(source, St={"status": {"name": "Done"}})
    cleared = api("PATCH", f"/v1/pages/{done['id']}", {"properties": {"St": {"status": None}}})
    assert cleared["properties"]["St"]["status"]["name"] == "Not started"


@pytest.mark.parametrize(("switch", "counts"), [("ignored", [2, 0, 0]), ("honoured", [1, 0, 1])])
def test_groups_of_new_status_options(api: Api, switch: str, counts: list[int]) -> None:
    api.ws.control("switches", {"status_groups": switch})
    options = [{"name": "Backlog", "group": "To-do"}, {"name": "Shipped", "group": "Complete"}]
    _, source = api.database({"St": {"status": {"options": options}}})
    assert [len(one["option_ids"]) for one in api.schema(source)["St"]["status"]["groups"]] == counts


def test_unique_ids_count_up_and_keep_their_prefix(api: Api) -> None:
    _, source = api.database({"ID": {"unique_id": {"prefix": "T"}}})
    assert [api.row(source)["properties"]["ID"]["unique_id"] for _ in range(2)] == [
        {"prefix": "T", "number": 1}, {"prefix": "T", "number": 2},
    ]  # fmt: skip
    api("PATCH", f"/v1/data_sources/{source}", {"properties": {"ID": {"unique_id": {}}}})
    assert api.schema(source)["ID"]["unique_id"] == {"prefix": "T"}


def test_descriptions_of_properties_and_options_are_kept(api: Api) -> None:
    _, source = api.database(
        {"S": {"description": "Why", "select": {"options": [{"name": "A", "description": "Because"}]}}}
    )
    prop = api.schema(source)["S"]
    assert (prop["description"], prop["select"]["options"][0]["description"]) == ("Why", "Because")


def test_a_database_is_changed_moved_trashed_and_restored(api: Api) -> None:
    database, source = api.database()
    page = api.page()
    path = f"/v1/databases/{database}"
    answer = api("PATCH", path, {"description": text("d"), "is_inline": True, "icon": {"emoji": "🎯"},
                                 "parent": {"type": "page_id", "page_id": page["id"]}})  # fmt: skip
    assert (answer["parent"]["page_id"], answer["is_inline"]) == (page["id"], True)
    assert api("GET", f"/v1/data_sources/{source}")["description"][0]["plain_text"] == "d"
    assert [block["id"] for block in api.children(page["id"])] == [database]
    api("PATCH", path, {"in_trash": True})
    assert api.children(page["id"]) == []
    body = {"parent": {"data_source_id": source}, "properties": {}}
    assert "archived" in api.message("POST", "/v1/pages", body)
    api("PATCH", path, {"in_trash": False})
    assert title(api.row(source, "back")) == "back"


def test_locks_are_kept_and_enforced_only_by_a_switch(api: Api) -> None:
    database, _ = api.database()
    path = f"/v1/databases/{database}"
    assert api("PATCH", path, {"is_locked": True})["is_locked"] is True
    api("PATCH", path, {"title": text("free")})
    api.ws.control("switches", {"locks": "enforced"})
    api.message("PATCH", path, {"title": text("no")})
    api("PATCH", path, {"is_locked": False})


def test_rows_of_a_removed_status_option_fall_back_to_the_default(api: Api) -> None:
    _, source = api.database({"St": {"status": {}}})
    row = api.row(source, St={"status": {"name": "Done"}})
    kept = [{"id": one["id"]} for one in api.schema(source)["St"]["status"]["options"] if one["name"] != "Done"]
    api("PATCH", f"/v1/data_sources/{source}", {"properties": {"St": {"status": {"options": kept}}}})
    assert api("GET", f"/v1/pages/{row['id']}")["properties"]["St"]["status"]["name"] == "Not started"


def test_a_database_of_notions_own_kinds_is_refused_aloud(api: Api) -> None:
    body: Json = {"parent": {"page_id": api.root}, "database_type": "tasks"}
    assert "cannot be made here" in api.message("POST", "/v1/databases", body)
    assert "body.initial_data_source should be not present" in api.message(
        "POST", "/v1/databases", {**body, "initial_data_source": {"properties": {}}}
    )
    assert "body.database_type" in api.message("POST", "/v1/databases", {**body, "database_type": "cats"})
