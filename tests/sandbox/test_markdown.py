"""Pages as Markdown: reading, creating, the four kinds of change."""

from __future__ import annotations

import pytest

from sandbox.ground import Api, Json, paragraph, title, words

TEXT = """# One
Some **bold**, *slanted*, ~~gone~~, `code` and [a link](https://example.com/).
- first
\t- inside
1. number
- [x] done
- [ ] open
> quoted
---
```python
print("hi")
```
$$
x^2
$$
<details>
<summary>More</summary>
\thidden
</details>
<callout icon="🎯">
\tLook
</callout>
<table header-row="true">
<tr>
<td>a</td>
<td>b</td>
</tr>
</table>
<table_of_contents/>"""


def _markdown(api: Api, page: Json) -> str:
    return str(api("GET", f"/v1/pages/{page['id']}/markdown")["markdown"])


def _create(api: Api, text: str) -> Json:
    page: Json = api("POST", "/v1/pages", {"parent": {"page_id": api.root}, "properties": {}, "markdown": text})
    return page


def test_a_page_made_of_markdown_reads_as_it_was_written(api: Api) -> None:
    page = _create(api, TEXT)
    assert _markdown(api, page) == TEXT
    kinds = [block["type"] for block in api.children(page["id"])]
    assert kinds == [
        "heading_1",
        "paragraph",
        "bulleted_list_item",
        "numbered_list_item",
        "to_do",
        "to_do",
        "quote",
        "divider",
        "code",
        "equation",
        "toggle",
        "callout",
        "table",
        "table_of_contents",
    ]


def test_a_first_heading_becomes_the_title_when_no_properties_are_given(api: Api) -> None:
    page = api("POST", "/v1/pages", {"parent": {"page_id": api.root}, "markdown": "# The Title\ntext"})
    assert title(page) == "The Title"
    assert _markdown(api, page) == "text"


def test_an_empty_page_has_no_markdown(api: Api) -> None:
    page = api.page()
    answer = api("GET", f"/v1/pages/{page['id']}/markdown")
    assert list(answer) == ["object", "id", "markdown", "truncated", "unknown_block_ids", "request_id"]
    assert (answer["markdown"], answer["unknown_block_ids"]) == ("", [])


def test_what_markdown_cannot_say_is_listed_as_unknown(api: Api) -> None:
    page = api.page(children=[{"bookmark": {"url": "https://x.y"}}])
    answer = api("GET", f"/v1/pages/{page['id']}/markdown")
    assert 'alt="bookmark"' in answer["markdown"]
    assert answer["unknown_block_ids"] == [api.children(page["id"])[0]["id"]]


def _change(api: Api, page: Json, kind: str, value: Json, status: int = 200) -> Json:
    answer: Json = api("PATCH", f"/v1/pages/{page['id']}/markdown", {"type": kind, kind: value}, status)
    return answer


def test_an_update_changes_the_words_and_leaves_the_other_blocks_alone(api: Api) -> None:
    page = api.page(children=[paragraph("one"), paragraph("two"), paragraph("three")])
    before = [block["id"] for block in api.children(page["id"])]
    updates = {"content_updates": [{"old_str": "two", "new_str": "TWO\nand a half"}]}
    assert _change(api, page, "update_content", updates)["markdown"] == "one\nTWO\nand a half\nthree"
    after = api.children(page["id"])
    assert [words(block) for block in after] == ["one", "TWO", "and a half", "three"]
    assert (after[0]["id"], after[3]["id"]) == (before[0], before[2])


@pytest.mark.parametrize(("old", "count"), [("none", 0), ("o", 2)])
def test_an_update_must_match_exactly_once(api: Api, old: str, count: int) -> None:
    page = api.page(children=[paragraph("one"), paragraph("two")])
    value = {"content_updates": [{"old_str": old, "new_str": "x"}]}
    assert f"matched {count} times" in _change(api, page, "update_content", value, 400)["message"]
    if count:
        value["content_updates"][0]["replace_all_matches"] = True  # type: ignore[assignment]
        assert _change(api, page, "update_content", value)["markdown"] == "xne\ntwx"


def test_content_is_replaced_inserted_and_replaced_in_part(api: Api) -> None:
    page = api.page(children=[paragraph("old")])
    assert _change(api, page, "replace_content", {"new_str": "a\nb\nc"})["markdown"] == "a\nb\nc"
    assert _change(api, page, "insert_content", {"content": "b2", "after": "b"})["markdown"] == "a\nb\nb2\nc"
    assert _change(api, page, "insert_content", {"content": "z"})["markdown"] == "a\nb\nb2\nc\nz"
    start = {"content": "0", "position": {"type": "start"}}
    assert _change(api, page, "insert_content", start)["markdown"] == "0\na\nb\nb2\nc\nz"
    part = {"content": "X", "content_range": "a...b2"}
    assert _change(api, page, "replace_content_range", part)["markdown"] == "0\nX\nc\nz"


def test_child_pages_are_not_lost_by_accident(api: Api) -> None:
    page = api.page(children=[paragraph("a")])
    child = api.page("Child", page["id"])
    message = _change(api, page, "replace_content", {"new_str": "b"}, 400)["message"]
    assert child["id"] in message
    mention = _markdown(api, page).split("\n")[1]
    _change(api, page, "replace_content", {"new_str": f"{mention}\nb"})
    assert [block["type"] for block in api.children(page["id"])] == ["child_page", "paragraph"]
    _change(api, page, "replace_content", {"new_str": "b", "allow_deleting_content": True})
    assert api("GET", f"/v1/pages/{child['id']}")["in_trash"] is True


def test_a_page_of_another_place_cannot_be_taken_in(api: Api) -> None:
    stranger, page = api.page("Stranger"), api.page("Here")
    text = f'<page url="{stranger["url"]}">Stranger</page>'
    _change(api, page, "replace_content", {"new_str": text}, 400)


def test_children_and_markdown_do_not_go_together(api: Api) -> None:
    body = {"parent": {"page_id": api.root}, "markdown": "a", "children": [paragraph("b")]}
    api.message("POST", "/v1/pages", body)
