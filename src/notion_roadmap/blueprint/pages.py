"""The two pages: the root, which one opens every day, and ⚙️ Data, which holds what feeds it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from notion_roadmap.blueprint.daily_log import habits_view
from notion_roadmap.blueprint.groups import pillars_of, pillars_view
from notion_roadmap.blueprint.history import burn_up
from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import DATA_PAGE, RANKS, TASKS
from notion_roadmap.blueprint.prose import GREY, heading, number, paragraph, phase_name, with_icon
from notion_roadmap.blueprint.replan_rows import PROPOSED, state_of, summary
from notion_roadmap.blueprint.reviews import week_view
from notion_roadmap.blueprint.task_views import today_view
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.items import ROOT, Page, marker
from notion_roadmap.workspace.text import Run, Text
from notion_roadmap.workspace.views import OnPage, View

STATUS, TODAY, WEEK, HABITS, PILLARS, BURN_UP = "status", "today", "this-week", "habits", "pillars", "burn-up"
"""Anchors on the root page."""

DROPS_SHOWN = 3
"""Tasks to drop that the callout names: what to do about it today, on a phone."""

DATA_RANK = RANKS[TASKS] + 1
EXTRAS_RANK = DATA_RANK + 1


def pages(outline: Outline) -> tuple[Page, Page]:
    """The root page and ⚙️ Data."""
    roadmap = outline.roadmap
    places = tuple(heading(words, anchor) for anchor, words in _headings(outline))
    root = Page(ROOT, "", roadmap.title, roadmap.icon or "🗺️", (status_callout(outline), *places))
    words = Text.of(
        Run("The databases behind the roadmap, its settings, and what finds them again. ", color=GREY),
        Run(marker(roadmap.key, DATA_PAGE), color=GREY),
    )
    return root, Page(DATA_PAGE, ROOT, "⚙️ Data", "", (paragraph(words),), DATA_RANK)


def status_callout(outline: Outline) -> Block:
    """Where one stands, what is next, when all was last in step; and the words that mark the page as ours."""
    return Block(
        BlockType.CALLOUT,
        Text.of(
            Run("Where I stand: ", bold=True),
            _standing(outline),
            "\n",
            Run("Next up: ", bold=True),
            _next_up(outline),
            "\n",
            Run("Forecast: ", bold=True),
            outline.numbers.forecast.words,
            "\n",
            *_alarm(outline),
            *_risks(outline),
            *_new_plan(outline),
            Run("Last synced: ", bold=True),
            outline.synced_on.isoformat() if outline.synced_on else "not yet",
            "\n",
            Run(marker(outline.roadmap.key, ROOT), color=GREY),
        ),
        anchor=STATUS,
        icon="🧭",
        color="gray_background",
    )


def _standing(outline: Outline) -> str:
    progress, phase = outline.numbers.progress, outline.current_phase
    if progress.required_completed is None or progress.required_total is None:
        return f"{phase_name(phase)}, progress is n/a"
    share = number(progress.required_percent or 0)
    done = f"{progress.required_completed} of {progress.required_total} required tasks ({share} %)"
    return f"{phase_name(phase)}, {done}"


def _next_up(outline: Outline) -> str:
    ahead = outline.numbers.next_up
    if ahead:
        return outline.title(ahead[0])
    return "nothing, all of it is done" if outline.numbers.forecast.state == "done" else "n/a"


def _alarm(outline: Outline) -> Iterable[str | Run]:
    """The emergency protocol while it applies: how far behind, and what to drop first."""
    emergency = outline.numbers.emergency
    if emergency is None:
        return
    drop = " · ".join(outline.title(key) for key in emergency.drop[:DROPS_SHOWN])
    if len(emergency.drop) > DROPS_SHOWN:
        drop += f" · and {len(emergency.drop) - DROPS_SHOWN} more"
    yield Run(f"{emergency.title}: ", bold=True)
    yield f"{number(emergency.weeks_behind)} weeks behind. {emergency.steps[0]}: {drop or 'nothing can be'}"
    yield "\n"


def _risks(outline: Outline) -> Iterable[str | Run]:
    """The rules of the document whose condition holds: why, and what it advises first."""
    for risk in outline.numbers.risks:
        yield Run(f"⚠️ {risk.condition.rstrip(':')}: ", bold=True)
        yield f"{risk.because} {risk.actions[0]}\n" if risk.actions else f"{risk.because}\n"


def _new_plan(outline: Outline) -> Iterable[str | Run]:
    """The latest proposal, as long as it waits for its owner."""
    latest = max(outline.life.replans, key=lambda one: one.made_on, default=None)
    if latest is not None and state_of(latest) == PROPOSED:
        yield Run("New plan: ", bold=True)
        yield f"{summary(latest)}. Accept it in ⚙️ Data, Settings, New Plans."
        yield "\n"


def _headings(outline: Outline) -> Iterable[tuple[str, str]]:
    yield TODAY, "☀️ Today"
    yield WEEK, "🗓️ This week"
    if outline.roadmap.daily_habits:
        yield HABITS, "🔁 Habits"
    if pillars_of(outline.roadmap):
        yield PILLARS, with_icon("🏛️", outline.roadmap.titles.pillars or "Pillars")
    yield BURN_UP, "🔥 Burn-up"


def root_views(outline: Outline) -> Iterable[View]:
    """The linked views below the headings."""
    yield _on_root(today_view(outline, "view:tasks/root-today", "Today"), TODAY)
    yield _on_root(week_view("view:reviews/root-this-week", "This Week"), WEEK)
    if outline.roadmap.daily_habits:
        yield _on_root(habits_view(outline.roadmap.daily_habits, "view:days/root-habits", "Habits"), HABITS)
    if pillars_of(outline.roadmap):
        yield _on_root(pillars_view(outline.roadmap, "view:groups/root-pillars", "Pillars"), PILLARS)
    yield _on_root(burn_up(outline.roadmap, "view:history/root-burn-up", "Burn-up"), BURN_UP)


def _on_root(view: View, anchor: str) -> View:
    return replace(view, place=OnPage(ROOT, below=anchor))
