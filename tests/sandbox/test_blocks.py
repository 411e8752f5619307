"""Blocks: every creatable type, nesting, position, layout, changes, trash."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.ground import Api, Json, paragraph, text, words

ROW = {"table_row": {"cells": [text("a"), text("b")]}}
SAMPLES: list[Json] = [
    paragraph("p"),
    {"heading_1": {"rich_text": text("h")}},
    {"heading_2": {"rich_text": text("h"), "color": "red"}},
    {"heading_3": {"rich_text": text("h"), "is_toggleable": True}},
    {"heading_4": {"rich_text": text("h")}},
    {"bulleted_list_item": {"rich_text": text("b")}},
    {"numbered_list_item": {"rich_text": text("n")}},
    {"quote": {"rich_text": text("q")}},
    {"to_do": {"rich_text": text("t"), "checked": True}},
    {"toggle": {"rich_text": text("t")}},
    {"template": {"rich_text": text("t")}},
    {"callout": {"rich_text": text("c"), "icon": {"type": "emoji", "emoji": "🎯"}}},
    {"code": {"rich_text": text("c"), "language": "python"}},
    {"equation": {"expression": "x^2"}},
    {"divider": {}},
    {"breadcrumb": {}},
    {"table_of_contents": {"color": "gray"}},
    {"bookmark": {"url": "https://example.com"}},
    {"embed": {"url": "https://example.com"}},
    {"image": {"type": "external", "external": {"url": "https://x.y/i.png"}}},
    {"video": {"external": {"url": "https://x.y/v.mp4"}}},
    {"pdf": {"external": {"url": "https://x.y/p.pdf"}}},
    {"file": {"external": {"url": "https://x.y/f.zip"}}},
    {"audio": {"external": {"url": "https://x.y/a.mp3"}}},
    {"table": {"table_width": 2, "children": [ROW, ROW]}},
    {"column_list": {"children": [{"column": {"children": [paragraph("l")]}}, {"column": {"children": []}}]}},
    {"tab": {"children": [paragraph("Overview")]}},
    {"synced_block": {"synced_from": None, "children": [paragraph("s")]}},
]


@pytest.mark.parametrize("block", SAMPLES, ids=lambda block: next(k for k in block if k != "type"))
def test_every_type_can_be_created_and_read(api: Api, block: Json) -> None:
    page = api.page()
    made = api.append(page["id"], block)["results"][0]
    assert made["type"] in block
    assert api("GET", f"/v1/blocks/{made['id']}")[made["type"]] == made[made["type"]]
    assert made["has_children"] == bool(block[made["type"]].get("children"))


def test_defaults_are_filled_in_recorded_order(api: Api) -> None:
    page = api.page()
    made = api.append(page["id"], paragraph("p"), {"callout": {"rich_text": []}}, {"to_do": {"rich_text": []}})[
        "results"
    ]
    assert list(made[0]) == [
        "object", "id", "parent", "created_time", "last_edited_time", "created_by", "last_edited_by", "has_children",
        "in_trash", "type", "paragraph",
    ]  # fmt: skip
    assert list(made[0]["paragraph"]) == ["rich_text", "icon", "color"]
    assert made[1]["callout"] == {"rich_text": [], "icon": {"type": "emoji", "emoji": "💡"}, "color": "default"}
    assert made[2]["to_do"] == {"rich_text": [], "checked": False, "color": "default"}


def test_a_block_of_no_known_type_is_refused_with_every_type(api: Api) -> None:
    page = api.page()
    message = api.message("PATCH", f"/v1/blocks/{page['id']}/children", {"children": [{"nonsense": {}}]})
    assert message.startswith(
        "body failed validation. Fix one:\nbody.children[0].embed should be defined, instead was `undefined`."
    )
    assert "body.children[0].paragraph should be defined" in message


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ({"paragraph": {}}, "body.children[0].paragraph.rich_text should be defined, instead was `undefined`."),
        ({"code": {"rich_text": [], "language": "klingon"}}, 'body.children[0].code.language should be `"abap"`'),
        ({"equation": {"expression": "x" * 1001}}, "expression.length should be ≤ `1000`, instead was `1001`."),
        ({"to_do": {"rich_text": [], "checked": "yes"}}, "body.children[0].to_do.checked should be a boolean"),
        ({"table": {"table_width": 2}}, "body.children[0].table.children should be defined, instead was `undefined`."),
        ({"table": {"table_width": 3, "children": [ROW]}}, "Number of cells in table row must match the table width"),
        (
            {"column_list": {"children": [{"column": {"children": []}}]}},
            "children.length should be ≥ `2`, instead was `1`.",
        ),
        ({"divider": {}, "type": "image"}, "body.children[0].image should be defined"),
        (
            {"paragraph": {"rich_text": text("x"), "color": "mauve"}},
            'body.children[0].paragraph.color should be `"default"`',
        ),
    ],
)
def test_a_wrong_block_is_refused_with_its_place(api: Api, block: Json, message: str) -> None:
    page = api.page()
    assert message in api.message("PATCH", f"/v1/blocks/{page['id']}/children", {"children": [block]})
    assert api.children(page["id"]) == []


def test_a_hundred_blocks_are_taken_and_one_more_is_not(api: Api) -> None:
    page = api.page()
    api.append(page["id"], *[paragraph(str(n)) for n in range(100)])
    body = {"children": [paragraph("x")] * 101}
    message = api.message("PATCH", f"/v1/blocks/{page['id']}/children", body)
    assert message == "body failed validation: body.children.length should be ≤ `100`, instead was `101`."


def test_two_levels_of_children_are_taken_and_a_third_is_not(api: Api) -> None:
    page = api.page(children=[paragraph("1", paragraph("2", paragraph("3")))])
    assert api.children(page["id"])[0]["has_children"]
    body = {"children": [paragraph("1", paragraph("2", paragraph("3", paragraph("4"))))]}
    message = api.message("PATCH", f"/v1/blocks/{page['id']}/children", body)
    assert message.startswith(
        "body failed validation: body.children[0].paragraph.children[0].paragraph.children[0].paragraph.children "
        "should be not present, instead was `[{"
    )


def test_a_request_carries_at_most_a_thousand_blocks(api: Api) -> None:
    page = api.page()
    full = [paragraph("p", *[paragraph("c") for _ in range(100)]) for _ in range(10)]
    assert "1000" in api.message("PATCH", f"/v1/blocks/{page['id']}/children", {"children": full})
    api.append(page["id"], *full[:9])


def test_append_puts_blocks_at_the_end_the_start_or_after_one(api: Api) -> None:
    page = api.page(children=[paragraph("b")])
    anchor = api.children(page["id"])[0]["id"]
    api.append(page["id"], paragraph("e"))
    api.append(page["id"], paragraph("a"), position={"type": "start"})
    answer = api.append(
        page["id"], paragraph("c"), paragraph("d"), position={"type": "after_block", "after_block": {"id": anchor}}
    )
    assert [words(block) for block in api.children(page["id"])] == ["a", "b", "c", "d", "e"]
    assert [words(block) for block in answer["results"]] == ["c", "d", "e"], "new blocks, then the siblings after them"
    api.append(
        page["id"], paragraph("x"), position={"type": "after_block", "after_block": {"id": page["id"]}}, status=404
    )


def test_children_are_paged_by_the_next_block(api: Api) -> None:
    page = api.page(children=[paragraph(str(n)) for n in range(7)])
    first = api("GET", f"/v1/blocks/{page['id']}/children?page_size=3")
    second = api("GET", f"/v1/blocks/{page['id']}/children?page_size=3&start_cursor={first['next_cursor']}")
    assert first["has_more"]
    assert first["next_cursor"] == second["results"][0]["id"]
    assert [words(block) for block in second["results"]] == ["3", "4", "5"]
    bad = "00000000-0000-0000-0000-000000000000"
    message = api.message("GET", f"/v1/blocks/{page['id']}/children?start_cursor={bad}")
    assert message == f"The start_cursor provided is invalid: {bad}"
    assert "query.page_size should be ≤ `100`" in api.message("GET", f"/v1/blocks/{page['id']}/children?page_size=101")


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        (paragraph("a"), {"paragraph": {"rich_text": text("b")}}, "b"),
        ({"to_do": {"rich_text": text("a")}}, {"to_do": {"checked": True}}, "a"),
        ({"heading_1": {"rich_text": text("a")}}, {"heading_1": {"color": "red"}}, "a"),
    ],
)
def test_an_update_keeps_what_it_does_not_name(api: Api, before: Json, change: Any, after: str) -> None:
    page = api.page(children=[before])
    block = api.children(page["id"])[0]
    changed = api("PATCH", f"/v1/blocks/{block['id']}", change)
    kind = block["type"]
    assert words(changed) == after
    assert {k: v for k, v in change[kind].items() if k != "rich_text"}.items() <= changed[kind].items()


def test_the_type_of_a_block_cannot_change(api: Api) -> None:
    page = api.page(children=[paragraph("a")])
    block = api.children(page["id"])[0]["id"]
    api.message("PATCH", f"/v1/blocks/{block}", {"to_do": {"rich_text": []}})
    api.message("PATCH", f"/v1/blocks/{block}", {})


def test_a_deleted_block_is_in_the_trash_and_comes_back(api: Api) -> None:
    page = api.page(children=[paragraph("a"), paragraph("b")])
    block = api.children(page["id"])[0]["id"]
    assert api("DELETE", f"/v1/blocks/{block}")["in_trash"] is True
    assert [words(one) for one in api.children(page["id"])] == ["b"]
    message = api.message("PATCH", f"/v1/blocks/{block}", {"paragraph": {"rich_text": []}})
    assert message == "Can't edit block that is archived. You must unarchive the block before editing."
    api("PATCH", f"/v1/blocks/{block}", {"in_trash": False})
    assert [words(one) for one in api.children(page["id"])] == ["a", "b"]


def test_pages_and_databases_are_child_blocks_of_their_page(api: Api) -> None:
    api.page("Sub")
    database, _ = api.database(title="Base")
    kinds = {block["type"]: block[block["type"]] for block in api.children(api.root)}
    assert kinds == {"child_page": {"title": "Sub"}, "child_database": {"title": "Base"}}
    deleted = api("DELETE", f"/v1/blocks/{database}")
    assert (deleted["type"], deleted["in_trash"]) == ("child_database", True)
    assert api("GET", f"/v1/databases/{database}")["in_trash"] is True


def test_a_copy_of_a_synced_block_shows_the_children_of_its_original(api: Api) -> None:
    page = api.page(children=[{"synced_block": {"synced_from": None, "children": [paragraph("s")]}}])
    original = api.children(page["id"])[0]["id"]
    copy = api.append(page["id"], {"synced_block": {"synced_from": {"block_id": original}}})["results"][0]
    assert copy["has_children"]
    assert [words(block) for block in api.children(copy["id"])] == ["s"]


def test_a_table_takes_rows_of_its_width_only(api: Api) -> None:
    page = api.page(children=[{"table": {"table_width": 2, "children": [ROW]}}])
    table = api.children(page["id"])[0]["id"]
    api.append(table, ROW)
    api.append(table, {"table_row": {"cells": [text("a")]}}, status=400)
    api.append(table, paragraph("x"), status=400)
    assert len(api.children(table)) == 2


def test_a_divider_has_no_children(api: Api) -> None:
    page = api.page(children=[{"divider": {}}])
    api.append(api.children(page["id"])[0]["id"], paragraph("x"), status=400)


def test_mentions_show_what_they_mention(api: Api) -> None:
    target = api.page("Target")
    mentions = [
        {"mention": {"page": {"id": target["id"]}}},
        {"mention": {"user": {"id": api.ws.owner_id}}},
        {"mention": {"date": {"start": "2026-01-01", "end": "2026-01-02"}}},
        {"equation": {"expression": "x"}},
    ]
    page = api.page(children=[{"paragraph": {"rich_text": mentions}}])
    pieces = api.children(page["id"])[0]["paragraph"]["rich_text"]
    assert [piece["plain_text"] for piece in pieces] == ["Target", "@Sandbox Owner", "2026-01-01 → 2026-01-02", "x"]


@pytest.mark.parametrize("moves", [True, False])
def test_whether_blocks_move_the_pages_stamp_is_a_switch(api: Api, *, moves: bool) -> None:
    page = api.page()
    api.ws.control("switches", {"blocks_touch_page": moves})
    api.ws.clock.advance(120)
    api.append(page["id"], paragraph("x"))
    edited = api("GET", f"/v1/pages/{page['id']}")["last_edited_time"]
    assert (edited != page["last_edited_time"]) is moves
