"""What is allowed in a template and yet looks bad in Notion."""

from __future__ import annotations

from pathlib import Path

import pytest

from notion_roadmap.service.lint import in_workspace, lint_template
from notion_roadmap.templates import TemplateInvalid, load_template
from notion_roadmap.templates.lint import Finding
from notion_roadmap.workspace.items import Database, Workspace
from notion_roadmap.workspace.properties import Property, PropertyType, Rollup
from templates.small import SMALL, damaged

SKILLS = "".join(f"          - skill {number}\n" for number in range(101))
SKILLS_COLUMN = "    - role: skills\n      name: Skills\n      type: multi_select\n  views:\n"
VIEWS = "".join(f"    - key: v{number}\n      name: View {number}\n      layout: table\n" for number in range(6))

CASES = {
    "title-long": (
        "        title: Two",
        f"        title: «{'words ' * 14}",
        "phases[0].tasks[1].title",
        "a phone cuts this title of 83 characters",
    ),
    "title-marks": (
        "        title: Two",
        '        title: «"**Two**"',
        "phases[0].tasks[1].title",
        "a title shows ** as it is written",
    ),
    "title-twice": (
        "        title: Two",
        "        title: «One",
        "phases[0].tasks[1].title",
        "phase-1/one has the same title, and cards show little else",
    ),
    "option-long": (
        "        - name: LOW",
        f"        - name: «{'x' * 41}",
        "tracking.properties[4].options[1].name",
        "a card cuts this option of 41 characters",
    ),
    "option-alike": (
        "          - sql",
        "          - «Py-thon",
        "phases[0].tasks[0].skills[1]",
        "'Py-thon' and 'python' become two options",
    ),
    "text-long": (
        "        title: Two",
        f"        title: Two\n        description: «{'x' * 2_001}",
        "phases[0].tasks[1].description",
        "a column with 2,001 characters cannot be read",
    ),
    "phase-optional": (
        "        title: One more",
        "        title: One more\n        scope: stretch",
        "phases[1]",
        "nothing in this phase is required, so it is over before it begins",
    ),
    "window-outside": (
        "        title: Two",
        "        title: Two\n        window:\n          «unit: days\n          start: 20\n          end: 29",
        "phases[0].tasks[1].window",
        "the window of the task is not inside that of its phase",
    ),
    "window-missing": (
        "    window:\n      unit: weeks\n      start: 5\n",
        "",
        "phases[1]",
        "the other phases have a window and this one has none",
    ),
    "tabs-many": (
        "phases:\n",
        f"{VIEWS}    - «key: ninth\n      name: Ninth\n      layout: list\nphases:\n",
        "tracking.views[8]",
        "Notion shows 8 tabs and hides the others behind a menu",
    ),
}
PLACES = {
    "phase-optional": "- «key: phase-2\n    title: Second",
    "window-missing": "- «key: phase-2\n    title: Second",
}


def findings_of(folder: Path, content: str) -> tuple[Finding, ...]:
    path = folder / "mine.yaml"
    path.write_text(content, encoding="utf-8")
    return lint_template(path)


def test_a_good_template_is_clean(tmp_path: Path) -> None:
    assert findings_of(tmp_path, SMALL) == ()


@pytest.mark.parametrize("rule", CASES)
def test_what_looks_bad_is_named_with_its_place(rule: str, tmp_path: Path) -> None:
    old, new, field, message = CASES[rule]
    content, line, column = damaged(old, new, PLACES.get(rule, "«"))
    (found,) = findings_of(tmp_path, content)
    assert (found.rule, found.field, found.message) == (rule, field, message)
    assert (found.line, found.column) == (line, column)
    assert str(found) == f"{tmp_path / 'mine.yaml'}:{line}:{column}: {rule}: {field}: {message}; {found.advice}"


def test_a_crowd_of_options_and_groups(tmp_path: Path) -> None:
    content = SMALL.replace("          - sql\n", SKILLS).replace("  views:\n", SKILLS_COLUMN)
    content = content.replace("group_by: Phase", "group_by: Skills")
    found = [(one.rule, one.field, one.message) for one in findings_of(tmp_path, content)]
    assert found == [
        ("options-many", "tracking.properties[5]", "Skills has 102 options, and Notion takes 100 at once"),
        ("groups-many", "tracking.views[0].group_by", "a board with 102 groups cannot be looked through"),
    ]


def test_windows_inside_and_windows_that_cannot_be_compared(tmp_path: Path) -> None:
    inside = "        title: Two\n        window:\n          unit: days\n          start: 20\n          end: 28"
    dated = "        title: Two\n        window:\n          unit: dates\n          start: '2031-01-01'"
    for window in (inside, dated):
        assert findings_of(tmp_path, SMALL.replace("        title: Two", window)) == ()


def test_a_roll_up_of_a_roll_up(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(SMALL, encoding="utf-8")
    total = Property("tasks.total", "Total", PropertyType.ROLLUP, rollup=Rollup("tasks.phase", "phases.sum", "sum"))
    hours = Property("phases.sum", "Sum", PropertyType.ROLLUP, rollup=Rollup("phases.tasks", "tasks.hours", "sum"))
    bases = (Database("tasks", "root", "T", (total,), ""), Database("phases", "root", "P", (hours,), ""))
    workspace = Workspace("a", "A", "1", (), (), bases, (), ())
    ((loc, rule, message, _),) = in_workspace(load_template(tmp_path / "mine.yaml"), workspace)
    assert (loc, rule) == (("tracking",), "rollup-of-rollup")
    assert message == "Total rolls up Sum, which is a roll-up itself: Notion shows nothing"


def test_a_wrong_template_is_mended_first(tmp_path: Path) -> None:
    with pytest.raises(TemplateInvalid):
        findings_of(tmp_path, SMALL.replace("title: Two", "titel: Two"))
