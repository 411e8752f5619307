"""Questions about views."""

from __future__ import annotations

from livecheck.ground import Ground, Source
from livecheck.notion import Answer
from livecheck.questions import question

_PAGE = "create-view"
_MORE = {"property": "N", "number": {"greater_than": 1}}


def _allowed(answer: Answer) -> object:
    return "allowed" if answer.ok else str(answer.status) if answer.status in (400, 403) else answer.said


def _board(place: str) -> dict[str, object]:
    return {"type": "board", "group_by": {"type": "select", "property_id": place, "sort": {"type": "manual"}}}


def _kinds(ground: Ground) -> Source:
    return ground.database(K={"select": {"options": [{"name": "One"}]}}, N={"number": {}})


@question("Does the plan allow chart views?", _PAGE)
def chart_views(ground: Ground) -> object:
    source = _kinds(ground)
    by = {"type": "select", "property_id": source.schema["K"]["id"], "sort": {"type": "manual"}}
    configuration = {"type": "chart", "chart_type": "column", "x_axis": by, "y_axis": {"aggregator": "count"}}
    return _allowed(source.view("chart", configuration=configuration))


@question("Does the plan allow dashboards?", _PAGE)
def dashboard_views(ground: Ground) -> object:
    return _allowed(_kinds(ground).view("dashboard"))


@question("May a linked database be put on a page?", _PAGE)
def linked_views(ground: Ground) -> object:
    source = _kinds(ground)
    place = {"parent": {"type": "page_id", "page_id": ground.page_id}}
    body = {"create_database": place, "data_source_id": source.id, "name": "Linked", "type": "table"}
    return _allowed(ground.notion("POST", "/views", body))


@question("May property_id be a property's name?", _PAGE)
def property_names_in_views(ground: Ground) -> object:
    source = _kinds(ground)
    return "accepted" if source.view("board", configuration=_board("K")).ok else "refused"


@question("Is a board refused that is not told what to group by?", _PAGE)
def required_view_configuration(ground: Ground) -> object:
    return "accepted" if _kinds(ground).view("board").ok else "refused"


@question("Is a view's filter kept?", _PAGE)
def view_filters(ground: Ground) -> object:
    answer = _kinds(ground).view("table", filter=_MORE)
    if not answer.ok:
        return "refused"
    kept = ground.notion("GET", f"/views/{answer['id']}")["filter"]
    return "kept" if kept else "dropped"


@question("How does an answer name the property of a view's sort?", _PAGE)
def view_references(ground: Ground) -> object:
    source = _kinds(ground)
    answer = source.view("table", sorts=[{"property": "N", "direction": "ascending"}])
    told = answer["sorts"][0]["property"]
    return "names" if told == "N" else "ids"


@question("Is the configuration of a view kept?", _PAGE)
def view_configuration(ground: Ground) -> object:
    source = _kinds(ground)
    shown = [{"property_id": source.schema["N"]["id"], "visible": False}]
    view = source.view("table", configuration={"type": "table", "properties": shown, "wrap_cells": True})
    kept = ground.notion("GET", f"/views/{view['id']}")["configuration"] or {}
    return "kept" if kept.get("properties") and kept.get("wrap_cells") else "dropped"


@question("Is the first view of a database deleted when it is the last?", "delete-view", switch=False)
def last_view(ground: Ground) -> object:
    source = _kinds(ground)
    listed = ground.notion("GET", f"/views?database_id={source.database_id}")["results"]
    return f"{len(listed)} view, {ground.notion('DELETE', '/views/' + listed[0]['id']).status}"
