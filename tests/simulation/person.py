"""A second person: the owner, who edits in Notion while we work, and remembers what they did.

Every deed leaves a check that it is intact at the end, and says which facts are different because of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import httpx

from notion_roadmap.sandbox.workspace import Workspace
from notion_roadmap.workspace.items import Kind
from notion_roadmap.workspace.limits import OPTIONS
from notion_roadmap.workspace.observed import Applied

Ours = Callable[[], Mapping[str, Applied]]
Holds = Callable[[], bool]
Doc = dict[str, Any]
Where = Callable[[Applied, Doc], bool]


@dataclass(frozen=True)
class Deed:
    """Something that the person did.

    Args:
        what: in a few words, for reports.
        explains: facts (thing, aspect) that differ because of it; the aspect "*" stands for all of them, and a thing
            with "*" is also absent where others name it.
        holds: whether it is still so.
    """

    what: str
    explains: frozenset[tuple[str, str]]
    holds: Holds


class Person:
    """Does something now and then.

    Args:
        ours: what is there of ours, by key.
        transport: to the sandbox.
        pause: seconds between two deeds, on average.
        most: deeds; after so many the person rests.
    """

    def __init__(
        self,
        dice: Random,
        workspace: Workspace,
        transport: httpx.AsyncBaseTransport,
        ours: Ours,
        pause: float,
        most: int = 12,
    ) -> None:
        self._dice = dice
        self._left = most
        self._ws = workspace
        self._ours = ours
        self._pause = pause
        self._client = httpx.AsyncClient(
            transport=transport,
            base_url=f"{workspace.base_url}/v1/",
            headers={"Authorization": f"Bearer {workspace.owner_token}", "Notion-Version": "2026-03-11"},
        )
        self._number = 0
        self._acting: asyncio.Future[None] | None = None
        self._made: dict[tuple[str, str], Deed] = {}
        self._ways = (
            self._rename_database, self._rename_property, self._rename_view, self._rename_page, self._add_option,
            self._recolour_option, self._add_column, self._add_view, self._add_row, self._add_page, self._write_words,
            self._set_status, self._set_hours, self._set_notes, self._trash_row, self._move_row, self._duplicate_row,
            self._delete_view,
        )  # fmt: skip

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What is to be found at the end: of deeds to the same thing only the last."""
        return tuple(self._made.values())

    async def live(self) -> None:
        """Go on until tired or cancelled."""
        while self._left:
            await asyncio.sleep(self._dice.expovariate(1 / self._pause))
            self._acting = asyncio.ensure_future(self.act())
            await asyncio.shield(self._acting)

    async def finish(self) -> None:
        """Let what was begun come to its end. Raises what went wrong."""
        if self._acting is not None:
            await self._acting

    async def act(self) -> None:
        """One deed, if there is something to do it to."""
        if self._left:
            self._number += 1
            await self._dice.choice(self._ways)()

    async def close(self) -> None:
        """Leave."""
        await self._client.aclose()

    async def _say(self, method: str, path: str, body: Doc | None = None) -> Doc:
        answer = await self._client.request(method, path, json=body)
        while answer.status_code == 409:  # Notion's own app tries again too
            await asyncio.sleep(0.1)
            answer = await self._client.request(method, path, json=body)
        told: Doc = answer.json()
        assert answer.status_code == 200, f"the person's own {method} {path} was refused: {told}"
        return told

    def _did(
        self,
        thing: str,
        aspect: str,
        what: str,
        holds: Callable[[], bool],
        *,
        explains: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self._left -= 1
        if aspect == "*":  # what was done to it before went with it
            self._made = {of: deed for of, deed in self._made.items() if of[0] != thing}
        self._made[thing, aspect] = Deed(f"{what} ({thing})", frozenset(explains or ((thing, aspect),)), holds)

    def _pick(
        self, kind: Kind, where: Callable[[Applied, Doc], bool] = lambda _, __: True
    ) -> tuple[Applied, Doc] | None:
        """Something of ours that is there."""
        docs = self._ws.store.docs
        found = [
            (one, docs[one.id])
            for _, one in sorted(self._ours().items())
            if one.kind is kind and one.id in docs and not self._is_gone(docs[one.id]) and where(one, docs[one.id])
        ]
        return self._dice.choice(found) if found else None

    def _is_gone(self, doc: Doc) -> bool:
        while doc is not None:
            if doc.get("in_trash"):
                return True
            above = doc["parent"]
            doc = self._ws.store.docs.get(above.get(above.get("type", ""), ""))  # type: ignore[assignment]
        return False

    def _doc(self, identifier: str) -> Doc:
        return self._ws.store.docs[identifier]

    def _pick_column(self, *types: str) -> tuple[str, Doc, Doc] | None:
        """A column of ours: its key, its data source, itself."""
        ours = self._ours()
        found = []
        for key, one in sorted(ours.items()):
            source = ours.get(key.partition(".")[0]) if one.kind is Kind.PROPERTY else None
            if source is None or self._is_gone(self._doc(source.refs["data_source"])):
                continue
            columns = self._doc(source.refs["data_source"])
            if one.id in columns["props"] and (not types or columns["props"][one.id]["type"] in types):
                found.append((key, columns, columns["props"][one.id]))
        return self._dice.choice(found) if found else None

    async def _rename_database(self) -> None:
        if found := self._pick(Kind.DATABASE):
            await self.rename(found[0].key)

    async def rename(self, database: str) -> None:
        """Give a database of ours another title."""
        identifier, title = self._ours()[database].id, f"My database {self._number}"
        await self._say("PATCH", f"databases/{identifier}", {"title": _text(title)})
        self._did(database, "title", "rename a database", lambda: _plain(self._doc(identifier)["title"]) == title)

    async def _rename_property(self) -> None:
        if found := self._pick_column():
            key, source, prop = found
            name = f"My {prop['name']} {self._number}"
            await self._say("PATCH", f"data_sources/{source['id']}", {"properties": {prop["id"]: {"name": name}}})
            self._did(key, "name", "rename a property", lambda: self._column(source, prop)["name"] == name)

    async def _rename_view(self) -> None:
        if found := self._pick(Kind.VIEW):
            one, doc, name = found[0], found[1], f"My view {self._number}"
            await self._say("PATCH", f"views/{doc['id']}", {"name": name})
            self._did(one.key, "name", "rename a view", lambda: self._gone_or(doc["id"], "name", name))

    def _gone_or(self, identifier: str, field: str, value: Any) -> bool:
        doc = self._ws.store.docs.get(identifier)
        return doc is None or doc[field] == value

    async def _rename_page(self) -> None:
        if found := self._pick(Kind.PAGE):
            one, doc, title = found[0], found[1], f"My page {self._number}"
            await self._say("PATCH", f"pages/{doc['id']}", {"properties": {"title": {"title": _text(title)}}})
            self._did(
                one.key, "title", "rename a page", lambda: _plain(self._doc(doc["id"])["values"]["title"]) == title
            )

    async def _add_option(self) -> None:
        found = self._pick_column("select", "multi_select")
        if found and len(found[2]["config"]["options"]) < OPTIONS:
            key, source, prop = found
            name = f"My option {self._number}"
            kept = [{"id": one["id"], "name": one["name"]} for one in prop["config"]["options"]]
            body = {"properties": {prop["id"]: {prop["type"]: {"options": [*kept, {"name": name, "color": "pink"}]}}}}
            await self._say("PATCH", f"data_sources/{source['id']}", body)
            self._did(
                key,
                f"option {name}",
                "add an option",
                lambda: any(o["name"] == name for o in self._column(source, prop)["config"]["options"]),
                explains=((key, "options"),),
            )

    def _column(self, source: Doc, prop: Doc) -> Doc:
        """A column as it is now."""
        now: Doc = self._doc(source["id"])["props"][prop["id"]]
        return now

    def _title(self, page: str) -> str:
        """The title of a page as it is now."""
        return _plain(self._doc(page)["values"]["title"])

    async def _recolour_option(self) -> None:
        """Notion's app can, its API cannot."""
        found = self._pick_column("select", "multi_select")
        if found and found[2]["config"]["options"]:
            key, source, prop = found
            option = self._dice.choice(prop["config"]["options"])["id"]
            edited = self._ws.store.edit(source["id"])
            next(o for o in edited["props"][prop["id"]]["config"]["options"] if o["id"] == option)["color"] = "brown"
            self._ws.store.commit()
            self._did(
                key,
                f"colour of {option}",
                "recolour an option",
                lambda: (
                    (option, "brown")
                    in [(o["id"], o["color"]) for o in self._column(source, prop)["config"]["options"]]
                ),
                explains=((key, "options"),),
            )

    async def _add_column(self) -> None:
        if found := self._pick(Kind.DATABASE):
            one, name = found[0], f"My column {self._number}"
            source = one.refs.get("data_source", "")
            if source:
                await self._say("PATCH", f"data_sources/{source}", {"properties": {name: {"rich_text": {}}}})
                extra = f"extra property {name!r} of {one.key}"
                self._did(
                    one.key,
                    f"column {name}",
                    "add a column",
                    lambda: any(p["name"] == name for p in self._doc(source)["props"].values()),
                    explains=((extra, "*"),),
                )

    async def _add_view(self) -> None:
        found = self._pick(Kind.DATABASE)
        if found and found[0].refs.get("data_source"):
            one, name = found[0], f"My own view {self._number}"
            source = one.refs["data_source"]
            body = {"database_id": one.id, "data_source_id": source, "name": name, "type": "table"}
            made = await self._say("POST", "views", body)
            self._did(made["id"], "view", "add a view", lambda: self._doc(made["id"])["name"] == name)

    async def _add_row(self) -> None:
        if (found := self._pick(Kind.DATABASE)) and found[0].refs.get("data_source"):
            parent = {"type": "data_source_id", "data_source_id": found[0].refs["data_source"]}
            await self._add(parent, f"My row {self._number}", "add a row")

    async def _add_page(self) -> None:
        if found := self._pick(Kind.PAGE):
            await self._add({"type": "page_id", "page_id": found[0].id}, f"My own page {self._number}", "add a page")

    async def _add(self, parent: Doc, title: str, what: str) -> None:
        made = await self._say("POST", "pages", {"parent": parent, "properties": {"title": {"title": _text(title)}}})
        self._did(made["id"], "page", what, lambda: self._title(made["id"]) == title and self._is_there(made["id"]))

    def _is_there(self, identifier: str) -> bool:
        return not self._doc(identifier)["in_trash"]

    async def _write_words(self) -> None:
        """A line more on a row's page, or other words in a block of ours."""
        found = self._pick(Kind.ROW)
        if not found:
            return
        one, doc = found
        words = f"My words {self._number}"
        blocks = [b for b in doc["children"] if self._doc(b)["type"] in ("paragraph", "to_do", "bulleted_list_item")]
        if blocks and self._dice.random() < 0.7:
            block = self._doc(self._dice.choice(blocks))
            await self._say("PATCH", f"blocks/{block['id']}", {block["type"]: {"rich_text": _text(words)}})
            identifier = block["id"]
        else:
            child = {"type": "paragraph", "paragraph": {"rich_text": _text(words)}}
            answer = await self._say("PATCH", f"blocks/{doc['id']}/children", {"children": [child]})
            identifier = answer["results"][0]["id"]
        self._did(
            identifier,
            "words",
            f"write words on {one.key}",
            lambda: _plain(self._doc(identifier)["content"]["rich_text"]) == words and self._is_there(identifier),
            explains=((one.key, "body"),),
        )

    async def _set(self, column: str, value: Callable[[Doc], Doc | None], what: str) -> None:
        found = self._pick(
            Kind.ROW,
            lambda one, doc: one.key.startswith(column.partition(".")[0] + "/") and "data_source_id" in doc["parent"],
        )
        prop = self._ours().get(column)
        if found and prop:
            one, doc = found
            source = self._doc(doc["parent"]["data_source_id"])
            if prop.id in source["props"] and (body := value(source["props"][prop.id])) is not None:
                await self._say("PATCH", f"pages/{doc['id']}", {"properties": {prop.id: body}})
                left = self._doc(doc["id"])["values"].get(prop.id)
                self._did(one.key, column, what, lambda: self._doc(doc["id"])["values"].get(prop.id) == left)

    async def _set_status(self) -> None:
        def other(prop: Doc) -> Doc:
            return {prop["type"]: {"id": self._dice.choice(prop["config"]["options"])["id"]}}

        await self._set("tasks.status", other, "change a status")

    async def _set_hours(self) -> None:
        await self._set("tasks.hours", lambda _: {"number": 100 + self._number}, "change the hours")

    async def _set_notes(self) -> None:
        await self._set("tasks.notes", lambda _: {"rich_text": _text(f"My note {self._number}")}, "write a note")

    async def _trash_row(self) -> None:
        if found := self._pick(Kind.ROW):
            one, doc = found
            await self._say("PATCH", f"pages/{doc['id']}", {"in_trash": True})
            self._did(one.key, "*", "trash a row", lambda: not self._is_there(doc["id"]))

    async def _move_row(self) -> None:
        if found := self._pick(Kind.ROW, lambda _, doc: "data_source_id" in doc["parent"]):
            one, doc = found
            parent = {"type": "page_id", "page_id": self._ws.root_page_id}
            await self._say("POST", f"pages/{doc['id']}/move", {"parent": parent})
            # Where the state is lost, nothing tells that it once was a row of ours.
            stranger = f"extra page {_plain(doc['values'].get('title', []))!r}"
            explains = ((one.key, "*"), ("parent", "children"), (stranger, "*"))
            self._did(
                one.key,
                "*",
                "move a row",
                lambda: self._doc(doc["id"])["parent"] == parent and self._is_there(doc["id"]),
                explains=explains,
            )

    async def _duplicate_row(self) -> None:
        """Notion's "Duplicate": the same values, the key among them, and another maker."""
        found = self._pick(Kind.ROW, lambda _, doc: "data_source_id" in doc["parent"])
        if found:
            one, doc = found
            made = await self._say("POST", "pages", {"parent": doc["parent"], "properties": {}})
            copy = self._ws.store.edit(made["id"])
            relations = {
                p["id"] for p in self._doc(doc["parent"]["data_source_id"])["props"].values() if p["type"] == "relation"
            }
            copy["values"] = {k: v for k, v in doc["values"].items() if k not in relations}
            self._ws.store.commit()
            self._did(made["id"], "copy", f"duplicate {one.key}", lambda: self._is_there(made["id"]))

    async def _delete_view(self) -> None:
        def may_go(_: Applied, doc: Doc) -> bool:
            return doc["dashboard"] is None and len(self._doc(doc["parent"]["database_id"])["views"]) > 1

        if found := self._pick(Kind.VIEW, may_go):
            one, doc = found
            home = self._doc(doc["parent"]["database_id"])["id"]
            gone = {one.key, *(self._key(w["view_id"]) for row in doc["rows"] for w in row["widgets"])}
            await self._say("DELETE", f"views/{doc['id']}")
            explains = (*((key, "*") for key in sorted(gone)), (self._key(home), "tabs"))
            self._did(one.key, "*", "delete a view", lambda: doc["id"] not in self._ws.store.docs, explains=explains)

    def _key(self, identifier: str) -> str:
        return next((key for key, one in self._ours().items() if one.id == identifier), identifier)


def _text(words: str) -> list[Doc]:
    return [{"type": "text", "text": {"content": words}}]


def _plain(texts: list[Doc]) -> str:
    return "".join(one["plain_text"] for one in texts)
