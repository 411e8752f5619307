"""Skills: which ones there are, and under which one a task is counted."""

from __future__ import annotations

from collections import Counter

from notion_roadmap.blueprint.order import in_reading_order
from notion_roadmap.roadmap import Roadmap, Task
from notion_roadmap.workspace.properties import Option


def skills_by_use(roadmap: Roadmap) -> list[str]:
    """Every skill, the most used first, then as one reads.

    Those beyond Notion's limit come with their first row, and such rows go one at a time. So of the skills that are
    used once, those stand last that share a row with most others of their kind: few rows bring all that is left.
    """
    tasks = [task.skills for task in in_reading_order(roadmap)]
    named = [skill for skills in tasks for skill in skills]
    uses = Counter(named)
    once = {skill: sum(uses[other] == 1 for other in skills) for skills in tasks for skill in skills}
    return sorted(uses, key=lambda skill: (-uses[skill], once[skill] if uses[skill] == 1 else 0, named.index(skill)))


def core_skill(roadmap: Roadmap, task: Task) -> str | None:
    """The one skill that a task is counted under: a documented one if it has any."""
    documented = roadmap.tracking.property("skills")
    names = {option.name for option in documented.options} if documented else set()
    return next((skill for skill in task.skills if skill in names), task.skills[0] if task.skills else None)


def core_skills(roadmap: Roadmap) -> tuple[Option, ...]:
    """Those under which some task is counted, as options: the documented ones first, in their colours."""
    documented = roadmap.tracking.property("skills")
    colors = {option.name: option.color or "default" for option in documented.options} if documented else {}
    used = {core_skill(roadmap, task) for _, task in roadmap.tasks()}
    ordered = [*colors, *(skill for skill in skills_by_use(roadmap) if skill not in colors)]
    return tuple(Option(name, colors.get(name, "default")) for name in ordered if name in used)
