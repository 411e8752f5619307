"""What the options and rows of one roadmap mean, for the rules that keep its fields in step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from notion_roadmap.blueprint.applications import stage_date
from notion_roadmap.blueprint.choices import Choices, done_before
from notion_roadmap.blueprint.outline import status_option
from notion_roadmap.blueprint.task_rows import phase_key, task_key
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.tracking import Meaning
from notion_roadmap.workspace.cached import CachedRow
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.thaw import words_of

STATUS, DONE, COMPLETED_ON, SCOPE = "tasks.status", "tasks.done", "tasks.completed_on", "tasks.scope"
PHASE, PHASE_ROW = "tasks.phase", "tasks.roadmap_phase"

MEANINGS: tuple[Meaning, ...] = ("not_started", "in_progress", "blocked", "completed")


@dataclass(frozen=True)
class Rules:
    """Names and keys.

    Args:
        meanings: what a status option says, by its name.
        statuses: the option that says it.
        phases: keys of the rows of phases, by their options.
        twins: by row key, the choice that a task belongs to, where one of several is enough.
        done: keys of the rows that were completed before the roadmap began.
        stages: by the name of a stage, the key of the property that holds when it was reached.
    """

    meanings: Mapping[str, Meaning]
    statuses: Mapping[Meaning, str]
    phases: Mapping[str, str] = field(default_factory=dict)
    twins: Mapping[str, str] = field(default_factory=dict)
    done: frozenset[str] = frozenset()
    stages: Mapping[str, str] = field(default_factory=dict)

    def meaning(self, values: Mapping[str, JSON]) -> Meaning:
        """What the values of a task say. An option of the owner's own means work under way, unless Done is ticked."""
        told = words_of(values.get(STATUS))
        if told and told not in self.meanings:
            return "completed" if values.get(DONE) is True else "in_progress"
        if STATUS not in values:
            return "completed" if values.get(DONE) is True else "not_started"
        return self.meanings.get(told, "not_started")

    def knows(self, values: Mapping[str, JSON]) -> bool:
        """Whether the status is one that means something to us; none at all is."""
        told = words_of(values.get(STATUS))
        return not told or told in self.meanings

    def at_first(self, row: CachedRow) -> Meaning:
        """What a row said before anybody touched it."""
        return "completed" if row.key in self.done else "not_started"


def rules_of(roadmap: Roadmap, choices: Choices) -> Rules:
    """The rules of a roadmap."""
    statuses = {one: status_option(roadmap, one) for one in MEANINGS}
    documented = roadmap.tracking.property("status")
    meanings: dict[str, Meaning] = {statuses[one]: one for one in reversed(MEANINGS)}
    meanings |= {one.name: one.means for one in (documented.options if documented else ()) if one.means}
    twins = {task_key(t): f"{p.key}/{t.pick_one}" for p, t in roadmap.tasks() if t.pick_one is not None}
    return Rules(
        meanings=meanings,
        statuses=statuses,
        phases={phase.option: phase_key(phase) for phase in roadmap.phases},
        twins=twins,
        done=frozenset(f"tasks/{key}" for key in done_before(roadmap, choices)),
        stages={stage: stage_date(stage) for stage in (roadmap.funnel.stages if roadmap.funnel else ())},
    )
