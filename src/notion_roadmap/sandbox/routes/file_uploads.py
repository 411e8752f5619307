"""File uploads: single part, several parts, and imports from an external URL.

https://developers.notion.com/reference/file-upload
"""

from __future__ import annotations

import mimetypes
import re
from typing import Any

from notion_roadmap.sandbox.clock import minute
from notion_roadmap.sandbox.errors import invalid
from notion_roadmap.sandbox.routes import Answer, Call, endpoint
from notion_roadmap.sandbox.rules import check, paging, render
from notion_roadmap.sandbox.state import Doc

_HOUR_MS = 3_600_000
_MODES = ("single_part", "multi_part", "external_url")
_STATUSES = ("pending", "uploaded", "expired", "failed")
MAX_SINGLE = 20 * 1024 * 1024


def _shown(call: Call, doc: Doc) -> Doc:
    pending = _status(call, doc) == "pending"
    answer: Doc = {
        "object": "file_upload", "id": doc["id"], "created_time": minute(doc["created"]),
        "created_by": {"id": doc["created_by"], "type": "bot"}, "last_edited_time": minute(doc["edited"]),
        "expiry_time": minute(doc["expires"]),
    }  # fmt: skip
    if pending:
        answer["upload_url"] = f"{call.ws.base_url}/v1/file_uploads/{doc['id']}/send"
        if doc["mode"] == "multi_part":
            answer["complete_url"] = f"{call.ws.base_url}/v1/file_uploads/{doc['id']}/complete"
    answer |= {
        "in_trash": False, "status": _status(call, doc), "filename": doc["filename"],
        "content_type": doc["content_type"],
        "content_length": doc["content_length"],
    }  # fmt: skip
    if doc["mode"] == "multi_part":
        answer["number_of_parts"] = {"total": doc["parts"], "sent": len(doc["sent"])}
    return answer


def _status(call: Call, doc: Doc) -> str:
    expired = doc["status"] == "pending" and doc["expires"] <= call.ws.clock.now_ms()
    return "expired" if expired else str(doc["status"])


@endpoint("POST", "/v1/file_uploads", "insert")
def create(call: Call) -> Answer:
    """Announce a file. https://developers.notion.com/reference/create-a-file-upload"""
    ws, body = call.ws, call.body
    mode = check.choice(body.get("mode", "single_part"), "body.mode", _MODES)
    name = body.get("filename")
    if name is None and mode != "single_part":
        raise check.refuse("body.filename", "defined", check.MISSING)
    if name is not None and len(check.text(name, "body.filename").encode()) > 900:
        raise invalid("body failed validation: body.filename should be at most 900 bytes.")
    parts = body.get("number_of_parts")
    if (
        mode == "multi_part"
        and not 1 <= check.number(check.MISSING if parts is None else parts, "body.number_of_parts") <= 1000
    ):
        raise check.refuse("body.number_of_parts", "between 1 and 1000", parts)
    if mode == "external_url" and not check.url(
        body.get("external_url", check.MISSING), "body.external_url"
    ).startswith("https://"):
        raise check.refuse("body.external_url", "an HTTPS URL", body["external_url"])
    content_type = body.get("content_type") or mimetypes.guess_type(name or "")[0]
    upload: Doc = {
        "object": "file_upload", "id": ws.new_id("file_upload"), **ws.stamp(), "parent": {}, "mode": mode,
        "filename": name,
        "content_type": None if content_type is None else check.text(content_type, "body.content_type"),
        "content_length": None, "expires": ws.clock.now_ms() + _HOUR_MS, "status": "pending",
        "parts": parts, "sent": [],
    }  # fmt: skip
    return _shown(call, ws.store.add(upload))


@endpoint("POST", "/v1/file_uploads/{file_upload_id}/send", "insert")
def send(call: Call) -> Answer:
    """Take a part of the file; the bytes are counted, not kept. https://developers.notion.com/reference/send-a-file-upload"""
    upload = call.doc("file_upload_id", "file_upload")
    if _status(call, upload) != "pending":
        raise invalid(f"File upload is not pending, it is {_status(call, upload)}.")
    form = _form(call)
    if "file" not in form:
        raise check.refuse("body.file", "defined", check.MISSING)
    if len(form["file"]) > MAX_SINGLE:
        raise invalid("File is larger than 20 MB; use a multi_part upload.")
    upload = call.ws.store.edit(upload["id"])
    upload["content_length"] = (upload["content_length"] or 0) + len(form["file"])
    if upload["mode"] == "multi_part":
        _take_part(upload, form)
    else:
        upload["status"] = "uploaded"
        upload["filename"] = upload["filename"] or form.get("filename", b"file").decode("utf-8", "replace")
    call.ws.touch(upload)
    return _shown(call, upload)


def _take_part(upload: Doc, form: dict[str, bytes]) -> None:
    number = form.get("part_number", b"").decode("ascii", "replace")
    if not number.isdigit() or not 1 <= int(number) <= upload["parts"]:
        raise check.refuse("body.part_number", f"between 1 and {upload['parts']}", number or check.MISSING)
    if int(number) not in upload["sent"]:
        upload["sent"].append(int(number))


def _form(call: Call) -> dict[str, bytes]:
    """The fields of a multipart form; a file's name stands under `filename`."""
    boundary = re.search(r'boundary="?([^";]+)', call.headers.get("content-type", ""))
    if boundary is None or not isinstance(call.body, bytes):
        raise invalid("body failed validation: the file is sent as multipart/form-data.")
    fields: dict[str, bytes] = {}
    for part in call.body.split(b"--" + boundary[1].encode())[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = re.search(rb'[; ]name="([^"]*)"', head)
        filename = re.search(rb'filename="([^"]*)"', head)
        if name:
            fields[name[1].decode("utf-8", "replace")] = content.removesuffix(b"\r\n")
        if filename:
            fields["filename"] = filename[1]
    return fields


@endpoint("POST", "/v1/file_uploads/{file_upload_id}/complete", "insert")
def complete(call: Call) -> Answer:
    """End an upload of several parts. https://developers.notion.com/reference/complete-a-file-upload"""
    upload = call.doc("file_upload_id", "file_upload")
    if upload["mode"] != "multi_part" or _status(call, upload) != "pending":
        raise invalid("Only pending multi_part uploads can be completed.")
    if len(upload["sent"]) != upload["parts"]:
        raise invalid(f"{len(upload['sent'])} of {upload['parts']} parts were sent.")
    upload = call.ws.store.edit(upload["id"])
    upload["status"] = "uploaded"
    call.ws.touch(upload)
    return _shown(call, upload)


@endpoint("GET", "/v1/file_uploads/{file_upload_id}", "read")
def retrieve(call: Call) -> Answer:
    """One upload; an import from outside is done when it is first looked at. https://developers.notion.com/reference/retrieve-a-file-upload"""
    upload: Any = call.doc("file_upload_id", "file_upload")
    if upload["mode"] == "external_url" and upload["status"] == "pending":
        upload = call.ws.store.edit(upload["id"])
        upload["status"], upload["content_length"] = "uploaded", 0
    return _shown(call, upload)


@endpoint("GET", "/v1/file_uploads", "read")
def listing(call: Call) -> Answer:
    """The connection's uploads, the newest first. https://developers.notion.com/reference/list-file-uploads"""
    status = call.one("status")
    if status is not None:
        check.choice(status, "query.status", _STATUSES)
    uploads = [doc for doc in call.ws.store.of_kind("file_upload") if status in (None, _status(call, doc))]
    ids, cursor = paging.cut(call, [doc["id"] for doc in reversed(uploads)])
    return render.listing("file_upload", [_shown(call, call.ws.store.docs[id_]) for id_ in ids], cursor)
