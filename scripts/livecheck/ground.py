"""What the questions stand on: a page of this run, and short ways to make things on it."""

from __future__ import annotations

from typing import Any

from livecheck.notion import VERSION, Answer, Json, Notion

NAME = "Name"


def text(words: str) -> list[Json]:
    """Rich text of a request."""
    return [{"text": {"content": words}}]


class Ground:
    """The page of this run."""

    def __init__(self, notion: Notion, title: str) -> None:
        self.notion = notion
        page = notion("POST", "/pages", {"parent": {"page_id": notion.allowed}, "properties": {"title": text(title)}})
        self.page_id: str = page["id"]
        self.url: str = page["url"]

    def clean_up(self) -> Answer:
        """Trash the page with all that is on it."""
        return self.notion("PATCH", f"/pages/{self.page_id}", {"in_trash": True})

    def page(self, children: list[Json] | None = None, **more: Any) -> Json:
        """A new page on the ground."""
        body = {"parent": {"page_id": self.page_id}, "properties": {"title": text("Page")}, **more}
        answer = self.notion("POST", "/pages", {**body, "children": children} if children else body)
        return {"id": answer["id"], **answer.body}

    def database(self, **properties: Json) -> Source:
        """A new database with a title column."""
        body = {
            "parent": {"type": "page_id", "page_id": self.page_id},
            "title": text("Database"),
            "initial_data_source": {"properties": {NAME: {"title": {}}, **properties}},
        }
        answer = self.notion("POST", "/databases", body)
        return Source(self.notion, answer["id"], answer["data_sources"][0]["id"])


class Source:
    """A database of this run and its one data source."""

    def __init__(self, notion: Notion, database_id: str, id_: str) -> None:
        self.notion, self.database_id, self.id = notion, database_id, id_

    @property
    def schema(self) -> Json:
        """Its properties by name."""
        found: Json = self.notion("GET", f"/data_sources/{self.id}")["properties"]
        return found

    def change(self, **properties: Json | None) -> Answer:
        """Change properties."""
        return self.notion("PATCH", f"/data_sources/{self.id}", {"properties": properties})

    def row_body(self, title: str = "Row", **values: Any) -> Json:
        """The body of a request that makes a row."""
        return {"parent": {"data_source_id": self.id}, "properties": {NAME: {"title": text(title)}, **values}}

    def row(self, title: str = "Row", **values: Any) -> Answer:
        """A new row."""
        return self.notion("POST", "/pages", self.row_body(title, **values))

    def query(self, **body: Any) -> Answer:
        """Its rows."""
        return self.notion("POST", f"/data_sources/{self.id}/query", body)

    def view(self, kind: str, *, version: str = VERSION, **more: Any) -> Answer:
        """A new tab."""
        body = {"database_id": self.database_id, "data_source_id": self.id, "name": kind, "type": kind, **more}
        return self.notion("POST", "/views", body, version)
