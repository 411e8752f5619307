"""Whatever stands below a heading that a recogniser knows, the result is a template."""

import pytest

from notion_roadmap.importer import import_markdown
from notion_roadmap.importer.words import WORDS
from notion_roadmap.templates.load import roadmap_of
from notion_roadmap.templates.tree import Tree

LONG = "wort " * 5_000
BELOW = (
    f"- {LONG}",
    f"- **{LONG}:** a\n- **b:** {LONG} 3/week",
    "- [a](https://example.org/" + "a" * 3_000 + ")",
    f"| a | b |\n|--|--|\n| {LONG} | {LONG} |",
    "```\n## a\n- b\n```",
    "### a\n- b\n### c\n- d",
    "\n".join(f"- a{number}" for number in range(40)),
    "- **A, B:** a\n- **C, D → E:** 30%\n- **E → F, G:** 900%\n- a: +3000%",
    "- \n- **:** \n- ()\n- **()** ()",
    "- a\n- a\n- A",
    "- Name (Title)\n- Status (Select: " + "o, " * 120 + "p)\n- Due (Date)\n- Due Date (Date)",
    "- a\n  - b\n    - c\n      - d",
    "✅ a\n❌ b: c",
    "- 0 a\n- 0%\n- **a:** 0/week\n- 99999999999999999999 pages\n- **b:** " + "9" * 400 + "/week",
)


@pytest.mark.parametrize("below", BELOW, ids=range(len(BELOW)))
@pytest.mark.parametrize("before", ["## ", "## Phase 2: b\n- c\n### "], ids=["outside", "in a phase"])
def test_it_is_a_template_in_any_case(before: str, below: str) -> None:
    chapters = "\n".join(f"{before}{phrases[0]}\n{below}" for phrases in WORDS.values())

    imported = import_markdown(f"# Plan\n## Phase 1: a\n- [ ] b\n{chapters}\n".encode(), name="plan")

    roadmap_of(Tree("", imported.data))
    assert not [account for account in imported.lines if account.kind == "not_understood"]
