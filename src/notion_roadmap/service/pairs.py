"""Fields that mean one thing are kept in step: what the owner changed on one side, the other side follows.

Pure. Seen from the row as it was last: the side that differs wins; if both do, the documented one. What follows is
noted on the row (`CachedRow.ruled`) until Notion shows it, so that a run which was cut short loses nothing. It never
becomes the base that the template is compared with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from notion_roadmap.roadmap.tracking import Meaning
from notion_roadmap.service.happened import same_columns
from notion_roadmap.service.rules import COMPLETED_ON, DONE, PHASE, PHASE_ROW, SCOPE, STATUS, Rules
from notion_roadmap.workspace.cached import CachedRow
from notion_roadmap.workspace.canonical import JSON, canonical
from notion_roadmap.workspace.properties import DateSpan
from notion_roadmap.workspace.thaw import names_of, number_of, words_of

STAGE: Final = "applications.stage"
REQUIRED, ALTERNATIVE = "Required", "Alternative"


@dataclass
class Ruling:
    """What follows for one row.

    Args:
        row: as it is now, with everything ruled so far.
        why: why, by property key, for what is ruled just now.
        conflicts: sentences about both sides of a pair that were changed to different ends.
    """

    row: CachedRow
    why: dict[str, str] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)

    def rule(self, key: str, value: JSON, why: str) -> None:
        """Let a property become this; what stands there already needs no ruling."""
        if key in self.row.values:
            self.row = replace(self.row, ruled={**self.row.ruled, key: value})
            if self.row.values[key] != value:
                self.why[key] = why

    def drop(self, *keys: str) -> None:
        """Forget what was ruled and is not there yet: the owner decided anew."""
        pending = self.row.due.keys() & set(keys)
        self.row = replace(self.row, ruled={k: v for k, v in self.row.ruled.items() if k not in pending})


def rule_tasks(
    rules: Rules,
    before: Mapping[str, CachedRow],
    rows: Mapping[str, CachedRow],
    today: date,
    absent: Collection[str] = (),
) -> dict[str, Ruling]:
    """What follows for every task that is there, ours and the owner's own, by id.

    Args:
        before: the rows as they were last seen, by id; a row that is not in it was never seen.
        today: the owner's date.
        absent: keys of rows of phases that are gone: relations to them are empty through nobody's decision.
    """
    rulings = _unruled(before, rows)
    for identifier, ruling in rulings.items():
        was = before.get(identifier)
        _status_and_done(rules, was, ruling)
        _completed_on(rules, was, ruling, today)
        _phase_and_row(rules, was, ruling, absent)
    _choices(rules, before, rulings)
    return rulings


def rule_applications(
    rules: Rules, before: Mapping[str, CachedRow], rows: Mapping[str, CachedRow], today: date
) -> dict[str, Ruling]:
    """The day on which an application was first seen in its stage, unless the owner says so; by id."""
    rulings = _unruled(before, rows)
    for identifier, ruling in rulings.items():
        was, row = before.get(identifier), ruling.row
        stage = words_of(row.values.get(STAGE))
        reached = rules.stages.get(stage, "")
        if reached in row.values and row.values[reached] is None and _moved(was, row, STAGE):
            ruling.rule(reached, canonical(DateSpan(today)), f"first seen as {stage}")
    return rulings


def _unruled(before: Mapping[str, CachedRow], rows: Mapping[str, CachedRow]) -> dict[str, Ruling]:
    """The rows that are there, by id, nothing ruled of them yet."""
    there = {identifier: row for identifier, row in rows.items() if not row.gone and row.values}
    return {identifier: Ruling(_carried(before.get(identifier), row)) for identifier, row in there.items()}


def _carried(was: CachedRow | None, row: CachedRow) -> CachedRow:
    """The row with what was ruled earlier, as far as the owner did not decide otherwise since."""
    if was is None or not was.ruled:
        return row
    now = row.values
    kept = {k: v for k, v in was.ruled.items() if k in now and (now[k] == v or now[k] == was.values.get(k, now[k]))}
    return replace(row, ruled=kept)


def _moved(was: CachedRow | None, row: CachedRow, key: str) -> bool:
    """Whether the owner changed a value. What became as we had ruled is our own doing."""
    if was is None:
        return True
    now = row.values.get(key)
    return now != was.values.get(key, now) and not (key in was.ruled and was.ruled[key] == now)


def _status_and_done(rules: Rules, was: CachedRow | None, ruling: Ruling) -> None:
    row = ruling.row
    if STATUS not in row.values or DONE not in row.values or not rules.knows(row.values):
        return
    status, ticked = rules.meaning(row.values), row.values[DONE] is True
    status_moved, done_moved = _sides(rules, was, row, status, ticked=ticked)
    if not status_moved and not done_moved:
        return
    ruling.drop(STATUS, DONE)
    if (status == "completed") == ticked:
        return
    if status_moved:
        ruling.rule(DONE, status == "completed", "Done follows Status")
        if done_moved:
            ruling.conflicts.append("Status and Done were both changed, and say different things: Status holds")
        return
    if ticked:
        ruling.rule(STATUS, rules.statuses["completed"], "Done was ticked")
    else:
        back: Meaning = "in_progress" if _begun(row) else "not_started"
        ruling.rule(STATUS, rules.statuses[back], "Done was unticked")


def _sides(rules: Rules, was: CachedRow | None, row: CachedRow, status: Meaning, *, ticked: bool) -> tuple[bool, bool]:
    """Whether Status and whether Done was changed."""
    known = was is not None and STATUS in was.values and DONE in was.values
    if known and (_moved(was, row, STATUS) or _moved(was, row, DONE)):
        return _moved(was, row, STATUS), _moved(was, row, DONE)
    if known and (row.due.keys() & {STATUS, DONE} or (status == "completed") == ticked):
        return False, False
    # Never seen before, or out of step for no known reason: what differs from an untouched row was changed.
    first = rules.at_first(row)
    return status != first, ticked != (first == "completed")


def _begun(row: CachedRow) -> bool:
    """Whether there is a trace of work. A share of 1 came with the completion."""
    share = number_of(row.values.get("tasks.percent_done")) or 0
    ticked = row.boxes is not None and 0 < row.boxes[0] < row.boxes[1]
    return (number_of(row.values.get("tasks.hours_spent")) or 0) > 0 or 0 < share < 1 or ticked


def _completed_on(rules: Rules, was: CachedRow | None, ruling: Ruling, today: date) -> None:
    row = ruling.row
    if COMPLETED_ON not in row.values or (was is not None and was.values and not same_columns(was, row)):
        return
    before = rules.meaning(was.settled) if was is not None and was.values else rules.at_first(row)
    now = rules.meaning(row.settled)
    if now == "completed" and before != "completed":
        if row.settled[COMPLETED_ON] is None:
            ruling.rule(COMPLETED_ON, canonical(DateSpan(today)), "completed")
    elif before == "completed" and now != "completed":
        ours = row.ruled.get(COMPLETED_ON)
        ruling.drop(COMPLETED_ON)
        if ours is not None and row.values[COMPLETED_ON] == ours:
            ruling.rule(COMPLETED_ON, None, "reopened")


def _phase_and_row(rules: Rules, was: CachedRow | None, ruling: Ruling, absent: Collection[str]) -> None:
    row = ruling.row
    if PHASE not in row.values or PHASE_ROW not in row.values:
        return
    option_moved, related_moved = _phase_sides(was, row, absent)
    if not option_moved and not related_moved:
        return
    ruling.drop(PHASE, PHASE_ROW)
    option, related = words_of(row.values[PHASE]), names_of(row.values[PHASE_ROW])
    wanted = (rules.phases[option],) if option in rules.phases else ()
    if related == wanted:
        return
    if not option_moved:
        _phase_of(rules, ruling, related)
        return
    if wanted and wanted[0] not in absent:
        ruling.rule(PHASE_ROW, list[JSON](wanted), "Roadmap Phase follows Phase")
    if related_moved:
        ruling.conflicts.append("Phase and Roadmap Phase were both changed, and name different phases: Phase holds")


def _phase_sides(was: CachedRow | None, row: CachedRow, absent: Collection[str]) -> tuple[bool, bool]:
    """Whether Phase and whether Roadmap Phase was changed; of a row that was never seen, whether it is there."""
    if was is None or PHASE not in was.values or PHASE_ROW not in was.values:
        return bool(row.values[PHASE]), bool(row.values[PHASE_ROW])
    lost = not set(names_of(was.values[PHASE_ROW])).isdisjoint(absent)
    return _moved(was, row, PHASE), _moved(was, row, PHASE_ROW) and not lost


def _phase_of(rules: Rules, ruling: Ruling, related: tuple[str, ...]) -> None:
    """The phase of the one row that it belongs to now; several, or one of the owner's own, name no phase."""
    options = {key: name for name, key in rules.phases.items()}
    if not related:
        ruling.rule(PHASE, None, "Phase follows Roadmap Phase")
    elif len(related) == 1 and related[0] in options:
        ruling.rule(PHASE, options[related[0]], "Phase follows Roadmap Phase")


def _choices(rules: Rules, before: Mapping[str, CachedRow], rulings: Mapping[str, Ruling]) -> None:
    """Starting an alternative makes it required and its twin the alternative, unless that one is completed."""
    groups: defaultdict[str, list[Ruling]] = defaultdict(list)
    for _, ruling in sorted(rulings.items()):
        if ruling.row.key in rules.twins and SCOPE in ruling.row.values:
            groups[rules.twins[ruling.row.key]].append(ruling)
    for twins in groups.values():
        for one in twins:
            others = [other for other in twins if other is not one]
            was = before.get(one.row.id)
            if _scope(one) == ALTERNATIVE and _started(rules, was, one.row) and not _chosen(before, one):
                _swap(rules, before, one, others)


def _swap(rules: Rules, before: Mapping[str, CachedRow], one: Ruling, others: list[Ruling]) -> None:
    required = [other for other in others if _scope(other) == REQUIRED]
    if any(rules.meaning(other.row.settled) == "completed" for other in required):
        return
    if before.get(one.row.id) is None and any(rules.meaning(o.row.settled) != "not_started" for o in required):
        return  # which of the two came first is not known
    one.rule(SCOPE, REQUIRED, "it was started")
    for other in required:
        if not _chosen(before, other):
            other.rule(SCOPE, ALTERNATIVE, "its alternative was started")


def _scope(ruling: Ruling) -> str:
    return words_of(ruling.row.settled.get(SCOPE))


def _started(rules: Rules, was: CachedRow | None, row: CachedRow) -> bool:
    before = rules.meaning(was.settled) if was is not None and was.values else rules.at_first(row)
    return before == "not_started" and rules.meaning(row.settled) in ("in_progress", "completed")


def _chosen(before: Mapping[str, CachedRow], ruling: Ruling) -> bool:
    """Whether the owner set its scope just now."""
    was = before.get(ruling.row.id)
    return was is not None and SCOPE in was.values and _moved(was, ruling.row, SCOPE)
