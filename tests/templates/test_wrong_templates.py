"""Each kind of mistake in a template, with the place, the field and the words that its author gets."""

from __future__ import annotations

import pytest

from notion_roadmap.templates import Problem, TemplateInvalid, parse_template
from templates.mistaken_values import VALUES
from templates.mistakes import REFERENCES
from templates.small import SMALL, damaged

CASES = {**REFERENCES, **VALUES}
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
