"""Pages: shape, times, values, trash, moves, property items."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest

from notion_roadmap.sandbox.workspace import Workspace
from sandbox.ground import Api, paragraph, text, title

PAGE_KEYS = [
    "object",
    "id",
    "created_time",
    "last_edited_time",
    "created_by",
    "last_edited_by",
    "cover",
    "icon",
    "parent",
    "in_trash",
    "is_archived",
    "is_locked",
    "properties",
    "url",
    "public_url",
    "request_id",
]


def test_a_page_has_its_keys_in_the_recorded_order(api: Api) -> None:
    page = api.page()
    assert list(page) == PAGE_KEYS
    assert page["parent"] == {"type": "page_id", "page_id": api.root}
    assert page["created_by"] == {"object": "user", "id": api.ws.bot_id}


def test_times_of_pages_are_cut_to_the_minute_and_those_of_databases_are_not(api: Api) -> None:
    assert api.page()["created_time"] == "2026-11-20T09:30:00.000Z"
    database, _ = api.database()
    assert api("GET", f"/v1/databases/{database}")["created_time"] == "2026-11-20T09:30:45.123+00:00"


def test_an_edit_within_the_minute_leaves_the_stamp_as_it_is(api: Api) -> None:
    page = api.page()
    api.ws.clock.advance(10)
    assert (
        api("PATCH", f"/v1/pages/{page['id']}", {"icon": {"emoji": "🎯"}})["last_edited_time"]
        == page["last_edited_time"]
    )
    api.ws.clock.advance(60)
    assert api("PATCH", f"/v1/pages/{page['id']}", {"icon": None})["last_edited_time"] == "2026-11-20T09:31:00.000Z"


def test_a_row_knows_its_data_source_and_database(api: Api) -> None:
    database, source = api.database()
    assert api.row(source)["parent"] == {"type": "data_source_id", "data_source_id": source, "database_id": database}


def test_properties_stand_by_length_and_bytes_of_their_ids(api: Api) -> None:
    _, source = api.database({name: {"number": {}} for name in "abcdefgh"})
    ids = [unquote(one["id"]) for one in api.row(source)["properties"].values()]
    assert ids == sorted(ids, key=lambda id_: (len(id_.encode()), id_.encode()))
    assert ids[-1] == "title"


@pytest.mark.parametrize(
    ("kind", "sent", "kept"),
    [
        ("number", 0.1 + 0.2, 0.30000000000000004),
        ("number", None, None),
        ("checkbox", True, True),
        ("url", "https://example.com/a?b", "https://example.com/a?b"),
        ("url", None, None),
        ("email", "a@example.com", "a@example.com"),
        ("phone_number", "+31 20 123", "+31 20 123"),
        ("date", {"start": "2026-01-31"}, {"start": "2026-01-31", "end": None, "time_zone": None}),
        ("date", None, None),
        ("date", {"start": "2026-06-27T18:01:15.377824", "time_zone": "Europe/London"},
         {"start": "2026-06-27T18:01:00.000+01:00", "end": None, "time_zone": None}),
        ("date", {"start": "2026-06-27T18:01:15Z", "end": "2026-06-28T00:00:00Z"},
         {"start": "2026-06-27T18:01:00.000+00:00", "end": "2026-06-28T00:00:00.000+00:00", "time_zone": None}),
        ("files", [{"name": "f", "type": "external", "external": {"url": "https://x.y/z"}}],
         [{"name": "f", "type": "external", "external": {"url": "https://x.y/z"}}]),
        ("place", {"lat": 52.5, "lon": 13.4}, {"lat": 52.5, "lon": 13.4, "name": None, "address": None,
                                                "aws_place_id": None, "google_place_id": None}),
        ("people", [], []),
    ],
)  # fmt: skip
def test_a_value_comes_back_as_notion_keeps_it(api: Api, kind: str, sent: Any, kept: Any) -> None:
    _, source = api.database({"V": {kind: {}}})
    assert api.row(source, V={kind: sent})["properties"]["V"][kind] == kept


@pytest.mark.parametrize(
    ("kind", "sent", "message"),
    [
        ("number", "3", 'body.properties.V.number should be a number, instead was `"3"`.'),
        ("url", "", "body.properties.V.url.length should be ≥ `1`, instead was `0`."),
        ("url", "x" * 2001, "body.properties.V.url.length should be ≤ `2000`, instead was `2001`."),
        ("email", "x" * 201, "body.properties.V.email.length should be ≤ `200`, instead was `201`."),
        ("date", {"start": "2026-13-01"}, "body.properties.V.date.start should be a valid ISO 8601 date string"),
        ("date", {"start": "2026-01-01", "time_zone": "Europe/Paris"}, "should be a datetime when time_zone is set"),
        (
            "date",
            {"start": "2026-01-01T00:00:00+02:00", "time_zone": "Europe/Paris"},
            "should not contain a UTC offset",
        ),
        ("date", {"start": "2026-01-02", "end": "2026-01-01"}, "Invalid date range"),
        (
            "rich_text",
            text("x" * 2001),
            "body.properties.V.rich_text[0].text.content.length should be ≤ `2000`, instead was `2001`.",
        ),
        ("rich_text", text("x") * 101, "body.properties.V.rich_text.length should be ≤ `100`, instead was `101`."),
        ("multi_select", [{"name": f"o{n}"} for n in range(101)], "length should be ≤ `100`, instead was `101`."),
        ("created_time", "2026-01-01T00:00:00Z", "V is a created_time property and cannot be set."),
        ("select", {"name": "a,b"}, "Invalid select option, commas not allowed: a,b"),
        ("select", {"name": "x" * 101}, "body.properties.V.select.name.length should be ≤ `100`, instead was `101`."),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(api: Api, kind: str, sent: Any, message: str) -> None:
    _, source = api.database({"V": {kind: {}}})
    body = {"parent": {"data_source_id": source}, "properties": {"V": {kind: sent}}}
    assert message in api.message("POST", "/v1/pages", body)


def test_emoji_count_as_utf_16(api: Api) -> None:
    _, source = api.database({"V": {"rich_text": {}}})
    api.row(source, V={"rich_text": text("🎯" * 1000)})
    body = {"parent": {"data_source_id": source}, "properties": {"V": {"rich_text": text("🎯" * 1001)}}}
    assert "instead was `2002`" in api.message("POST", "/v1/pages", body)


def test_a_value_of_another_type_names_the_property(api: Api) -> None:
    _, source = api.database({"Status": {"status": {}}})
    body = {"parent": {"data_source_id": source}, "properties": {"Status": {"select": {"name": "Done"}}}}
    assert api.message("POST", "/v1/pages", body) == "Status is expected to be status."


def test_unknown_properties_are_all_named_in_one_sentence_or_ignored(api: Api) -> None:
    _, source = api.database()
    body = {"parent": {"data_source_id": source}, "properties": {"Foo": {"number": 1}, "Bar": {"number": 1}}}
    assert (
        api.message("POST", "/v1/pages", body)
        == "Foo is not a property that exists. Bar is not a property that exists."
    )
    api.ws.control("switches", {"unknown_property": "ignored"})
    assert list(api("POST", "/v1/pages", body)["properties"]) == ["Name"]


def test_properties_may_be_named_by_id_encoded_or_not(api: Api) -> None:
    _, source = api.database({"N": {"number": {}}})
    id_ = api.schema(source)["N"]["id"]
    row = api.row(source, **{id_: {"number": 1}})
    assert row["properties"]["N"]["number"] == 1
    updated = api("PATCH", f"/v1/pages/{row['id']}", {"properties": {unquote(id_): {"number": 2}}})
    assert updated["properties"]["N"]["number"] == 2


def test_adjacent_pieces_of_one_look_become_one_and_hosts_gain_a_slash(api: Api) -> None:
    linked = {"text": {"content": "c", "link": {"url": "https://example.com"}}}
    page = api(
        "POST",
        "/v1/pages",
        {"parent": {"page_id": api.root}, "properties": {"title": [*text("a"), *text("b"), linked]}},
    )
    pieces = page["properties"]["title"]["title"]
    assert [piece["plain_text"] for piece in pieces] == ["ab", "c"]
    assert pieces[1]["href"] == pieces[1]["text"]["link"]["url"] == "https://example.com/"


def test_a_link_that_is_no_url_fails_the_whole_request(api: Api) -> None:
    bad = [{"text": {"content": "x", "link": {"url": "foo"}}}]
    body = {"parent": {"page_id": api.root}, "properties": {"title": bad}}
    assert (
        api.message("POST", "/v1/pages", body) == "Content creation Failed. Fix the following: \nInvalid URL for link."
    )


def test_a_trashed_row_vanishes_from_queries_but_can_be_read_and_restored(api: Api) -> None:
    _, source = api.database()
    row = api.row(source, "gone")
    api("PATCH", f"/v1/pages/{row['id']}", {"in_trash": True})
    assert api.query(source) == []
    assert api.query(source, in_trash=True) == ["gone"]
    assert api("GET", f"/v1/pages/{row['id']}")["in_trash"] is True
    assert "archived" in api.message("PATCH", f"/v1/pages/{row['id']}", {"icon": None})
    api("PATCH", f"/v1/pages/{row['id']}", {"in_trash": False})
    assert api.query(source) == ["gone"]


def test_what_stands_under_something_trashed_is_in_the_trash(api: Api) -> None:
    page = api.page()
    child = api.page("child", page["id"])
    api("DELETE", f"/v1/blocks/{page['id']}")
    assert api("GET", f"/v1/pages/{child['id']}")["in_trash"] is True


def test_a_page_moves_with_what_fits(api: Api) -> None:
    _, source = api.database({"N": {"number": {}}, "T": {"rich_text": {}}})
    _, other = api.database({"N": {"number": {}}, "T": {"number": {}}}, title="Other")
    row = api.row(source, "mover", N={"number": 3}, T={"rich_text": text("x")})
    moved = api("POST", f"/v1/pages/{row['id']}/move", {"parent": {"data_source_id": other}})
    assert (moved["properties"]["N"]["number"], moved["properties"]["T"]["number"]) == (3, None)
    assert (api.query(source), api.query(other)) == ([], ["mover"])
    api.message("POST", f"/v1/pages/{row['id']}/move", {"parent": {"data_source_id": other}})


def test_a_page_cannot_move_under_itself(api: Api) -> None:
    page = api.page()
    child = api.page("child", page["id"])
    api.message("POST", f"/v1/pages/{page['id']}/move", {"parent": {"page_id": child["id"]}})


def test_filter_properties_choose_and_order(api: Api) -> None:
    _, source = api.database({"A": {"number": {}}, "B": {"number": {}}})
    row, schema = api.row(source), api.schema(source)
    ids = [schema[name]["id"] for name in ("B", "Name")]
    page = api("GET", f"/v1/pages/{row['id']}?filter_properties={ids[0]}&filter_properties={ids[1]}")
    assert list(page["properties"]) == ["B", "Name"]


def test_a_page_can_be_placed_among_its_siblings(api: Api) -> None:
    page = api.page(children=[paragraph("a"), paragraph("b")])
    first = api.children(page["id"])[0]["id"]
    body = {"parent": {"page_id": page["id"]}, "properties": {"title": text("mid")}}
    api("POST", "/v1/pages", {**body, "position": {"type": "after_block", "after_block": {"id": first}}})
    api("POST", "/v1/pages", {**body, "position": {"type": "page_start"}})
    kinds = [block["type"] for block in api.children(page["id"])]
    assert kinds == ["child_page", "paragraph", "child_page", "paragraph"]


def test_a_property_item_gives_all_of_a_long_list_page_by_page(api: Api) -> None:
    _, source = api.database({})
    api(
        "PATCH",
        f"/v1/data_sources/{source}",
        {"properties": {"R": {"relation": {"data_source_id": source, "single_property": {}}}}},
    )
    targets = [api.row(source, str(n))["id"] for n in range(30)]
    row = api.row(source, "many", R={"relation": [{"id": id_} for id_ in targets]})
    shown = row["properties"]["R"]
    assert (len(shown["relation"]), shown["has_more"]) == (25, True)
    path, found, cursor = f"/v1/pages/{row['id']}/properties/{shown['id']}", [], ""
    while True:
        answer = api("GET", f"{path}?page_size=12{cursor}")
        found += [item["relation"]["id"] for item in answer["results"]]
        if not answer["has_more"]:
            break
        cursor = f"&start_cursor={answer['next_cursor']}"
    assert found == targets


@pytest.mark.parametrize("kind", ["number", "select", "date", "checkbox", "url", "unique_id", "created_by", "formula"])
def test_a_property_item_of_a_single_value(api: Api, kind: str) -> None:
    _, source = api.database({"V": {kind: {"expression": "1 + 1"} if kind == "formula" else {}}})
    row = api.row(source)
    item = api("GET", f"/v1/pages/{row['id']}/properties/{row['properties']['V']['id']}")
    assert list(item)[:4] == ["object", "type", "id", kind]
    assert item[kind] == row["properties"]["V"][kind]


def test_ids_are_repeatable_from_a_seed() -> None:
    made = [Api(Workspace(rate_limit=False, seed=7)).page()["id"] for _ in range(2)]
    assert made[0] == made[1] != Api(Workspace(rate_limit=False, seed=8)).page()["id"]


def test_the_title_is_part_of_the_address(api: Api) -> None:
    page = api.page("Hello, wörld_1!")
    assert page["url"] == f"{api.ws.base_url}/Hello-wörld_1-{page['id'].replace('-', '')}"
    assert title(page) == "Hello, wörld_1!"


@pytest.mark.parametrize(
    "template", [{"type": "default"}, {"type": "template_id", "template_id": "x"}, {"type": "magic"}]
)
def test_a_template_that_is_not_there_is_refused(api: Api, template: dict[str, str]) -> None:
    _, source = api.database()
    body = {"parent": {"data_source_id": source}, "properties": {}}
    api.message("POST", "/v1/pages", {**body, "template": template})
    api("POST", "/v1/pages", {**body, "template": {"type": "none"}})


@pytest.mark.parametrize("form", ["", "?mode=dark"])
def test_the_address_of_one_of_notions_own_icons_is_that_icon(api: Api, form: str) -> None:
    address = f"https://www.notion.so/icons/snake_purple.svg{form}"
    page = api("PATCH", f"/v1/pages/{api.page()['id']}", {"icon": {"type": "external", "external": {"url": address}}})
    assert page["icon"] == {"type": "icon", "icon": {"name": "snake", "color": "purple"}}


def test_other_icons_stay_where_they_are(api: Api) -> None:
    icon = {"type": "external", "external": {"url": "https://example.com/icons/snake_purple.svg"}}
    assert api("PATCH", f"/v1/pages/{api.page()['id']}", {"icon": icon})["icon"] == icon
