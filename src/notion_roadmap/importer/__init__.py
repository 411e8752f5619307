"""Anyone's Markdown becomes the data of a template, with an account of every line and of every guess."""

from notion_roadmap.importer.aliases import DEFAULT_ALIASES, Aliases
from notion_roadmap.importer.draft import Guess
from notion_roadmap.importer.errors import DocumentBinary, DocumentTooLarge, ImportRefused, NothingToDo
from notion_roadmap.importer.ledger import Account
from notion_roadmap.importer.run import Imported, import_markdown

__all__ = [
    "DEFAULT_ALIASES",
    "Account",
    "Aliases",
    "DocumentBinary",
    "DocumentTooLarge",
    "Guess",
    "ImportRefused",
    "Imported",
    "NothingToDo",
    "import_markdown",
]
