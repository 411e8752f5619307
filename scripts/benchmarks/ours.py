"""The real command `notion-roadmap`, with an ear on its progress: `python -m benchmarks.ours REPORT ARGUMENT...`.

REPORT is written when it ends: when each step was done, what the plan had said it would cost, and the memory.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.memory import peak_megabytes
from notion_roadmap.cli import main


def listen(report: dict[str, Any]) -> None:
    """Have the seeder's progress and price written into a report. Changes nothing else about it."""
    from notion_roadmap.service.seed import Prepared, Progress, Seeder, SeedResult

    apply = Seeder.apply

    async def overheard(self: Seeder, prepared: Prepared, *, progress: Callable[[Progress], None]) -> SeedResult:
        def tell(made: Progress) -> None:
            report["steps"].append([made.label, time.perf_counter()])
            progress(made)

        report["price"] = prepared.price.as_dict()
        report["applying"] = time.perf_counter()
        return await apply(self, prepared, progress=tell)

    Seeder.apply = overheard  # type: ignore[method-assign]


if __name__ == "__main__":
    told: dict[str, Any] = {"steps": []}
    listen(told)
    try:
        main(sys.argv[2:])
    finally:
        told["peak_mb"] = peak_megabytes()
        Path(sys.argv[1]).write_text(json.dumps(told))
