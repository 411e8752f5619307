"""Relations, roll-ups and formulas."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest

from sandbox.ground import Api, Json, text


def _related(api: Api) -> tuple[str, str, str]:
    """Two data sources with a two-way relation: phases, tasks, the encoded id of the phases' side."""
    _, phases = api.database({"Order": {"number": {}}}, title="Phases")
    properties: Json = {
        "Phase": {"relation": {"data_source_id": phases, "type": "dual_property", "dual_property": {}}},
        "Hours": {"number": {}}, "Done": {"checkbox": {}}, "Due": {"date": {}}, "Kind": {"select": {}},
        "Tags": {"multi_select": {}}, "Double": {"formula": {"expression": 'prop("Hours") * 2'}},
    }  # fmt: skip
    _, tasks = api.database(properties)
    back = api.schema(tasks)["Phase"]["relation"]["dual_property"]["synced_property_id"]
    return phases, tasks, back


def _ids(page: Json, name: str) -> list[str]:
    return [one["id"] for one in page["properties"][name]["relation"]]


def test_a_two_way_relation_makes_its_other_side_with_an_ugly_name(api: Api) -> None:
    phases, tasks, back = _related(api)
    other = api.schema(phases)["Related to Tasks (Phase)"]
    assert other["id"] == back
    assert other["relation"]["data_source_id"] == tasks
    assert other["relation"]["dual_property"]["synced_property_name"] == "Phase"
    config = api.schema(tasks)["Phase"]["relation"]
    assert list(config) == ["database_id", "data_source_id", "type", "dual_property"]
    api("PATCH", f"/v1/data_sources/{phases}", {"properties": {back: {"name": "Tasks"}}})
    assert api.schema(tasks)["Phase"]["relation"]["dual_property"]["synced_property_name"] == "Tasks"


def test_the_name_of_the_other_side_may_be_honoured(api: Api) -> None:
    api.ws.control("switches", {"back_relation_name": "honoured"})
    _, phases = api.database(title="Phases")
    api.database(
        {"Phase": {"relation": {"data_source_id": phases, "dual_property": {"synced_property_name": "Tasks"}}}}
    )
    assert "Tasks" in api.schema(phases)


def test_both_sides_of_a_relation_stay_in_step(api: Api) -> None:
    phases, tasks, back = _related(api)
    api("PATCH", f"/v1/data_sources/{phases}", {"properties": {back: {"name": "Tasks"}}})
    one, two = api.row(phases, "P1"), api.row(phases, "P2")
    task = api.row(tasks, "T", Phase={"relation": [{"id": one["id"]}]})
    assert _ids(api("GET", f"/v1/pages/{one['id']}"), "Tasks") == [task["id"]]
    api("PATCH", f"/v1/pages/{task['id']}", {"properties": {"Phase": {"relation": [{"id": two["id"]}]}}})
    assert _ids(api("GET", f"/v1/pages/{one['id']}"), "Tasks") == []
    assert _ids(api("GET", f"/v1/pages/{two['id']}"), "Tasks") == [task["id"]]
    api("PATCH", f"/v1/pages/{two['id']}", {"properties": {"Tasks": {"relation": []}}})
    assert _ids(api("GET", f"/v1/pages/{task['id']}"), "Phase") == []


def test_a_self_relation_of_two_ways_has_two_properties(api: Api) -> None:
    _, source = api.database()
    body = {"properties": {"Parent": {"relation": {"data_source_id": source, "dual_property": {}}}}}
    api("PATCH", f"/v1/data_sources/{source}", body)
    parent = api.row(source, "p")
    child = api.row(source, "c", Parent={"relation": [{"id": parent["id"]}]})
    assert _ids(api("GET", f"/v1/pages/{parent['id']}"), "Related to Tasks (Parent)") == [child["id"]]


def test_a_page_of_another_source_cannot_be_related(api: Api) -> None:
    _, tasks, _ = _related(api)
    stranger = api.row(tasks)
    body = {"parent": {"data_source_id": tasks}, "properties": {"Phase": {"relation": [{"id": stranger["id"]}]}}}
    api.message("POST", "/v1/pages", body)


def test_a_relation_to_nowhere_is_not_found(api: Api) -> None:
    nowhere = "00000000-0000-0000-0000-000000000000"
    body = {
        "parent": {"page_id": api.root},
        "initial_data_source": {
            "properties": {"N": {"title": {}}, "R": {"relation": {"data_source_id": nowhere, "single_property": {}}}}
        },
    }
    assert "Could not find data_source" in api.message("POST", "/v1/databases", body, status=404)


def test_a_trashed_page_leaves_its_relations_until_it_is_restored(api: Api) -> None:
    phases, tasks, back = _related(api)
    phase = api.row(phases)
    task = api.row(tasks, Phase={"relation": [{"id": phase["id"]}]})
    api("PATCH", f"/v1/pages/{task['id']}", {"in_trash": True})
    path = f"/v1/pages/{phase['id']}/properties/{back}"
    assert api("GET", path)["results"] == []
    api("PATCH", f"/v1/pages/{task['id']}", {"in_trash": False})
    assert len(api("GET", path)["results"]) == 1


def test_removing_one_side_leaves_the_other_one_way(api: Api) -> None:
    phases, tasks, back = _related(api)
    api("PATCH", f"/v1/data_sources/{phases}", {"properties": {back: None}})
    assert api.schema(tasks)["Phase"]["relation"]["type"] == "single_property"


ROLLUPS: list[tuple[str, str, Any]] = [
    ("count", "Name", 4),
    ("count_values", "Tags", 3),
    ("empty", "Hours", 1),
    ("not_empty", "Hours", 3),
    ("unique", "Kind", 2),
    ("percent_empty", "Hours", 0.25),
    ("percent_not_empty", "Hours", 0.75),
    ("sum", "Hours", 10),
    ("average", "Hours", 10 / 3),
    ("median", "Hours", 3),
    ("min", "Hours", 2),
    ("max", "Hours", 5),
    ("range", "Hours", 3),
    ("checked", "Done", 1),
    ("unchecked", "Done", 3),
    ("percent_checked", "Done", 0.25),
    ("percent_unchecked", "Done", 0.75),
    ("earliest_date", "Due", {"start": "2026-01-01", "end": None, "time_zone": None}),
    ("latest_date", "Due", {"start": "2026-03-05", "end": None, "time_zone": None}),
    ("date_range", "Due", {"start": "2026-01-01", "end": "2026-03-05", "time_zone": None}),
    ("show_original", "Hours", [5, 3, 2, None]),
    ("show_unique", "Kind", ["a", "b", None]),
    ("count_per_group", "Kind", None),
    ("percent_per_group", "Kind", None),
    ("sum", "Double", 20),
]


@pytest.mark.parametrize(("function", "rolled", "expected"), ROLLUPS, ids=[f"{f}-{r}" for f, r, _ in ROLLUPS])
def test_a_rollup_computes(api: Api, function: str, rolled: str, expected: Any) -> None:
    phases, tasks, back = _related(api)
    config = {"function": function, "relation_property_id": back, "rollup_property_name": rolled}
    api("PATCH", f"/v1/data_sources/{phases}", {"properties": {"R": {"rollup": config}}})
    phase = api.row(phases)
    for hours, due, kind, tags in [
        (5, "2026-02-01", "a", ["x", "y"]),
        (3, "2026-01-01", "b", ["x"]),
        (2, "2026-03-05", "a", []),
        (None, None, None, []),
    ]:
        api.row(
            tasks, Phase={"relation": [{"id": phase["id"]}]}, Hours={"number": hours}, Done={"checkbox": hours == 5},
            Due={"date": due and {"start": due}}, Kind={"select": kind and {"name": kind}},
            Tags={"multi_select": [{"name": tag} for tag in tags]},
        )  # fmt: skip
    found = api("GET", f"/v1/pages/{phase['id']}")["properties"]["R"]["rollup"]
    assert found["function"] == function
    if expected is None:
        assert found["type"] == "unsupported"
    elif found["type"] == "array":
        values = [one[one["type"]] for one in found["array"]]
        assert [one["name"] if isinstance(one, dict) else one for one in values] == expected
    else:
        assert found[found["type"]] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("function", "kind", "value"), [("max", "number", None), ("count", "number", 0), ("earliest_date", "date", None)]
)
def test_a_rollup_over_nothing(api: Api, function: str, kind: str, value: Any) -> None:
    phases, _, back = _related(api)
    rolled = "Due" if kind == "date" else "Hours"
    config = {"function": function, "relation_property_id": back, "rollup_property_name": rolled}
    api("PATCH", f"/v1/data_sources/{phases}", {"properties": {"R": {"rollup": config}}})
    assert api.row(phases)["properties"]["R"]["rollup"] == {"type": kind, kind: value, "function": function}


def test_the_ids_in_a_rollups_configuration_are_not_encoded(api: Api) -> None:
    phases, _, back = _related(api)
    config = {"function": "sum", "relation_property_id": back, "rollup_property_name": "Hours"}
    answer = api("PATCH", f"/v1/data_sources/{phases}", {"properties": {"R": {"rollup": config}}})
    shown = answer["properties"]["R"]["rollup"]
    assert shown["relation_property_id"] == unquote(back)
    assert (shown["rollup_property_name"], shown["relation_property_name"]) == ("Hours", "Related to Tasks (Phase)")


def test_a_rollup_over_a_rollup_is_refused_and_over_a_formula_is_a_switch(api: Api) -> None:
    phases, tasks, back = _related(api)
    config = {"function": "sum", "relation_property_id": back, "rollup_property_name": "Double"}
    api("PATCH", f"/v1/data_sources/{phases}", {"properties": {"R": {"rollup": config}}})
    over = {"function": "sum", "relation_property_name": "Phase", "rollup_property_name": "R"}
    api.message("PATCH", f"/v1/data_sources/{tasks}", {"properties": {"RR": {"rollup": over}}})
    api.ws.control("switches", {"rollup_over_formula": "unsupported"})
    assert api.row(phases)["properties"]["R"]["rollup"]["type"] == "unsupported"


FORMULAS: list[tuple[str, str, Any]] = [
    ('prop("N") * 2 + 1', "number", 7),
    ('prop("E") * 2', "number", 0),
    ('prop("E")', "number", None),
    ('prop("T") + "!"', "string", "text!"),
    ('prop("T") + prop("N")', "string", "text3"),
    ('prop("C")', "boolean", True),
    ('if(prop("C"), "yes", "no")', "string", "yes"),
    ('prop("N") > 2 and not prop("C")', "boolean", False),
    ('prop("N") > 2 ? "big" : "small"', "string", "big"),
    ('empty(prop("T"))', "boolean", False),
    ('""', "string", None),
    ('dateBetween(prop("D"), parseDate("2026-01-01"), "days")', "number", 30),
    ('dateAdd(prop("D"), 1, "months")', "date", "2026-02-28"),
    ('formatDate(prop("D"), "YYYY-MM")', "string", "2026-01"),
    ('now() > prop("D")', "boolean", True),
    ('prop("M").length()', "number", 2),
    ('prop("M").includes("b")', "boolean", True),
    ('prop("M").map(upper(current)).join("-")', "string", "A-B"),
    ('prop("S") == "x"', "boolean", True),
    ("round(10 / 3, 2)", "number", 3.33),
    ("1 / 0", "number", None),
    ('replaceAll("aba", "a", "c")', "string", "cbc"),
    ('format(prop("D"))', "string", "January 31, 2026"),
    ("lets(a, 2, b, a + 1, a * b)", "number", 6),
    ('ifs(prop("N") == 1, "one", prop("N") == 3, "three", "many")', "string", "three"),
    ("[1, 2, 3].filter(current > 1).sum()", "number", 5),
    ("2 ^ 3 ^ 2", "number", 512),
    ("-2 ^ 2", "number", -4),
    ("10 % 4", "number", 2),
    ('toNumber("12 apples")', "number", 12),
    ('substring("abcdef", 1, 3)', "string", "bc"),
    ("unknownFunction(1)", "unsupported", {}),
    ('prop("D").formatDate("ggg")', "unsupported", {}),
]


@pytest.mark.parametrize(("expression", "kind", "expected"), FORMULAS, ids=[one[0] for one in FORMULAS])
def test_a_formula_computes_or_is_unsupported(api: Api, expression: str, kind: str, expected: Any) -> None:
    _, source = api.database(
        {"N": {"number": {}}, "E": {"number": {}}, "T": {"rich_text": {}}, "C": {"checkbox": {}}, "D": {"date": {}},
         "M": {"multi_select": {}}, "S": {"select": {}}, "F": {"formula": {"expression": expression}}}
    )  # fmt: skip
    row = api.row(
        source,
        N={"number": 3},
        T={"rich_text": text("text")},
        C={"checkbox": True},
        D={"date": {"start": "2026-01-31"}},
        M={"multi_select": [{"name": "a"}, {"name": "b"}]},
        S={"select": {"name": "x"}},
    )
    found = row["properties"]["F"]["formula"]
    assert found["type"] == kind
    assert (found[kind]["start"] if kind == "date" else found[kind]) == expected


def test_a_formula_comes_back_normalised_and_survives_renaming(api: Api) -> None:
    _, source = api.database({"Hiring Date": {"date": {}}, "F": {"formula": {"expression": "1"}}})
    sent = '50000 + dateBetween(prop("Hiring Date"), now(), "years")*1000'
    api("PATCH", f"/v1/data_sources/{source}", {"properties": {"F": {"formula": {"expression": sent}}}})
    schema = api.schema(source)
    mention = (
        f"{{{{notion:block_property:{schema['Hiring Date']['id']}:{source}:{api.ws.store.meta('workspace_id')}}}}}"
    )
    assert schema["F"]["formula"]["expression"] == f'50000 + (dateBetween({mention}, now(), "years") * 1000)'
    api("PATCH", f"/v1/data_sources/{source}", {"properties": {"Hiring Date": {"name": "Since"}}})
    api.ws.control("switches", {"formula_readback": "names"})
    assert (
        api.schema(source)["F"]["formula"]["expression"]
        == '50000 + (dateBetween(prop("Since"), now(), "years") * 1000)'
    )
    body = {"properties": {"G": {"formula": {"expression": f"{mention} == {mention}"}}}}
    assert api("PATCH", f"/v1/data_sources/{source}", body)["properties"]["G"]["type"] == "formula"


def test_a_formula_over_relations_and_rollups(api: Api) -> None:
    phases, tasks, back = _related(api)
    rollup = {"function": "sum", "relation_property_id": back, "rollup_property_name": "Hours"}
    api("PATCH", f"/v1/data_sources/{phases}", {"properties": {"Sum": {"rollup": rollup}}})
    formulas = {
        "F": {"formula": {"expression": 'prop("Sum") + prop("Related to Tasks (Phase)").length()'}},
        "G": {"formula": {"expression": 'prop("F") * 10'}},
    }
    api("PATCH", f"/v1/data_sources/{phases}", {"properties": formulas})
    phase = api.row(phases)
    for hours in (1, 2):
        api.row(tasks, Phase={"relation": [{"id": phase["id"]}]}, Hours={"number": hours})
    values = api("GET", f"/v1/pages/{phase['id']}")["properties"]
    assert (values["F"]["formula"]["number"], values["G"]["formula"]["number"]) == (5, 50)
