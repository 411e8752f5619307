"""Every number can be explained, and the explanation says the same number."""

from __future__ import annotations

import json
from datetime import date
from functools import reduce
from typing import Any

import pytest
from hypothesis import given

from notion_roadmap.progress import UnknownNumber, explain, names, numbers
from notion_roadmap.roadmap.record import CriterionRecord, Record
from progress.material import MONDAY, TODAYS, days, mini, record, records, task


def shown(name: str, found: dict[str, Any]) -> Any:
    """The value of that name in what `status --json` shows."""
    room, _, rest = name.partition(".")
    if room == "emergency":
        return found[room] and found[room][rest]
    if room in ("kpis", "gates", "criteria", "requirements"):
        one = found[room][rest]
        return one[{"kpis": "value", "gates": "state"}.get(room, "met")]
    if rest.startswith("phases."):
        option, _, field = rest.removeprefix("phases.").rpartition(".")
        return found[room]["phases"].get(option, {}).get(field)
    return reduce(lambda inner, part: inner[part], rest.split("."), found[room])


@given(records(), TODAYS)
def test_an_explanation_says_the_number_that_status_shows(whole: Record, today: date) -> None:
    found: Any = numbers(mini(), whole, today).as_dict()

    for name in names(mini(), whole):
        explanation = explain(name, mini(), whole, today).as_dict()
        assert explanation["value"] == shown(name, found), name
        assert explanation["formula"]
        json.dumps(explanation)


def test_it_names_the_rows_and_the_formula() -> None:
    whole = record(task("a", status="completed"), task("b", scope="stretch"))

    every, needed = (explain(f"progress.{one}", mini(), whole, MONDAY) for one in ("percent", "required_percent"))

    assert (every.formula, [source.key for source in every.sources]) == ("1 completed / 2 tasks × 100", ["a", "b"])
    assert (needed.formula, [source.key for source in needed.sources]) == (
        "1 completed / 1 required tasks × 100",
        ["a"],
    )


def test_a_kpi_names_the_days_that_it_adds_up() -> None:
    found = explain("kpis.problems", mini(), record(days=days(MONDAY, "x-x")), MONDAY.replace(day=MONDAY.day + 5))

    assert [source.key for source in found.sources] == ["2026-11-23", "2026-11-25"]
    assert found.sources[0].says == "2 on 2026-11-23"


def test_a_criterion_says_who_decided() -> None:
    chosen = CriterionRecord(key="phase-1/shown", title="Shown", phase="Phase 1", chosen=True)

    found = explain("criteria.phase-1/shown", mini(), record(criteria=(chosen,)), MONDAY)

    assert (found.value, found.formula) == (True, "as its owner decided")


def test_a_name_that_is_none_is_answered_with_those_that_are_close() -> None:
    with pytest.raises(UnknownNumber, match=r"progress\.percent"):
        explain("progress.procent", mini(), record(), MONDAY)


@given(records(), TODAYS)
def test_every_number_of_the_progress_that_status_shows_can_be_explained(whole: Record, today: date) -> None:
    """`explain progress.completed` said that there is no such number, though `status` shows it."""
    found: Any = numbers(mini(), whole, today).as_dict()["progress"]
    known = names(mini(), whole)
    assert {f"progress.{name}" for name, one in found.items() if not isinstance(one, dict)} <= set(known)


def test_rows_are_named_in_the_order_of_the_plan_whatever_order_they_were_read_in() -> None:
    """Of two runs on the same day, gates and forecasts named their tasks in the order in which Notion had told them."""
    tasks = [task(f"phase-1/{number}", phase="Phase 1") for number in range(1, 12)]
    for name in ("gates.Phase 1", "forecast.p50", "progress.total"):
        ways = (record(*tasks), record(*tasks[::-1]))
        one, other = (explain(name, mini(), way, MONDAY).sources for way in ways)
        assert one == other, name
