"""Questions about databases, properties, rows and queries."""

from __future__ import annotations

from typing import Any

from livecheck.ground import Ground, Source, text
from livecheck.questions import question

_KINDS = [{"name": "One", "color": "red"}, {"name": "Two", "color": "blue"}]


@question("Does a roll-up over a formula that was made over the API give a number?", "property-object#rollup")
def rollup_over_formula(ground: Ground) -> object:
    inner = ground.database(N={"number": {}}, F={"formula": {"expression": 'prop("N") * 2'}})
    row = inner.row(N={"number": 21})
    outer = ground.database(
        R={"relation": {"data_source_id": inner.id, "type": "single_property", "single_property": {}}}
    )
    added = outer.change(
        Sum={"rollup": {"relation_property_name": "R", "rollup_property_name": "F", "function": "sum"}}
    )
    if not added.ok:
        return f"not allowed: {added.said}"
    made = outer.row(R={"relation": [{"id": row["id"]}]})
    value = ground.notion("GET", f"/pages/{made['id']}")["properties"]["Sum"]["rollup"]
    return "computed" if value.get("number") == 42 else "unsupported" if value["type"] == "unsupported" else str(value)


@question("Does synced_property_name name the other side of a new two-way relation?", "property-object#relation")
def back_relation_name(ground: Ground) -> object:
    target = ground.database()
    wish = {"data_source_id": target.id, "type": "dual_property", "dual_property": {"synced_property_name": "Back"}}
    made = ground.database(Forth={"relation": wish})
    assert made.id
    names = set(target.schema) - {"Name"}
    return "honoured" if names == {"Back"} else "related_to" if min(names).startswith("Related to") else str(names)


@question("Does `group` put a new status option into its group?", "property-object#status")
def status_groups(ground: Ground) -> object:
    options = [{"name": "Later", "group": "To-do"}, {"name": "Shipped", "group": "Complete"}]
    source = ground.database(S={"status": {"options": options}})
    status = source.schema["S"]["status"]
    shipped = next(one["id"] for one in status["options"] if one["name"] == "Shipped")
    group = next(one["name"] for one in status["groups"] if shipped in one["option_ids"])
    return {"Complete": "honoured", "To-do": "ignored"}.get(group, group)


@question("Is a page refused that names a property which does not exist?", "patch-page")
def unknown_property(ground: Ground) -> object:
    answer = ground.database().row(Nowhere={"number": 1})
    return "ignored" if answer.ok else "refused"


@question("Does a filter on a formula that was made over the API work?", "filter-data-source-entries#formula")
def formula_filters(ground: Ground) -> object:
    source = ground.database(N={"number": {}}, F={"formula": {"expression": 'prop("N") * 2'}})
    answer = source.query(filter={"property": "F", "formula": {"number": {"greater_than": 0}}})
    return "allowed" if answer.ok else "refused"


@question("How does an answer mention properties inside a formula?", "property-object#formula")
def formula_readback(ground: Ground) -> object:
    source = ground.database(N={"number": {}}, F={"formula": {"expression": 'prop("N") * 2'}})
    told = source.schema["F"]["formula"]["expression"]
    return "opaque" if "{{notion:" in told else "names" if 'prop("N")' in told else told


@question("Does a new name for an option's id rename it?", "update-data-source-properties")
def option_rename(ground: Ground) -> object:
    source = ground.database(K={"select": {"options": _KINDS}})
    one, two = source.schema["K"]["select"]["options"]
    answer = source.change(K={"select": {"options": [{"id": one["id"], "name": "Uno"}, {"id": two["id"]}]}})
    names = [option["name"] for option in source.schema["K"]["select"]["options"]]
    if not answer.ok:
        return f"refused: {answer.said}"
    return {"One": "ignored", "Uno": "honoured"}.get(names[0], str(names))


@question("Is the unchanged colour of an existing option refused?", "update-data-source-properties")
def option_colour(ground: Ground) -> object:
    source = ground.database(K={"select": {"options": _KINDS}})
    answer = source.change(K={"select": {"options": _KINDS}})
    return "refused_when_different" if answer.ok else "refused"


@question("In which order come rows that no sort was named for?", "query-a-data-source")
def unsorted_order(ground: Ground) -> object:
    source = ground.database()
    made = [source.row(str(number))["id"] for number in range(6)]
    told = [row["id"] for row in source.query()["results"]]
    return {tuple(made): "oldest", tuple(reversed(made)): "newest"}.get(tuple(told), "shuffled")


@question("Of how many later requests does a query not see a new row?", "query-a-data-source")
def query_lag_requests(ground: Ground) -> object:
    source = ground.database()
    source.row()
    return next((late for late in range(30) if source.query()["results"]), "more than 30")


@question("For how many seconds does search not know a new page?", "search-optimizations-and-limitations")
def search_lag_s(ground: Ground) -> object:
    title = f"Needle {ground.page()['id']}"
    ground.page(properties={"title": text(title)})
    for seconds in range(0, 60, 5):
        if ground.notion("POST", "/search", {"query": title})["results"]:
            return float(seconds)
        ground.notion.wait(5)
    return "more than 60"


@question("How many rows of one data source may be written to at the same time?", "request-limits")
def parallel_writes(ground: Ground) -> object:
    source = ground.database()
    bodies: list[dict[str, Any] | None] = [source.row_body(str(number)) for number in range(6)]
    answers = ground.notion.at_once("POST", "/pages", bodies)
    conflicts = sum(answer.status == 409 for answer in answers)
    return 0 if not conflicts else f"{conflicts} of 6 answered 409"


@question("Does the other side of a changed relation count as edited?", "page-property-values#relation")
def relations_touch_page(ground: Ground) -> object:
    target = ground.database()
    source = _related(ground, target)
    row, other = source.row(), target.row()
    return _edited_by(ground, other["id"], lambda: _relate(ground, row["id"], other["id"]))


def _related(ground: Ground, target: Source) -> Source:
    wish = {"data_source_id": target.id, "type": "dual_property", "dual_property": {}}
    return ground.database(R={"relation": wish})


def _relate(ground: Ground, row: str, other: str) -> None:
    ground.notion("PATCH", f"/pages/{row}", {"properties": {"R": {"relation": [{"id": other}]}}})


@question("Does a change of its blocks move a page's last_edited_time?", "page")
def blocks_touch_page(ground: Ground) -> object:
    page = ground.page()["id"]
    block = {"paragraph": {"rich_text": text("words")}}
    return _edited_by(ground, page, lambda: ground.notion("PATCH", f"/blocks/{page}/children", {"children": [block]}))


def _edited_by(ground: Ground, page: str, act: Any) -> bool:
    """Whether an act moves the last_edited_time of a page: times are told in minutes."""
    before = ground.notion("GET", f"/pages/{page}")["last_edited_time"]
    ground.notion.wait(61)
    act()
    return bool(ground.notion("GET", f"/pages/{page}")["last_edited_time"] != before)


@question("Does a query take in_trash?", "query-a-data-source", switch=False)
def query_in_trash(ground: Ground) -> object:
    source = ground.database()
    row = source.row()["id"]
    ground.notion("PATCH", f"/pages/{row}", {"in_trash": True})
    answer = source.query(in_trash=True)
    return answer.said if not answer.ok else "shows trashed rows" if answer["results"] else "takes it and shows none"


@question("Which word names a data source that is not there?", "status-codes", switch=False)
def missing_data_source(ground: Ground) -> object:
    answer = ground.notion("GET", f"/data_sources/{ground.database().database_id}")
    return f"{answer.status} {' '.join(str(answer.body.get('message', '')).split()[:5])}"


@question("Does a new data source take a description?", "create-a-data-source", switch=False)
def description_of_a_new_data_source(ground: Ground) -> object:
    body = {
        "parent": {"type": "database_id", "database_id": ground.database().database_id},
        "properties": {"Name": {"title": {}}},
        "description": text("words"),
    }
    answer = ground.notion("POST", "/data_sources", body)
    return answer.status


@question("May a formula name another formula in the request that makes both?", "property-object#formula", switch=False)
def formula_on_formula(ground: Ground) -> object:
    properties = {"A": {"formula": {"expression": "1 + 1"}}, "B": {"formula": {"expression": 'prop("A") * 2'}}}
    body = {
        "parent": {"type": "page_id", "page_id": ground.page_id},
        "initial_data_source": {"properties": {"Name": {"title": {}}, **properties}},
    }
    return ground.notion("POST", "/databases", body).status
