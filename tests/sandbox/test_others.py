"""Users, comments, file uploads, templates, emojis, tasks."""

from __future__ import annotations

import json

from sandbox.ground import Api, paragraph, text


def test_the_connection_knows_itself(api: Api) -> None:
    me = api("GET", "/v1/users/me")
    assert (me["id"], me["type"]) == (api.ws.bot_id, "bot")
    assert me["bot"]["workspace_limits"]["max_file_upload_size_in_bytes"] > 0
    users = api("GET", "/v1/users?page_size=1")
    assert users["has_more"]
    rest = api("GET", f"/v1/users?start_cursor={users['next_cursor']}")["results"]
    assert {one["type"] for one in users["results"] + rest} == {"person", "bot"}
    assert api("GET", f"/v1/users/{api.ws.owner_id}")["person"] == {"email": "owner@example.com"}


def test_a_comment_begins_a_discussion_and_others_follow(api: Api) -> None:
    page = api.page(children=[paragraph("x")])
    block = api.children(page["id"])[0]["id"]
    first = api("POST", "/v1/comments", {"parent": {"page_id": page["id"]}, "rich_text": text("one")})
    assert list(first) == [
        "object", "id", "parent", "discussion_id", "created_time", "last_edited_time", "created_by", "rich_text",
        "display_name", "request_id",
    ]  # fmt: skip
    api("POST", "/v1/comments", {"discussion_id": first["discussion_id"], "markdown": "**two**"})
    api("POST", "/v1/comments", {"parent": {"block_id": block}, "rich_text": text("on a block")})
    listed = api("GET", f"/v1/comments?block_id={page['id']}")["results"]
    assert [one["rich_text"][0]["plain_text"] for one in listed] == ["one", "two"]
    assert len(api("GET", f"/v1/comments?block_id={block}")["results"]) == 1


def test_a_comment_is_changed_and_deleted(api: Api) -> None:
    made = api("POST", "/v1/comments", {"parent": {"page_id": api.root}, "rich_text": text("a")})
    path = f"/v1/comments/{made['id']}"
    assert api("PATCH", path, {"rich_text": text("b")})["rich_text"][0]["plain_text"] == "b"
    api("DELETE", path)
    api("GET", path, status=404)


def test_wrong_comments_are_refused(api: Api) -> None:
    api.message("POST", "/v1/comments", {"parent": {"page_id": api.root}, "rich_text": []})
    api.message("POST", "/v1/comments", {"rich_text": text("a")})
    nowhere = {"discussion_id": "00000000-0000-0000-0000-000000000000", "rich_text": text("a")}
    api.message("POST", "/v1/comments", nowhere, status=404)
    api.message("GET", "/v1/comments")


def _form(**fields: bytes) -> bytes:
    parts = []
    for name, value in fields.items():
        filename = '; filename="f.txt"' if name == "file" else ""
        parts.append(
            b'--B\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
            % (name.encode(), filename.encode(), value)
        )
    return b"".join(parts) + b"--B--\r\n"


def _send(api: Api, id_: str, **fields: bytes) -> tuple[int, dict[str, object]]:
    form = {"content_type": "multipart/form-data; boundary=B"}
    reply = api.send("POST", f"/v1/file_uploads/{id_}/send", _form(**fields), **form)
    return reply.status, json.loads(reply.body)


def test_a_file_is_uploaded_and_attached(api: Api) -> None:
    upload = api("POST", "/v1/file_uploads", {"filename": "f.txt", "content_type": "text/plain"})
    assert (upload["status"], upload["expiry_time"]) == ("pending", "2026-11-20T10:30:00.000Z")
    block = {"file": {"type": "file_upload", "file_upload": {"id": upload["id"]}}}
    page = api.page()
    api.append(page["id"], block, status=400)
    status, sent = _send(api, upload["id"], file=b"hello")
    assert (status, sent["status"], sent["content_length"]) == (200, "uploaded", 5)
    assert "upload_url" not in sent
    kept = api.append(page["id"], block)["results"][0]["file"]
    assert kept["type"] == "file"
    assert kept["file"]["expiry_time"] == "2026-11-20T10:30:00.000Z"
    assert _send(api, upload["id"], file=b"again")[0] == 400


def test_a_comment_carries_files(api: Api) -> None:
    upload = api("POST", "/v1/file_uploads", {"filename": "a.png", "content_type": "image/png"})["id"]
    _send(api, upload, file=b"picture")
    body = {
        "parent": {"page_id": api.root},
        "rich_text": text("see"),
        "attachments": [{"type": "file_upload", "file_upload_id": upload}],
    }
    made = api("POST", "/v1/comments", body)
    assert [(one["category"], "expiry_time" in one["file"]) for one in made["attachments"]] == [("image", True)]
    listed = api("GET", f"/v1/comments?block_id={api.root}")["results"]
    assert listed[0]["attachments"] == made["attachments"]
    body["attachments"] *= 4
    assert "body.attachments.length should be ≤ `3`" in api.message("POST", "/v1/comments", body)


def test_a_file_is_uploaded_in_parts(api: Api) -> None:
    upload = api("POST", "/v1/file_uploads", {"mode": "multi_part", "filename": "f.bin", "number_of_parts": 2})
    path = f"/v1/file_uploads/{upload['id']}/complete"
    _send(api, upload["id"], file=b"a", part_number=b"1")
    assert _send(api, upload["id"], file=b"a", part_number=b"3")[0] == 400
    assert api.message("POST", path) == "1 of 2 parts were sent."
    assert _send(api, upload["id"], file=b"b", part_number=b"2")[1]["number_of_parts"] == {"total": 2, "sent": 2}
    assert api("POST", path)["status"] == "uploaded"


def test_uploads_expire_and_are_listed_newest_first(api: Api) -> None:
    first = api("POST", "/v1/file_uploads", {"filename": "1.txt"})
    api.ws.clock.advance(3600)
    second = api("POST", "/v1/file_uploads", {"filename": "2.txt"})
    assert [one["id"] for one in api("GET", "/v1/file_uploads")["results"]] == [second["id"], first["id"]]
    assert [one["id"] for one in api("GET", "/v1/file_uploads?status=expired")["results"]] == [first["id"]]
    assert _send(api, first["id"], file=b"x")[0] == 400


def test_wrong_uploads_are_refused(api: Api) -> None:
    for body in (
        {"mode": "telepathy"},
        {"mode": "multi_part", "filename": "f"},
        {"mode": "external_url", "filename": "f", "external_url": "http://x.y"},
        {"filename": "é" * 451},
    ):
        api.message("POST", "/v1/file_uploads", body)
    upload = api(
        "POST", "/v1/file_uploads", {"mode": "external_url", "filename": "f.pdf", "external_url": "https://x.y/f.pdf"}
    )
    assert api("GET", f"/v1/file_uploads/{upload['id']}")["status"] == "uploaded"


def test_what_the_api_cannot_make_is_an_empty_list(api: Api) -> None:
    _, source = api.database()
    answer = api("GET", f"/v1/data_sources/{source}/templates")
    assert answer == {"templates": [], "has_more": False, "next_cursor": None}
    assert api("GET", "/v1/custom_emojis")["results"] == []
    api("GET", "/v1/async_tasks/abc", status=404)
