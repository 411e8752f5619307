"""What a history is about, drawn from its seed number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

MINI: Final = str(Path(__file__).parent.parent / "data" / "mini-roadmap.yaml")


FULL: Final = "data-engineering-career"


@dataclass(frozen=True)
class Plot:
    """What a history is about, drawn from its seed.

    Args:
        seed: of everything in it.
        template: a bundled name or a path.
        runs: troubled runs before the weather clears.
        mortal: whether runs are killed.
        pause: seconds between two deeds of the person; None when there is nobody.
        switches: of the sandbox.
        losses: the chance that the state is lost before a run.
        on_disk: the state is in SQLite.
    """

    seed: int
    template: str = MINI
    runs: int = 1
    mortal: bool = False
    pause: float | None = None
    switches: Mapping[str, Any] = field(default_factory=dict)
    losses: float = 0.0
    on_disk: bool = False
    latency_ms: int = 40

    @classmethod
    def drawn(cls, seed: int) -> Plot:
        """The plot of this seed: one in fifty is about the whole bundled roadmap."""
        dice = Random(f"plot {seed}")
        return cls(
            seed,
            FULL if dice.random() < 0.02 else MINI,
            runs=dice.choice((1, 2, 3, 5, 8)),
            mortal=dice.random() < 0.7,
            pause=dice.choice((None, None, 0.3, 2.0)),
            switches=_switches(dice),
            losses=dice.choice((0.0, 0.0, 0.0, 0.5)),
            on_disk=dice.random() < 0.05,
            latency_ms=dice.choice((40, 40, 300)),
        )


def _switches(dice: Random) -> dict[str, Any]:
    """A few uncertain things about Notion, otherwise than by default."""
    others: dict[str, tuple[Any, ...]] = {
        "limiter": ("drip",),
        "requests_per_minute": (40, 100),
        "unsorted_order": ("oldest", "shuffled"),
        "query_lag_requests": (3, 10, 40),
        "back_relation_name": ("honoured",),
        "conflict_every": (7, 3),
        "parallel_writes": (1, 3),
        "merge_text": (False,),
        "relations_touch_page": (True,),
        "blocks_touch_page": (False,),
        "cursor_ttl_requests": (2,),
        "view_configuration": ("dropped",),
        "view_filters": ("dropped", "refused"),
        "chart_views": ("400", "403"),
        "dashboard_views": ("400", "403"),
        "linked_views": ("400", "403"),
        "formula_readback": ("names",),
    }
    named = dice.sample(sorted(others), dice.choice((0, 0, 1, 3)))
    return {name: dice.choice(others[name]) for name in named}
