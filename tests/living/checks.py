"""What must hold at the end of a life, in the numbers that were told and in what stands in Notion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from living.life import START, Life

MONDAY = timedelta(days=7)


def numbers_agree(life: Life) -> None:
    """Every number is what the diary says."""
    told, mine = life.last, life.reckoning()
    assert told is not None
    numbers = told.numbers
    assert numbers.today == mine.today
    got: dict[str, Any] = {"percent": numbers.progress.percent, "required": numbers.progress.required_percent}
    want: dict[str, Any] = {"percent": mine.percent(), "required": mine.required_percent()}
    for phase in ("Phase 1", "Phase 2"):
        got[phase] = (numbers.phases[phase].percent, numbers.phases[phase].required_percent)
        want[phase] = (mine.percent(phase), mine.required_percent(phase))
    got["hours"] = (numbers.progress.hours_completed, numbers.progress.hours_total)
    want["hours"] = mine.hours()
    got["weeks"] = [(one.week, one.hours, one.tasks) for one in numbers.throughput]
    want["weeks"] = [(monday, *mine.week(monday)) for monday in mondays(mine.today)]
    kpis = numbers.kpis
    got["kpis"] = (kpis["problems"].total, kpis["built"].total, (kpis["sent"].week, kpis["sent"].total))
    want["kpis"] = (mine.problems(), mine.built(), mine.sent())
    steps = [kpis[f"funnel/{step}"] for step in ("sent-to-interview", "interview-to-offer")]
    got["funnel"] = [(step.value, step.n) for step in steps]
    want["funnel"] = [mine.conversion(0), mine.conversion(1)]
    got["talks"], want["talks"] = kpis["talks"].total, mine.entered[-1][1] if mine.entered else None
    got["streak"], want["streak"] = numbers.habits.together.streak, mine.streak(START)
    got["criteria"] = {key: one.met for key, one in numbers.criteria.items()}
    want["criteria"] = {
        "phase-1/many": mine.problems() >= 10,
        "phase-2/shown": mine.decided.get("phase-2/shown", False),
    }
    assert got == want


async def notion_agrees(life: Life) -> None:
    """The same numbers stand where the owner looks."""
    mine = life.reckoning()
    for place, phase in enumerate(("Phase 1", "Phase 2"), 1):
        done = await life.holds(f"phases/phase-{place}", "required_progress")
        assert done is not None
        assert round(100 * done, 2) == mine.required_percent(phase), phase
        count = sum(task.status == "completed" for task in mine.live(phase).values())
        assert await life.holds(f"phases/phase-{place}", "completed") == count
    for monday in mondays(mine.today):
        week = monday.isocalendar()
        over = monday + MONDAY <= mine.today
        assert await life.holds(f"reviews/{week.year}-W{week.week:02d}", "closed") == over, week
    for name, task in mine.live().items():
        row = life.ids.get(f"tasks/{name}") or life.ids[name]
        assert await life.holds(row, "done") == (task.status == "completed"), name
        day = mine.completed.get(name) or task.dated
        assert await life.holds(row, "completed_on") == (day.isoformat() if day else None), name


def one_review_a_week(life: Life) -> None:
    """And one row a day and series, however often nothing ran."""
    rows = Counter(keys_of(life))
    doubled = {key: count for key, count in rows.items() if count > 1}
    assert doubled == {}
    weeks = {f"{d.isocalendar().year}-W{d.isocalendar().week:02d}" for d in mondays(life.today)}
    assert {key.removeprefix("reviews/") for key in rows if key.startswith("reviews/")} == weeks
    history = {key.split("/")[1] for key in rows if key.startswith("history/")}
    assert history == weeks


async def dated_by_hand_stays(life: Life) -> None:
    """New plans moved nothing that the owner had dated."""
    for name, day in life.dated.items():
        assert await life.holds(f"tasks/{name}", "due_date") == day, name


def words_stand(life: Life) -> None:
    """Everything that the owner wrote is there, once."""
    everything = [str(text) for doc in life.sandbox.store.docs.values() for text in texts(doc)]
    for key, said in life.words.items():
        for words in said:
            assert sum(words in one for one in everything) == 1, (key, words)


def no_dearer_than_at_first(life: Life) -> None:
    """A sync of the last week reads no more than one of the second, and works no more than there is more to know.

    A fifth more is let pass: sorting grows a little faster than what is sorted. What grows with the square is far off.
    """
    first, last = life.costs[1], life.costs[max(life.costs)]
    assert max(last.silent) <= max(first.silent)
    assert max(last.queries) <= max(first.queries)
    assert last.calls / first.calls <= 1.2 * last.known / first.known


def mondays(today: date) -> list[date]:
    """Of all weeks so far."""
    return [START + place * MONDAY for place in range((today - START).days // 7 + 1)]


def keys_of(life: Life) -> Iterator[str]:
    """The Key of every row that is there."""
    for doc in life.sandbox.store.docs.values():
        if doc.get("object") != "page" or doc.get("in_trash"):
            continue
        for words in texts(doc["values"]):
            if words.startswith(("reviews/", "days/", "history/", "tasks/")):
                yield words


def texts(value: Any) -> Iterator[str]:
    """All pieces of text in a document that is not in the trash."""
    if isinstance(value, dict):
        if value.get("in_trash"):
            return
        if isinstance(value.get("content"), str):
            yield value["content"]
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
