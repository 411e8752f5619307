"""Each kind of mistake in a template, with the place, the field and the words that its author gets."""

from __future__ import annotations

import pytest

from notion_roadmap.templates import Problem, TemplateInvalid, parse_template
from templates.small import SMALL, damaged

LONG = "x" * 101
CASES = {
    "unknown key": (
        "        hours: 10",
        "        «huors: 10",
        "phases[0].tasks[0].huors",
        "unknown key; did you mean 'hours'?",
        "key, title, description",
    ),
    "key that stands twice": (
        "        hours: 10",
        "        hours: 10\n        «hours: 11",
        "phases[0].tasks[0].hours",
        "the key 'hours' stands twice, first in line 62",
        "",
    ),
    "missing key": ("  - key: phase-2\n    title: Second", "  - «key: phase-2", "phases[1].title", "is missing", ""),
    "phase that is no option": (
        "    option: Phase 2",
        "    option: «Phse 2",
        "phases[1].option",
        "'Phse 2' is not one of the options of the phase property; did you mean 'Phase 2'?",
        "Phase 1, Phase 2",
    ),
    "category that is no option": (
        "        category: Learning",
        "        category: «learning",
        "phases[0].tasks[0].category",
        "'learning' is not one of the options of the category property; did you mean 'Learning'?",
        "Learning, Project",
    ),
    "priority that is no option": (
        "        priority: HIGH",
        "        priority: «Urgent",
        "phases[0].tasks[0].priority",
        "'Urgent' is not one of the options of the priority property",
        "HIGH, LOW",
    ),
    "filter on what is no option": (
        "        equals: Project",
        "        equals: «Projects",
        "tracking.views[1].filter.equals",
        "'Projects' is not one of the options of Category; did you mean 'Project'?",
        "Learning, Project",
    ),
    "comma in an option": (
        "        - name: LOW",
        "        - name: «LOW, maybe",
        "tracking.properties[4].options[1].name",
        "the name of an option may hold no comma",
        "",
    ),
    "comma in a skill": (
        "          - sql",
        '          - «"sql, nosql"',
        "phases[0].tasks[0].skills[1]",
        "the name of an option may hold no comma",
        "",
    ),
    "long option": (
        "        - name: LOW",
        f"        - name: «{LONG}",
        "tracking.properties[4].options[1].name",
        "this name has 101 characters",
        "at most 100 characters",
    ),
    "long option of emoji, which count twice": (
        "        - name: LOW",
        f"        - name: «{'🚀' * 51}",
        "tracking.properties[4].options[1].name",
        "this name has 102 characters",
        "at most 100 characters",
    ),
    "long title": (
        "        title: Two",
        f"        title: «{'x' * 2_001}",
        "phases[0].tasks[1].title",
        "has 2001 characters",
        "at most 2000 characters",
    ),
    "long text": (
        "        title: Two",
        f"        title: Two\n        description: «{'x' * 20_001}",
        "phases[0].tasks[1].description",
        "has 20001 characters",
        "at most 20000 characters",
    ),
    "long address of a link": (
        "        title: Two",
        f'        title: Two\n        course_resource: «"[a](https://example.org/{"x" * 2_000})"',
        "phases[0].tasks[1].course_resource",
        "the address of the link 'a' has 2020 characters",
        "at most 2000 characters",
    ),
    "empty text": ("        title: Two", '        title: «" "', "phases[0].tasks[1].title", "is empty", "a text"),
    "window that runs backwards": (
        "      end: 4",
        "      end: «0",
        "phases[0].window.end",
        "Input should be greater than or equal to 1",
        "1 or more",
    ),
    "window that ends before it starts": (
        "      start: 1\n      end: 4",
        "      start: 3\n      end: «2",
        "phases[0].window.end",
        "the window ends before it starts",
        "3 or later",
    ),
    "window before that of an earlier phase": (
        "      start: 1\n      end: 4",
        "      start: 6\n      end: 9",
        "phases[1].window.start",
        "the window begins before the one of an earlier phase (line 51)",
        "6 or later",
    ),
    "window after an open end": (
        "      start: 1\n      end: 4",
        "      start: 1",
        "phases[1].window.start",
        "the window follows one without an end (line 51)",
        "an open end in the last phase only",
    ),
    "window of a task that runs backwards": (
        "        title: Two",
        "        title: Two\n        window: {unit: dates, start: '2026-02-01', end: «'2026-01-01'}",
        "phases[0].tasks[1].window.end",
        "the window ends before it starts",
        "2026-02-01 or later",
    ),
    "pillar that is none": (
        "        title: Two",
        "        title: Two\n        pillar: «Data",
        "phases[0].tasks[1].pillar",
        "there is no pillar 'Data'",
        "none is defined",
    ),
    "competency of an unknown phase": (
        "kpis:\n",
        "competencies:\n  - key: a\n    title: A\n    phase: «phase-3\n    skills:\n      - text: a\nkpis:\n",
        "competencies[0].phase",
        "there is no phase 'phase-3'; did you mean 'phase-2'?",
        "phase-1, phase-2",
    ),
    "note whose key stands twice": (
        "kpis:\n",
        "notes:\n  - key: a\n    title: A\n    body: a\n  - key: «a\n    title: B\n    body: b\nkpis:\n",
        "notes[1].key",
        "'a' stands twice, first in line 87",
        "a name of its own",
    ),
    "step that is a number": (
        "        title: Two",
        "        title: Two\n        steps:\n          - read\n          - «1",
        "phases[0].tasks[1].steps[1]",
        "1 is not text",
        "text, in quotes where it looks like a number",
    ),
    "misspelt step": (
        "        title: Two",
        "        title: Two\n        steps:\n          - text: read\n            «dine: true",
        "phases[0].tasks[1].steps[0].dine",
        "unknown key; did you mean 'done'?",
        "text, done, steps",
    ),
    "step of a step that is a number": (
        "        title: Two",
        "        title: Two\n        steps:\n          - text: read\n            steps:\n              - «1",
        "phases[0].tasks[1].steps[0].steps[0]",
        "1 is not text",
        "text, in quotes where it looks like a number",
    ),
    "unit of a window": (
        "      unit: weeks",
        "      «unit: week",
        "phases[0].window",
        "'week' is not known; did you mean 'weeks'?",
        "months, weeks, days",
    ),
    "key of a window": (
        "      end: 4",
        "      «until: 4",
        "phases[0].window.until",
        "unknown key; did you mean 'unit'?",
        "unit, start, end, as_written",
    ),
    "month that is none": (
        "      unit: weeks\n      start: 1\n      end: 4",
        "      unit: months\n      start: «2025-13",
        "phases[0].window.start",
        "not a month",
        "a year and a month, such as 2025-12",
    ),
    "choice of one": (
        "        scope: alternative\n        pick_one: tool",
        "        scope: alternative",
        "phases[0].choices[0].key",
        "the choice 'tool' is between 1 task",
        "two or more tasks with `pick_one: tool`",
    ),
    "choice that requires both": (
        "        scope: alternative",
        "        scope: required",
        "phases[0].choices[0].key",
        "2 tasks of the choice 'tool' are required",
        "exactly one required, the others with `scope: alternative`",
    ),
    "choice that is not there": (
        "        title: One more",
        "        title: One more\n        pick_one: «tool",
        "phases[1].tasks[0].pick_one",
        "the phase has no choice 'tool'",
        "a key of `choices`",
    ),
    "KPI that is not there": (
        "          kpi: problems",
        "          kpi: «problem",
        "phases[0].criteria[0].measure.kpi",
        "there is no KPI 'problem'; did you mean 'problems'?",
        "problems, offers",
    ),
    "habit that is not there": (
        "      habit: problems",
        "      habit: «sleep",
        "kpis[0].counted.habit",
        "there is no habit 'sleep'",
        "problems",
    ),
    "phase that is not there": (
        "    active_in: phase-1",
        "    active_in: «phase-9",
        "kpis[0].active_in",
        "there is no phase 'phase-9'; did you mean 'phase-2'?",
        "phase-1, phase-2",
    ),
    "stage that is not there": (
        "      stage: Offer",
        "      stage: «Hired",
        "kpis[1].counted.stage",
        "there is no stage 'Hired'",
        "Application, Offer",
    ),
    "property that is not there": (
        "      group_by: Phase",
        "      group_by: «Phases",
        "tracking.views[0].group_by",
        "there is no property 'Phases'; did you mean 'Phase'?",
        "Task Name, Phase",
    ),
    "field of another kind of count": (
        "      habit: problems",
        "      habit: problems\n      «stage: Offer",
        "kpis[0].counted.stage",
        "unknown key",
        "kind, habit",
    ),
    "task key that stands twice": (
        "      - key: phase-2/one",
        "      - key: «phase-1/one",
        "phases[1].tasks[0].key",
        "'phase-1/one' stands twice, first in line 58",
        "a name of its own",
    ),
    "skill that stands twice": (
        "          - sql",
        "          - «python",
        "phases[0].tasks[0].skills[1]",
        "'python' stands twice, first in line 65",
        "a name of its own",
    ),
    "key that is no key": (
        "      - key: phase-2/one",
        "      - key: «Phase 2/One",
        "phases[1].tasks[0].key",
        "'Phase 2/One' is not a key",
        "lower-case letters",
    ),
    "No, which YAML reads as false": (
        "        title: Two",
        "        title: «No",
        "phases[0].tasks[1].title",
        "YAML reads this word as true or false, but text is meant",
        'text in quotes, such as "No"',
    ),
    "number where text is meant": (
        "        title: Two",
        "        title: «2028",
        "phases[0].tasks[1].title",
        "2028 is not text",
        "text, in quotes where it looks like a number",
    ),
    "date where text is meant": (
        "        title: Two",
        "        title: «2028-01-01",
        "phases[0].tasks[1].title",
        "YAML reads 2028-01-01 as a date",
        "the text in quotes, or a plain decimal number",
    ),
    "octal number": (
        "        hours: 10",
        "        hours: «010",
        "phases[0].tasks[0].hours",
        "YAML reads 010 as a number of an unusual kind",
        "the text in quotes, or a plain decimal number",
    ),
    "nothing where text is meant": (
        "        title: Two",
        "        title:«",
        "phases[0].tasks[1].title",
        "is empty",
        "a text, or leave the key out",
    ),
    "text where a number is meant": (
        "        hours: 10",
        "        hours: «200+",
        "phases[0].tasks[0].hours",
        "'200+' is not a number",
        "a plain number such as 40, or leave the key out",
    ),
    "hours below zero": (
        "        hours: 10",
        "        hours: «-1",
        "phases[0].tasks[0].hours",
        "Input should be greater than 0",
        "more than 0",
    ),
    "text where a list is meant": (
        "        skills:\n          - python\n          - sql",
        "        skills: «python",
        "phases[0].tasks[0].skills",
        "'python' is not a list",
        "a list, each entry on a line that begins with a hyphen",
    ),
    "list where a mapping is meant": (
        "        measure:\n          kpi: problems\n          target: 10",
        "        measure: «[problems]",
        "phases[0].criteria[0].measure",
        "a list is not a mapping",
        "keys and values",
    ),
    "word that is not in the list": (
        "      layout: board",
        "      layout: «kanban",
        "tracking.views[0].layout",
        "'kanban' is not known",
        "table, board, list, calendar, gallery, timeline",
    ),
    "type that does not suit the role": (
        "      name: Status\n      type: select",
        "      name: Status\n      type: «multi_select",
        "tracking.properties[3].type",
        "the status property cannot be of the type 'multi_select'",
        "select",
    ),
    "no title": (
        "  properties:\n    - role: task\n      name: Task Name\n      type: title\n    - role: phase",
        "  properties:\n    «- role: phase",
        "tracking.properties",
        "no property is the title of a task",
        "one of `type: title`",
    ),
    "no option that means completed": (
        "        - name: Done\n          means: completed",
        "        - name: Done",
        "tracking.properties[3]",
        "no option of the status property says that a task is completed",
        "one option with `means: completed`",
    ),
    "alias": (
        "        title: Two",
        "        title: &two Two\n        description: «*two",
        "phases[0].tasks[1].description",
        "the alias *two is not allowed",
        "the value itself",
    ),
    "tag": (
        "        title: Two",
        "        title: «!!python/name:os.system Two",
        "phases[0].tasks[1].title",
        "the tag tag:yaml.org,2002:python/name:os.system is not allowed",
        "plain YAML without tags",
    ),
    "half an emoji": (
        "        title: Two",
        '        title: "\\u«d83d"',
        "",
        "not YAML: while parsing a quoted scalar found invalid Unicode character escape code",
        "",
    ),
}

PLACES = {
    "window after an open end": "start: «5",
    "window before that of an earlier phase": "start: «5",
    "no option that means completed": "- «role: status",
    "choice of one": "- key: «tool",
    "choice that requires both": "- key: «tool",
}
"""Where the problem stands when it is not in what was changed."""


def problems_of(content: str | bytes) -> tuple[Problem, ...]:
    """What the loader says about a file that it must refuse."""
    with pytest.raises(TemplateInvalid) as caught:
        parse_template("mine.yaml", content.encode() if isinstance(content, str) else content)
    return caught.value.problems


def test_the_small_template_is_sound() -> None:
    assert parse_template("mine.yaml", SMALL.encode()).title == "A small roadmap"


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_named_with_its_place(case: str) -> None:
    old, new, field, message, allowed = CASES[case]
    content, line, column = damaged(old, new, PLACES.get(case, "«"))
    (problem,) = problems_of(content)
    assert (problem.path, problem.field, problem.message) == ("mine.yaml", field, message)
    assert problem.allowed.startswith(allowed) if allowed else problem.allowed == ""
    assert (problem.line, problem.column) == (line, column)


@pytest.mark.parametrize(
    ("role", "used", "word"),
    [("week", "week: Week 2", "Week 1"), ("pillar", "pillar: Week 2", "Week 1")],
)
def test_options_that_a_property_names_are_all_there_are(role: str, used: str, word: str) -> None:
    column = f"    - role: {role}\n      name: Column\n      type: select\n"
    pillars = "pillars:\n  - key: two\n    option: Week 2\n    title: Two\nkpis:\n" if role == "pillar" else "kpis:\n"
    sound = SMALL.replace("        title: Two\n", f"        title: Two\n        {used}\n").replace("kpis:\n", pillars)
    parse_template("mine.yaml", sound.replace("  views:\n", f"{column}  views:\n").encode())
    named = sound.replace("  views:\n", f"{column}      options:\n        - name: {word}\n  views:\n")
    (problem,) = problems_of(named)
    assert problem.message == f"'Week 2' is not one of the options of the {role} property; did you mean 'Week 1'?"
