"""What each bundled template is: the import of its document, with its overlay."""

from __future__ import annotations

from pathlib import Path

from notion_roadmap.service.import_ import Wishes, import_document

REPOSITORY = Path(__file__).resolve().parents[2]
SEEDS = REPOSITORY / "tests/data/seeds"
TEMPLATES = REPOSITORY / "templates"

DOCUMENTS = {
    "analytics-engineer-32-weeks": "003_25d9a2783aae6a17.txt",
    "apex-engineer": "001_d043b64a6aa5e794.txt",
    "data-engineering-career": "002_526196d5967d100e.txt",
    "foundation-to-elite": "000_af9c71446b6f82f9.txt",
    "principal-ai-architect-60-days": "004_0efd650f91282031.txt",
}
"""The document of each template."""


def remade(name: str) -> str:
    """The text of a bundled template as it should be.

    Raises:
        TemplateInvalid: its overlay is wrong.
    """
    overlay = TEMPLATES / "overlays" / f"{name}.yaml"
    document = SEEDS / DOCUMENTS[name]
    head = (
        f"Made by scripts/templates from {document.relative_to(REPOSITORY)} and {overlay.relative_to(REPOSITORY)}:",
        "change those, then run it again. `# guessed` marks what the document does not state.",
    )
    wishes = Wishes(document.read_bytes(), document.name, overlay=overlay, head=head, traced=False)
    outcome = import_document(wishes)
    assert outcome.problems == (), outcome.problems
    return outcome.text
