"""The tables, and how a file is told to be a state of ours."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Integer, MetaData, String, Table, Text

VERSION: Final = 2
"""Schema of this version, in the file's `user_version`. https://www.sqlite.org/pragma.html#pragma_user_version"""

APPLICATION: Final = 0x4E52444D
"""The file's `application_id`: "NRDM"."""

SENTINEL: Final = "notion-roadmap state"
"""A row that a file of ours always has: an empty database is valid too, and would be silent amnesia."""

METADATA: Final = MetaData()

SENTINELS: Final = Table("sentinel", METADATA, Column("words", String, primary_key=True))


def _table(name: str) -> Table:
    roadmap, key = Column("roadmap", String, primary_key=True), Column("key", String, primary_key=True)
    return Table(name, METADATA, roadmap, key, Column("told", Text, nullable=False))


APPLIED: Final = _table("applied")
INTENTS: Final = _table("intent")
FACTS: Final = _table("fact")
SPENDING: Final = Table("spending", METADATA, Column("place", Integer, primary_key=True), Column("at", String))

CACHED: Final = Table(
    "cached",
    METADATA,
    Column("roadmap", String, primary_key=True),
    Column("database", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("told", Text, nullable=False),
)
"""Rows as they were last seen; `key` is their id."""

WATERMARKS: Final = _table("watermark")
EVENTS: Final = _table("event")
"""`key` is the event itself, which begins with its moment: none is kept twice, and sorted they are in their order."""

FORECASTS: Final = _table("forecast")
RUNS: Final = _table("run")

LIVED: Final = (CACHED, WATERMARKS, EVENTS, FORECASTS, RUNS)
"""Tables since version 2."""
