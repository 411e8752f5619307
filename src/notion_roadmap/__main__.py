"""`python -m notion_roadmap` is the console script."""

from notion_roadmap.cli import main

main()
