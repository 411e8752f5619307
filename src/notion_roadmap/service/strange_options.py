"""Options that nobody gave a meaning: renamed in Notion, or added there. Pure.

Rows are told by the names of options, and Notion keeps no former name: what a new one stands for is not guessed, but
what carries it is told in every sync, because it is counted otherwise than its owner may think.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from notion_roadmap.service.pairs import STAGE
from notion_roadmap.service.pulled import Pulled
from notion_roadmap.service.rules import STATUS, Rules
from notion_roadmap.workspace.thaw import words_of


def strange_options(rules: Rules, pulled: Pulled) -> Iterable[str]:
    """A sentence for each: its name, how many rows carry it, how they count, and what to do."""
    counted = "without a tick in Done they count as in progress"
    yield from _told(pulled, STATUS, rules.meanings, counted, tuple(rules.statuses.values()))
    counted = "they count by the dates of their stages alone"
    yield from _told(pulled, STAGE, rules.stages, counted, tuple(rules.stages))


def _told(pulled: Pulled, key: str, known: Collection[str], counted: str, ours: tuple[str, ...]) -> Iterable[str]:
    source = pulled.sources.get(key.partition(".")[0])
    if source is None or key not in source.columns:
        return
    carried = Counter(words_of(row.values.get(key)) for row in source.rows.values() if not row.gone)
    for option, number in sorted(carried.items()):
        if option and option not in known:
            where = f"“{option}” of {source.columns[key].name} in {source.database.title}"
            rows = "1 row carries it" if number == 1 else f"{number} rows carry it"
            todo = f"Rename it back in Notion if it was one of {', '.join(ours)}, or choose one of these"
            yield f"{where} has no meaning here: {rows}, and {counted}. {todo}."
