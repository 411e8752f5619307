"""A small sound template to damage: what stands between « and what follows marks the place of the expected problem."""

from __future__ import annotations

SMALL = """\
key: small
title: A small roadmap
version: 1
tracking:
  name: Small
  properties:
    - role: task
      name: Task Name
      type: title
    - role: phase
      name: Phase
      type: select
      options:
        - name: Phase 1
        - name: Phase 2
    - role: category
      name: Category
      type: select
      options:
        - name: Learning
        - name: Project
    - role: status
      name: Status
      type: select
      options:
        - name: Open
        - name: Done
          means: completed
    - role: priority
      name: Priority
      type: select
      options:
        - name: HIGH
        - name: LOW
  views:
    - key: board
      name: Board
      layout: board
      group_by: Phase
    - key: projects
      name: Projects
      layout: gallery
      filter:
        property: Category
        equals: Project
phases:
  - key: phase-1
    title: First
    option: Phase 1
    window:
      unit: weeks
      start: 1
      end: 4
    choices:
      - key: tool
        title: Choose a tool
    tasks:
      - key: phase-1/one
        title: One
        category: Learning
        priority: HIGH
        hours: 10
        pick_one: tool
        skills:
          - python
          - sql
      - key: phase-1/two
        title: Two
        scope: alternative
        pick_one: tool
    criteria:
      - key: phase-1/many
        text: 10 problems solved
        measure:
          kpi: problems
          target: 10
  - key: phase-2
    title: Second
    option: Phase 2
    window:
      unit: weeks
      start: 5
    tasks:
      - key: phase-2/one
        title: One more
kpis:
  - key: problems
    name: Problems
    counted:
      kind: habit
      habit: problems
    active_in: phase-1
  - key: offers
    name: Offers
    counted:
      kind: stage
      stage: Offer
funnel:
  title: Funnel
  stages:
    - Application
    - Offer
  steps:
    - key: overall
      name: Overall
      from_stage: Application
      to_stage: Offer
      target: 5
habits:
  - key: problems
    title: 2 problems
    target: 2
    unit: problems
"""


def damaged(old: str, new: str, place: str = "«") -> tuple[str, int, int]:
    """The template with the first `old` replaced, and the line and column of the mark « in `new` or in `place`."""
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    if "«" not in text:
        text = text.replace(place.replace("«", ""), place, 1)
    before = text[: text.index("«")]
    return text.replace("«", "", 1), before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
