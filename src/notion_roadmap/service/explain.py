"""Explaining a number: from which rows it comes, as they were last seen. Sends nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from notion_roadmap.progress import Explanation, explain
from notion_roadmap.roadmap.record import Record
from notion_roadmap.service.recall import Recalled


@dataclass(frozen=True, slots=True)
class Line:
    """A row that a number comes from.

    Args:
        key: the row's key; `id:<uuid>` for one that the owner added; the date of a day, the label of a week.
        title: what stands in its title, "" where it has none.
        says: what it contributes.
    """

    key: str
    title: str
    says: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One number, with the rows that it comes from.

    Args:
        as_of: the owner's day that it holds for, ISO 8601.
    """

    explanation: Explanation
    as_of: str
    lines: tuple[Line, ...]

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        told = self.explanation.as_dict()
        return {**told, "as_of": self.as_of, "sources": [asdict(one) for one in self.lines]}


def explained(name: str, recalled: Recalled) -> Explained:
    """One number by its name, as in `status --json`. Raises UnknownNumber, which names those that are close."""
    told = explain(name, recalled.roadmap, recalled.record, recalled.today)
    titles = _titles(recalled.record)
    lines = tuple(Line(one.key, titles.get(one.key, ""), one.says) for one in told.sources)
    return Explained(told, recalled.today.isoformat(), lines)


def _titles(record: Record) -> dict[str, str]:
    titles = {task.key: task.title for task in record.tasks}
    return titles | {criterion.key: criterion.title for criterion in record.criteria}
