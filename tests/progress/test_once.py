"""What follows from a record alone is drawn once for it, and forgotten with it."""

from __future__ import annotations

import gc
from dataclasses import replace
from weakref import ref

from notion_roadmap.progress.once import once
from notion_roadmap.roadmap.record import Record
from progress.material import record, task


def test_it_is_drawn_once_for_each_record() -> None:
    drawn: list[Record] = []

    @once
    def count(one: Record) -> int:
        drawn.append(one)
        return len(one.tasks)

    first = record(task("a"))
    second = replace(first, tasks=(task("a"), task("b")))
    assert [count(first), count(second), count(first), count(second)] == [1, 2, 1, 2]
    assert len(drawn) == 2


def test_neither_the_record_nor_what_was_drawn_outlives_its_use() -> None:
    @once
    def drawn(one: Record) -> frozenset[str]:
        return frozenset(task.key for task in one.tasks)

    one = record(task("a"))
    told, there = ref(drawn(one)), ref(one)
    del one
    gc.collect()
    assert (told(), there()) == (None, None)
