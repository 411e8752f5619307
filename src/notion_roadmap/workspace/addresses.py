"""Which of Notion's ids stands for which of our keys."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Addresses:
    """Ids by key, filled as items come into being; the one mutable value of this room.

    Args:
        ids: of pages, databases, views, rows and properties. Property ids are URL-decoded and unique within their
            database only.
        sources: data source ids by database key.
        anchors: ids of anchored blocks, by "<page key>#<anchor>".
    """

    ids: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._row_keys: dict[str, str] = {}
        for key, identifier in self.ids.items():
            self.learn(key, identifier)

    def learn(self, key: str, identifier: str) -> None:
        """Note that the item of this key has this id."""
        self.ids[key] = identifier
        if "/" in key:
            self._row_keys[identifier] = key

    def knows(self, key: str) -> bool:
        """Whether the item of this key exists, as far as we know."""
        return key in self.ids

    def row_key(self, identifier: str) -> str:
        """The key of a row of ours; `id:<uuid>` for any other."""
        return self._row_keys.get(identifier, f"id:{identifier}")

    def row_id(self, key: str) -> str:
        """The id of a row, of ours or given as `id:<uuid>`; KeyError."""
        return key.removeprefix("id:") if key.startswith("id:") else self.ids[key]
