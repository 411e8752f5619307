"""What a plan costs before anything is written: requests, time, and a free plan's lifetime blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from notion_roadmap.plan.duration import seconds_of
from notion_roadmap.plan.steps import Step
from notion_roadmap.workspace.blocks import count_blocks
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Workspace
from notion_roadmap.workspace.views import Layout, View


@dataclass(frozen=True, slots=True)
class Price:
    """What a plan costs.

    Args:
        requests: every request of the run, the reads that planning took included.
        seconds: that carrying it out takes at the set budget of requests a minute and the measured latency.
        blocks: lifetime blocks that creating uses up.
        blocks_per_week: what living in it uses up every week.
        gated: keys of the views that a plan of Notion's may refuse.
    """

    requests: int
    seconds: float
    blocks: int
    blocks_per_week: int
    gated: tuple[str, ...]

    def as_dict(self) -> dict[str, JSON]:
        """For JSON."""
        return {**asdict(self), "gated": list(self.gated)}


def price_of(
    steps: Sequence[Step], workspace: Workspace, *, reads: int, per_minute: int, latency_seconds: float
) -> Price:
    """The price of the steps.

    Args:
        reads: requests that looking took.
        per_minute: the budget of requests per 60-second window, which may be spent in one burst.
        latency_seconds: how long an answer takes, as measured while looking.
    """
    requests = reads + sum(s.requests for s in steps) + (1 if steps else 0)  # the last one writes the manifest
    gated = tuple(sorted(s.subject.key for s in steps if isinstance(s.subject, View) and _is_gated(s.subject)))
    return Price(
        requests=requests,
        seconds=round(_seconds(steps, reads, per_minute, latency_seconds), 1),
        blocks=sum(s.blocks for s in steps) + (1 if steps else 0),
        blocks_per_week=_per_week(workspace),
        gated=gated,
    )


def _seconds(steps: Sequence[Step], reads: int, per_minute: int, latency: float) -> float:
    manifest = latency if steps else 0.0
    return seconds_of(steps, spent=reads, per_minute=per_minute, latency=latency) + manifest


def _is_gated(view: View) -> bool:
    return view.layout in (Layout.CHART, Layout.DASHBOARD)


def _per_week(workspace: Workspace) -> int:
    """Seven days of the log, one review, and one row a series of the history, for the databases that exist, each with
    the blocks on its page."""
    weekly = {"days": 7, "reviews": 1, "history": 3}
    pages: dict[str, int] = {}
    for row in workspace.rows:
        pages[row.database] = max(pages.get(row.database, 0), count_blocks(row.body))
    return sum(weekly.get(d.key, 0) * (1 + pages.get(d.key, 0)) for d in workspace.databases)
