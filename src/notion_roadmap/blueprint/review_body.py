"""The page of a week. Each block has a name, so that it is kept up one by one and the owner's words beside it stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.prose import bullet, labelled, number, numbered, prose, small_heading, to_do, with_note
from notion_roadmap.blueprint.roles import has_role
from notion_roadmap.blueprint.routines import routine_blocks, routines_of
from notion_roadmap.blueprint.weeks import week_start
from notion_roadmap.roadmap import Kpi, ReviewField, ReviewSection, ReviewTemplate
from notion_roadmap.roadmap.watching import WeekFacts
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.text import Text

NOTHING = "–"
"""Stands where there is nothing to count, or the column to count it from is gone."""

PRIORITIES_SHOWN, TASKS_SHOWN = 3, 10

_MAKERS: dict[str, Callable[[Text], Block]] = {"checklist": to_do, "list": bullet, "numbered": numbered}
_PLACEHOLDER = re.compile(r"\[[^\[\]]*\]")


def empty_review(template: ReviewTemplate) -> tuple[Block, ...]:
    """The documented template, as it is written."""
    blocks: list[Block] = []
    for section in template.sections:
        blocks.append(small_heading(section.title))
        blocks += [_MAKERS[section.style](with_note(prose(one.text), one.note)) for one in section.fields]
    return tuple(blocks)


def review_blocks(outline: Outline, template: ReviewTemplate, facts: WeekFacts) -> tuple[Block, ...]:
    """The plan, the documented template as far as it is known, and for a week that is over what became of it."""
    page = _Page(outline, facts)
    sections = (block for section in template.sections for block in page.section(section))
    weekly = routine_blocks(routines_of(outline.roadmap, "weekly"))
    return (*page.plan(), *weekly, *sections, *(page.outcome() if page.over else ()))


class _Page:
    """The blocks of one week."""

    def __init__(self, outline: Outline, facts: WeekFacts) -> None:
        self._outline, self._facts = outline, facts
        self._days = (outline.life.today - facts.last).days
        self._phases = {phase.option: phase.key for phase in outline.roadmap.phases}
        self._kpis = {kpi.key: kpi for kpi in outline.roadmap.kpis}
        self._timed = has_role(outline.roadmap, "hours")

    @property
    def over(self) -> bool:
        return self._days > 0

    def plan(self) -> Iterator[Block]:
        """What the week was planned to be; what it is for stands in its Priorities."""
        yield _named("plan", small_heading("🗓️ Plan"))
        if self._timed:
            hours = _hours(self._facts.hours_planned)
            yield _named("plan/hours", bullet(labelled("Hours planned", f"{hours}, by the first due dates")))
        elif due := self._due():
            more = f" · and {len(due) - TASKS_SHOWN} more" if len(due) > TASKS_SHOWN else ""
            yield _named("plan/tasks", bullet(labelled("Planned", self._titles(due[:TASKS_SHOWN]) + more)))
        if carried := self._carried_here():
            yield _named("plan/carried", bullet(labelled("Carried over", self._titles(carried))))

    def _due(self) -> list[str]:
        """Required tasks first due in the week, in the order of work."""
        first, last = self._facts.first, self._facts.last
        tasks, scopes = self._outline.records, self._outline.numbers.scopes
        days = {key: tasks[key].baseline_due for key in self._outline.keys if scopes.get(key) == "required"}
        return [key for key, day in days.items() if day is not None and first <= day <= last]

    def _carried_here(self) -> list[str]:
        """What was said the week before and not done by its end, whatever became of it since."""
        record = self._outline.record
        starts = record.steering.week_start
        before = self._facts.first - timedelta(days=7)
        said = [key for week in record.weeks if week_start(week.first, starts) == before for key in week.priorities]
        tasks = self._outline.records
        return [key for key in dict.fromkeys(said) if key in tasks and not self._done_before(key)]

    def _done_before(self, key: str) -> bool:
        task = self._outline.records[key]
        return task.completed and (task.completed_on is None or task.completed_on < self._facts.first)

    def section(self, section: ReviewSection) -> Iterator[Block]:
        """A section of the template. What is only asked in another phase is left out."""
        yield _named(section.key, small_heading(section.title))
        phase = self._phases.get(self._facts.phase or "")
        for field in section.fields:
            if field.active_in not in (None, phase):
                continue
            for name, text, something in self._said(field):
                made = replace(_MAKERS[section.style](text), checked=something and section.style == "checklist")
                yield _named(f"{section.key}/{name}", made)

    def _said(self, field: ReviewField) -> Iterator[tuple[str, Text, bool]]:
        """The lines of a field: name, words, and whether there is something to tell."""
        facts = self._facts
        if field.key == "tasks-completed":
            yield from self._by_phase(field)
        elif field.key == "projects-advanced":
            told = " · ".join(f"{self._outline.title(key)} ({how})" for key, how in facts.advanced)
            yield field.key, _filled(field, told or NOTHING), bool(told)
        elif field.key in ("skills-practiced", "skills-practised"):
            yield field.key, _filled(field, ", ".join(facts.skills) or NOTHING), bool(facts.skills)
        elif field.key == "course-hours":
            yield field.key, _filled(field, _count(facts.course_hours)), bool(facts.course_hours)
        elif field.kpi is not None:
            value = facts.metrics.get(field.kpi)
            yield field.key, _filled(field, _metric(value, self._kpis.get(field.kpi))), bool(value)
        elif (place := _place(field, "priority")) is not None:
            yield from self._listed(field, self._next(), place)
        elif (place := _place(field, "issue")) is not None:
            yield from self._listed(field, list(facts.blocked), place)
        else:
            yield field.key, with_note(prose(field.text), field.note), False

    def _by_phase(self, field: ReviewField) -> Iterator[tuple[str, Text, bool]]:
        for option, week in self._facts.phases.items():
            counted = f"{week.completed_so_far}/{week.total}, {len(week.completed)} of them this week"
            words = field.text.plain.replace("[X]", option.removeprefix("Phase ")).replace("[Phase]", option)
            words = words.replace("[Y/Z]", counted)
            yield f"{field.key}/{self._phases.get(option, option)}", Text.of(words), bool(week.completed)

    def _listed(self, field: ReviewField, keys: list[str], place: int) -> Iterator[tuple[str, Text, bool]]:
        """The task in this place of a list; the placeholder waits for the owner's words until the week is over."""
        if place <= len(keys):
            yield (
                field.key,
                Text.of(_PLACEHOLDER.sub(lambda _: self._title(keys[place - 1]), field.text.plain, 1)),
                True,
            )
        elif not self.over:
            yield field.key, with_note(prose(field.text), field.note), False
        elif place == 1:
            yield field.key, Text.of(NOTHING), False

    def _next(self) -> list[str]:
        """What the week after should be for: what was said and is not done, then what is proposed today."""
        near = self._days <= 7
        proposed = self._outline.numbers.priorities if near else ()
        # A week whose row is being made gets what is proposed as what was said; it is read back in this order.
        ahead = [*(self._facts.carried if self._is_known() else sorted(proposed)), *proposed]
        return list(dict.fromkeys(ahead))[:PRIORITIES_SHOWN]

    def _is_known(self) -> bool:
        """Whether the row of the week is there, with what the week was said to be for; it is not made with it later."""
        starts = self._outline.record.steering.week_start
        return self.over or any(
            week_start(one.first, starts) == self._facts.first for one in self._outline.record.weeks
        )

    def outcome(self) -> Iterator[Block]:
        """What was said and done, what changed, the hours, the forecast."""
        facts = self._facts
        yield _named("outcome", small_heading("🏁 How it went"))
        said = f"{len(facts.did)} of {len(facts.said)}" if facts.said else "nothing was said"
        done = Text.of(said, ": " if facts.did else "", self._titles(facts.did))
        yield _named("outcome/said", bullet(labelled("Said and done", done)))
        if facts.carried:
            yield _named("outcome/carried", bullet(labelled("Said and not done", self._titles(facts.carried))))
        yield _named("outcome/changed", bullet(labelled("What changed", "; ".join(self._changes()) or "nothing")))
        if self._timed:
            told = zip(
                ("planned", "done", "spent"), (facts.hours_planned, facts.hours_done, facts.hours_spent), strict=True
            )
            hours = ", ".join(f"{_hours(value)} {what}" for what, value in told)
            yield _named("outcome/hours", bullet(labelled("Hours", hours)))
        forecast = self._outline.numbers.forecast.words if self._days <= 7 else NOTHING
        yield _named("outcome/forecast", bullet(labelled("Forecast", forecast)))

    def _changes(self) -> Iterator[str]:
        facts = self._facts
        completed = [key for week in facts.phases.values() for key in week.completed]
        told = {
            "completed": completed,
            "started": facts.started,
            "reopened": facts.reopened,
            "slipped": facts.slipped,
        }
        for how, keys in told.items():
            if keys:
                yield f"{how}: {self._titles(keys)}"
        if facts.scope_change:
            yield f"scope {facts.scope_change:+g} hours"

    def _titles(self, keys: Iterable[str]) -> str:
        return " · ".join(map(self._title, keys))

    def _title(self, key: str) -> str:
        return self._outline.title(key)


def _named(anchor: str, block: Block) -> Block:
    return replace(block, anchor=anchor)


def _filled(field: ReviewField, words: str) -> Text:
    """The documented line with its last placeholder filled; behind it where it has none."""
    plain = field.text.plain
    found = list(_PLACEHOLDER.finditer(plain))
    if not found:
        return Text.of(plain, " ", words)
    return Text.of(plain[: found[-1].start()], words, plain[found[-1].end() :])


def _place(field: ReviewField, word: str) -> int | None:
    """Which one of a numbered list of fields it is: 2 for `priority-2`."""
    found = re.fullmatch(rf"{word}-(\d+)", field.key)
    return int(found.group(1)) if found else None


def _metric(value: float | None, kpi: Kpi | None) -> str:
    target = f" of {number(kpi.target)}" if kpi is not None and kpi.target and kpi.period == "week" else ""
    return f"{_count(value)}{target}"


def _count(value: float | None) -> str:
    return NOTHING if value is None else number(value)


def _hours(value: float | None) -> str:
    return "n/a" if value is None else number(value)
