"""Talking to a sandbox in-process; every answer, errors too, must be inside the public contract."""

from __future__ import annotations

import asyncio
import json
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, quote

import httpx
import jsonschema_rs
from starlette.applications import Starlette

from contract.notion_contract import Contract
from notion_roadmap.sandbox.reply import Reply
from notion_roadmap.sandbox.workspace import Workspace

Json = dict[str, Any]


class QuickContract(Contract):
    """The contract with a compiled validator before the one that can explain."""

    def __init__(self) -> None:
        super().__init__()
        self._compiled: dict[str, jsonschema_rs.Draft7Validator] = {}

    def _errors(self, name: str, value: object) -> list[str]:
        if isinstance(value, dict):
            value = {k: v for k, v in value.items() if k != "request_id"}
        if name not in self._compiled:
            schema = {"$ref": f"#/definitions/{quote(name, safe='')}", "definitions": self.definitions}
            self._compiled[name] = jsonschema_rs.Draft7Validator(schema)
        return [] if self._compiled[name].is_valid(value) else super()._errors(name, value)


@cache
def contract() -> QuickContract:
    return QuickContract()


class Refused(AssertionError):
    """The sandbox answered with another status than the test expected."""


class Api:
    """A client for tests: one method, which checks status and contract."""

    def __init__(self, workspace: Workspace, version: str = "2026-03-11") -> None:
        self.ws, self.version = workspace, version
        self.root = workspace.root_page_id

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        """Any request, unchecked; a header with an empty value is left out."""
        path, _, query = path.partition("?")
        sent = {
            "authorization": f"Bearer {self.ws.token}",
            "notion-version": self.version,
            "content-type": "application/json",
            **{key.replace("_", "-"): value for key, value in headers.items()},
        }
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kept = {key: value for key, value in sent.items() if value}
        return self.ws.handle(method, path, parse_qsl(query, keep_blank_values=True), kept, raw)

    def __call__(self, method: str, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        """A request whose answer must have this status and be inside the contract."""
        reply = self.send(method, path, body, **headers)
        answer = json.loads(reply.body)
        if reply.status != status:
            raise Refused(f"{method} {path}: {reply.status} instead of {status}: {answer}")
        problems = contract().response_errors(method, path.partition("?")[0], reply.status, answer)
        assert not problems, f"{method} {path}: {problems}"
        return answer

    def message(self, method: str, path: str, body: Any = None, status: int = 400) -> str:
        """The sentence of a refusal."""
        return str(self(method, path, body, status)["message"])

    def page(self, title: str = "Page", parent: str | None = None, children: list[Json] | None = None) -> Json:
        """A new page under a page."""
        body: Json = {"parent": {"page_id": parent or self.root}, "properties": {"title": {"title": text(title)}}}
        answer: Json = self("POST", "/v1/pages", body if children is None else {**body, "children": children})
        return answer

    def database(self, properties: Json | None = None, title: str = "Tasks") -> tuple[str, str]:
        """A new database on the root page: its id and its data source's. `Name` is the title."""
        body = {
            "parent": {"type": "page_id", "page_id": self.root},
            "title": text(title),
            "initial_data_source": {"properties": {"Name": {"title": {}}, **(properties or {})}},
        }
        answer = self("POST", "/v1/databases", body)
        return answer["id"], answer["data_sources"][0]["id"]

    def row(self, source: str, name: str = "Row", **properties: Any) -> Json:
        """A new row; keyword names are property names with _ for spaces."""
        values = {key.replace("_", " "): value for key, value in properties.items()}
        body = {"parent": {"data_source_id": source}, "properties": {"Name": {"title": text(name)}, **values}}
        answer: Json = self("POST", "/v1/pages", body)
        return answer

    def schema(self, source: str) -> Json:
        """The properties of a data source by name."""
        answer: Json = self("GET", f"/v1/data_sources/{source}")["properties"]
        return answer

    def query(self, source: str, **body: Any) -> list[str]:
        """The names of the rows that a query finds."""
        return [title(page) for page in self("POST", f"/v1/data_sources/{source}/query", body)["results"]]

    def children(self, id_: str) -> list[Json]:
        """The first hundred children of a block or page."""
        answer: list[Json] = self("GET", f"/v1/blocks/{id_}/children")["results"]
        return answer

    def append(self, id_: str, *blocks: Json, status: int = 200, **more: Any) -> Any:
        """Append blocks to a block or page."""
        return self("PATCH", f"/v1/blocks/{id_}/children", {"children": list(blocks), **more}, status)


def text(words: str) -> list[Json]:
    """Rich text of a request."""
    return [{"text": {"content": words}}]


def title(page: Json) -> str:
    """The title of a page of an answer."""
    found = next(one for one in page["properties"].values() if one["type"] == "title")
    return "".join(piece["plain_text"] for piece in found["title"])


def paragraph(words: str, *children: Json) -> Json:
    """A paragraph of a request."""
    inner: Json = {"rich_text": text(words)}
    return {"type": "paragraph", "paragraph": {**inner, "children": list(children)} if children else inner}


def words(block: Json) -> str:
    """The words of a block of an answer."""
    return "".join(piece["plain_text"] for piece in block[block["type"]]["rich_text"])


class Browser:
    """Requests to the whole application, as a browser or a script on this machine sends them."""

    def __init__(self, app: Starlette, *, address: str = "127.0.0.1") -> None:
        self.workspace: Workspace = app.state.workspace
        self._transport = httpx.ASGITransport(app=app, client=(address, 5000))

    def __call__(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One request; redirects are not followed."""

        async def run() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url="http://127.0.0.1:8787") as client:
                return await client.request(method, path, **more)

        return asyncio.run(run())
