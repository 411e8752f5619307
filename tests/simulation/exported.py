"""A whole workspace as plain facts that two histories can be compared by: our keys in place of ids, and no times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from notion_roadmap.workspace.items import Kind
from notion_roadmap.workspace.observed import Applied

Facts = dict[tuple[str, str], Any]
"""What is so, by (thing, aspect): ("tasks/phase-1/one", "tasks.status") → "Open"."""

Doc = Mapping[str, Any]


def facts(docs: Mapping[str, Doc], applied: Iterable[Applied], parent: str, bot: str) -> Facts:
    """What stands below a page, as far as our connection made it.

    What it made and what no key names is a fact of its own, ("extra …", …): nothing like it may ever be there.

    Args:
        docs: the sandbox's documents, by id.
        applied: the state.
        parent: id of the page that the owner gave us.
        bot: id of our connection's user.
    """
    return dict(_Reader(docs, tuple(applied), bot).all(parent))


class _Reader:
    def __init__(self, docs: Mapping[str, Doc], applied: tuple[Applied, ...], bot: str) -> None:
        self._docs = docs
        self._bot = bot
        self._keys = {a.id: a.key for a in applied if a.kind is not Kind.PROPERTY and a.kind is not Kind.SECTION}
        views = [docs[a.id] for a in applied if a.kind is Kind.VIEW and a.id in docs]
        homes = {view["parent"]["database_id"]: self._keys[view["id"]] for view in views}
        self._linked = {home: key for home, key in homes.items() if not docs[home]["data_sources"]}
        sources = {a.key: a.refs["data_source"] for a in applied if "data_source" in a.refs}
        self._sources = {identifier: key for key, identifier in sources.items()}
        self._columns: dict[str, dict[str, str]] = {identifier: {} for identifier in self._sources}
        self._options: dict[str, set[str]] = {}
        for one in applied:
            if one.kind is Kind.PROPERTY:
                self._columns[sources[one.key.partition(".")[0]]][one.id] = one.key
                self._options[one.key] = {option["name"] for option in _list(one.fields.get("options"))}

    def all(self, parent: str) -> Iterator[tuple[tuple[str, str], Any]]:
        yield ("parent", "children"), self._children(self._docs[parent])
        for doc in self._docs.values():
            match doc["object"]:
                case "page" if doc["id"] != parent and self._is_ours(doc):
                    yield from self._page(doc)
                case "database" if self._is_ours(doc):
                    yield from self._database(doc)
                case "data_source" if doc["id"] in self._sources:
                    yield from self._source(doc)
                case "view" if self._is_ours(doc):
                    yield from self._view(doc)

    def _is_ours(self, doc: Doc) -> bool:
        return doc["id"] in self._keys or (doc["created_by"] == self._bot and not self._is_gone(doc))

    def _is_gone(self, doc: Doc) -> bool:
        """In the trash, or on something that is."""
        while True:
            if doc.get("in_trash"):
                return True
            above = doc["parent"]
            found = self._docs.get(above.get(above.get("type", ""), ""))
            if found is None:
                return False
            doc = found

    def _name(self, doc: Doc) -> str:
        """The key of a document of ours; what it looks like where no key names it."""
        found = self._keys.get(doc["id"]) or self._linked.get(doc["id"])
        title = _plain(doc["values"].get("title", [])) if doc["object"] == "page" else doc.get("name", "")
        return found or f"extra {doc['object']} {title or _plain(doc.get('title', []))!r}"

    def _page(self, doc: Doc) -> Iterator[tuple[tuple[str, str], Any]]:
        name = self._name(doc)
        yield (name, "in_trash"), self._is_gone(doc)
        yield (name, "icon"), doc["icon"]
        yield (name, "body"), self._children(doc)
        source = doc["parent"].get("data_source_id")
        yield (name, "parent"), self._place(doc)
        columns = self._columns.get(source or "", {})
        props = self._docs[source]["props"] if source else {"title": {"type": "title"}}
        for identifier, value in doc["values"].items():
            if identifier in columns or not source:
                yield (name, columns.get(identifier, "title")), self._value(props[identifier], value)

    def _place(self, doc: Doc) -> str:
        above = doc["parent"]
        identifier = above[above["type"]]
        if identifier in self._sources:
            return self._sources[identifier]
        found = self._docs[identifier]
        return self._name(found) if found["created_by"] == self._bot else "a page of the owner's"

    def _value(self, prop: Doc, value: Any) -> Any:
        if prop["type"] == "relation":
            return sorted(self._keys[one] for one in value if one in self._keys)
        if prop["type"] in ("select", "status", "multi_select"):
            names = {one["id"]: one["name"] for one in prop["config"]["options"]}
            return sorted(names[one] for one in value) if isinstance(value, list) else names.get(value)
        return value

    def _children(self, doc: Doc) -> list[Any]:
        """Blocks in full, and what else stands among them by its name; what the owner put there is not ours."""
        told = []
        for identifier in doc["children"]:
            child = self._docs[identifier]
            if self._is_gone(child) or child["created_by"] != self._bot:
                continue
            if child["object"] == "block":
                told.append([child["type"], self._manifest(child), self._children(child)])
            else:
                told.append(self._name(child))
        return told

    def _manifest(self, block: Doc) -> Any:
        """A block's content; of the manifest, which holds ids, only that it is one."""
        return "a code block" if block["type"] == "code" else block["content"]

    def _database(self, doc: Doc) -> Iterator[tuple[tuple[str, str], Any]]:
        name = self._name(doc)
        yield (name, "in_trash"), self._is_gone(doc)
        yield (name, "parent"), self._place(doc)
        yield (name, "inline"), doc["is_inline"]
        if doc["data_sources"]:
            yield (name, "title"), _plain(doc["title"])
            yield (name, "description"), _plain(doc["description"])
            yield (name, "icon"), doc["icon"]
        views = [self._docs[one] for one in doc["views"]]
        yield (name, "tabs"), [self._name(one) for one in views if one["created_by"] == self._bot]

    def _source(self, doc: Doc) -> Iterator[tuple[tuple[str, str], Any]]:
        columns = self._columns[doc["id"]]
        for identifier, prop in doc["props"].items():
            name = columns.get(identifier, f"extra property {prop['name']!r} of {self._sources[doc['id']]}")
            yield (name, "name"), prop["name"]
            yield (name, "type"), prop["type"]
            yield (name, "description"), prop["description"]
            if "options" in prop["config"]:
                # Options that a row brought along have a place and a colour that nobody chose.
                ours = self._options.get(name, set())
                told = ((one["name"], one["color"] if one["name"] in ours else "") for one in prop["config"]["options"])
                yield (name, "options"), sorted(told)
            else:
                yield (name, "definition"), self._renamed(prop["config"], {**self._every_column(), **columns})

    def _every_column(self) -> dict[str, str]:
        return {identifier: key for columns in self._columns.values() for identifier, key in columns.items()}

    def _view(self, doc: Doc) -> Iterator[tuple[tuple[str, str], Any]]:
        name = self._name(doc)
        yield (name, "name"), doc["name"]
        yield (name, "layout"), doc["type"]
        yield (name, "database"), self._sources.get(doc["data_source_id"] or "")
        home = self._docs[doc["parent"]["database_id"]]
        yield (name, "place"), self._name(self._docs[doc["dashboard"]] if doc["dashboard"] else home)
        widgets = [[self._name(self._docs[w["view_id"]]) for w in row["widgets"]] for row in doc["rows"]]
        yield (name, "widgets"), widgets
        columns = self._columns.get(doc["data_source_id"] or "", {})
        for aspect in ("filter", "sorts", "configuration"):
            yield (name, aspect), self._renamed(doc[aspect], columns)

    def _renamed(self, value: Any, columns: Mapping[str, str]) -> Any:
        """A configuration with our keys in it."""
        if isinstance(value, dict):
            return {key: self._renamed(one, columns) for key, one in value.items()}
        if isinstance(value, list):
            return [self._renamed(one, columns) for one in value]
        if isinstance(value, str):
            return self._sources.get(value) or self._keys.get(value) or columns.get(unquote(value), value)
        return value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _plain(texts: Iterable[Doc]) -> str:
    return "".join(one["plain_text"] for one in texts)


def differences(wanted: Facts, got: Facts) -> dict[tuple[str, str], tuple[Any, Any]]:
    """Where two workspaces are not alike: (wanted, got) by fact, None for what is not there."""
    return {
        fact: (wanted.get(fact), got.get(fact))
        for fact in sorted(wanted.keys() | got.keys())
        if wanted.get(fact) != got.get(fact)
    }
