"""A life from its first day to its last, with everything that must hold then. See scripts/simulate --life."""

from __future__ import annotations

import time
import traceback

from living.checks import (
    dated_by_hand_stays,
    no_dearer_than_at_first,
    notion_agrees,
    numbers_agree,
    one_review_a_week,
    words_stand,
)
from living.life import ZONE, Life


def lived(seed: int, *, weeks: int, zone: str = ZONE) -> Life:
    """Live it. Raises AssertionError with the first thing that does not hold."""
    life = Life(seed, weeks=weeks, zone=zone)

    async def story(_: object) -> None:
        await life.lives()
        numbers_agree(life)
        await notion_agrees(life)
        await dated_by_hand_stays(life)

    life.does(story)
    one_review_a_week(life)
    words_stand(life)
    no_dearer_than_at_first(life)
    return life


def tell(seed: int, *, weeks: int, zone: str = ZONE) -> int:
    """Live it and print what came of it; 1 when something does not hold."""
    began = time.perf_counter()
    try:
        life = lived(seed, weeks=weeks, zone=zone)
    except AssertionError:
        print(f"{weeks} weeks of seed {seed} in {zone}:\n{traceback.format_exc(limit=-1)}")
        return 1
    told, first, last = life.last, life.costs[1], life.costs[max(life.costs)]
    assert told is not None
    progress, syncs = told.numbers.progress, sum(len(week.queries) + len(week.silent) for week in life.costs.values())
    print(f"{weeks} weeks of seed {seed} in {zone}, to {life.today}: {time.perf_counter() - began:,.0f} s")
    print(f"{len(life.diary.lines):,} lines in the diary, {syncs:,} syncs; {last.known:,} items are known")
    print(f"{progress.completed} of {progress.total} tasks completed: told, in Notion and by the diary alone")
    print(f"{sum(map(len, life.words.values())):,} texts of the owner's stand, each once; one review a week")
    print(f"a sync with nothing to do: {max(first.silent)} requests in week 2, {max(last.silent)} in week {weeks}")
    print(f"function calls in it: {first.calls:,} and {last.calls:,}, for {first.known:,} and {last.known:,} items")
    return 0
