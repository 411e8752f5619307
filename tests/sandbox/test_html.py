"""The sandbox's own pages: readable, escaped, and a row's status can be changed there."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

import pytest

from notion_roadmap.sandbox import create_app
from sandbox.ground import Api, Browser, Json, paragraph, text
from sandbox.test_blocks import SAMPLES

EVIL = "<script>alert('x')</script>\"&"


@pytest.fixture
def browser() -> Browser:
    return Browser(create_app(rate_limit=False, seed=4))


@pytest.fixture
def api(browser: Browser) -> Api:
    return Api(browser.workspace)


def _path(api: Api, page: Json) -> str:
    return str(page["url"]).removeprefix(api.ws.base_url)


def test_the_root_page_shows_its_children_and_every_address_of_the_api_opens(browser: Browser, api: Api) -> None:
    page = api.page("Sub", children=SAMPLES)
    _, source = api.database({"Status": {"select": {}}}, title="Base")
    row = api.row(source, "A task")
    root = browser("GET", "/")
    assert root.status_code == 200
    for words in ("Sub", "Base", "A task", "Default view"):
        assert words in root.text
    database = api("GET", f"/v1/databases/{api.children(api.root)[1]['id']}")
    for one in (page, row, database):
        assert browser("GET", _path(api, one)).status_code == 200


def test_what_users_wrote_is_escaped_everywhere(browser: Browser, api: Api) -> None:
    _, source = api.database(
        {
            f"P{EVIL}": {"rich_text": {}, "description": EVIL},
            "S": {"select": {"options": [{"name": EVIL.replace(",", "")}]}},
            "U": {"url": {}},
        },
        title=EVIL,
    )
    row = api.row(source, EVIL, **{f"P{EVIL}": {"rich_text": text(EVIL)}, "U": {"url": "javascript:alert(1)"}})
    api("PATCH", f"/v1/pages/{row['id']}", {"properties": {"S": {"select": {"name": EVIL}}}})
    blocks = [
        paragraph(EVIL),
        {"code": {"rich_text": text(EVIL), "language": "html"}},
        {"equation": {"expression": EVIL}},
        {"embed": {"url": "javascript:alert(1)"}},
        {"image": {"external": {"url": f"https://x.y/{EVIL}"}}},
    ]
    api.append(row["id"], *blocks)
    for path in ("/", _path(api, row), f"/{api.children(api.root)[0]['id'].replace('-', '')}"):
        answer = browser("GET", path)
        assert "<script>" not in answer.text
        assert not re.search(r'(href|src)="javascript:', answer.text)
        assert "&lt;script&gt;" in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("kind", ["table", "board", "list", "gallery", "calendar", "chart", "dashboard"])
def test_each_view_of_a_database_is_a_tab(browser: Browser, api: Api, kind: str) -> None:
    database, source = api.database(
        {"S": {"select": {"options": [{"name": "Todo"}, {"name": "Doing"}]}}, "D": {"date": {}}}
    )
    ids = {name: one["id"] for name, one in api.schema(source).items()}
    group = {"type": "select", "property_id": ids["S"], "sort": {"type": "manual"}}
    needed: dict[str, Json] = {
        "board": {"group_by": group}, "calendar": {"date_property_id": ids["D"]},
        "chart": {"chart_type": "column", "x_axis": group, "y_axis": {"aggregator": "count"}},
    }  # fmt: skip
    body: Json = {"database_id": database, "data_source_id": source, "name": f"My {kind}", "type": kind}
    if kind != "dashboard":
        body["configuration"] = {"type": kind, **needed.get(kind, {})}
    view = api("POST", "/v1/views", body)
    if kind == "dashboard":
        api("POST", "/v1/views", {"view_id": view["id"], "data_source_id": source, "name": "w", "type": "list"})
    api.row(source, "A task", S={"select": {"name": "Doing"}})
    page = browser("GET", _path(api, view)).text
    assert f"My {kind}" in page
    assert ("Doing" if kind == "chart" else "A task") in page
    if kind == "board":
        assert page.index("Todo") < page.index("Doing") < page.index("A task")


def test_a_chart_shows_sums_as_bars(browser: Browser, api: Api) -> None:
    database, source = api.database({"S": {"select": {}}, "N": {"number": {}}})
    ids = {name: one["id"] for name, one in api.schema(source).items()}
    for number in (2, 3):
        api.row(source, S={"select": {"name": "A"}}, N={"number": number})
    axis = {"type": "select", "property_id": ids["S"], "sort": {"type": "manual"}}
    sums = {"aggregator": "sum", "property_id": ids["N"]}
    chart = {"type": "chart", "chart_type": "column", "x_axis": axis, "y_axis": sums}
    body = {"database_id": database, "data_source_id": source, "name": "C", "type": "chart", "configuration": chart}
    assert '<meter min="0" max="5" value="5">' in browser("GET", _path(api, api("POST", "/v1/views", body))).text


def test_the_lines_of_a_chart_are_not_added_up(browser: Browser, api: Api) -> None:
    database, source = api.database({"S": {"select": {}}, "L": {"select": {}}, "N": {"number": {}}})
    ids = {name: one["id"] for name, one in api.schema(source).items()}
    for line, number in (("Done", 2), ("Scope", 8)):
        api.row(source, S={"select": {"name": "A"}}, L={"select": {"name": line}}, N={"number": number})
    axis = {"type": "select", "property_id": ids["S"], "sort": {"type": "manual"}}
    lines = {"type": "select", "property_id": ids["L"], "sort": {"type": "manual"}}
    sums = {"aggregator": "sum", "property_id": ids["N"]}
    chart = {"type": "chart", "chart_type": "line", "x_axis": axis, "y_axis": sums, "stack_by": lines}
    body = {"database_id": database, "data_source_id": source, "name": "C", "type": "chart", "configuration": chart}

    page = browser("GET", _path(api, api("POST", "/v1/views", body))).text

    assert '<span>A · Done</span><meter min="0" max="8" value="2">' in page
    assert '<span>A · Scope</span><meter min="0" max="8" value="8">' in page


def test_a_linked_database_is_shown_on_its_page_under_its_filter(browser: Browser, api: Api) -> None:
    _, source = api.database({"C": {"checkbox": {}}}, title="Tasks")
    api.row(source, "shown", C={"checkbox": True})
    api.row(source, "hidden away")
    page = api.page("Today")
    condition = {"property": "C", "checkbox": {"equals": True}}
    place = {"parent": {"page_id": page["id"]}}
    body = {"create_database": place, "data_source_id": source, "name": "L", "type": "list", "filter": condition}
    api("POST", "/v1/views", body)
    html = browser("GET", _path(api, page)).text
    assert "shown" in html
    assert "hidden away" not in html


@pytest.mark.parametrize(("kind", "value"), [("select", "Done"), ("status", "Done"), ("checkbox", True)])
def test_a_form_changes_a_value_as_the_owner(browser: Browser, api: Api, kind: str, value: object) -> None:
    options = {"options": [{"name": "Todo"}, {"name": "Done"}]} if kind == "select" else {}
    _, source = api.database({"V": {kind: options}})
    row = api.row(source, "A task")
    html = browser("GET", _path(api, row)).text
    action = re.search(r'action="(/set/[^"]+)"', html)
    prop = re.search(r'name="property" value="([^"]+)"', html)
    assert action
    assert prop
    option = re.search(r'value="([^"]+)"[^>]*>Done<', html)
    sent = {"property": prop[1], "value": option[1] if option else "true", "back": _path(api, row)}
    answer = browser("POST", action[1], data={key: unescape(one) for key, one in sent.items()})
    assert (answer.status_code, answer.headers["location"]) == (303, _path(api, row))
    page = api("GET", f"/v1/pages/{row['id']}")
    found = page["properties"]["V"][kind]
    assert (found["name"] if isinstance(found, dict) else found) == value
    assert page["last_edited_by"]["id"] == api.ws.owner_id


def test_a_form_from_a_foreign_page_is_refused(browser: Browser, api: Api) -> None:
    _, source = api.database({"C": {"checkbox": {}}})
    row = api.row(source)
    data = {"property": api.schema(source)["C"]["id"], "value": "true"}
    answer = browser("POST", f"/set/{row['id']}", data=data, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert api("GET", f"/v1/pages/{row['id']}")["properties"]["C"]["checkbox"] is False


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_a_form_never_leads_elsewhere(browser: Browser, api: Api, back: str) -> None:
    _, source = api.database({"C": {"checkbox": {}}})
    data = {"property": unquote(api.schema(source)["C"]["id"]), "value": "true", "back": back}
    answer = browser("POST", f"/set/{api.row(source)['id']}", data=data)
    assert answer.headers["location"] == "/"


def test_what_is_not_there_is_said_so(browser: Browser, api: Api) -> None:
    for path in ("/nothing", f"/{'0' * 32}"):
        assert browser("GET", path).status_code == 404
    assert browser("POST", f"/set/{api.root}", data={"property": "title", "value": "x"}).status_code == 404
