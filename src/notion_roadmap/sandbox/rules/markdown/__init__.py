"""Pages as Notion's enhanced Markdown: reading, writing, and the four kinds of change.

https://developers.notion.com/guides/data-apis/working-with-markdown-content
"""

from __future__ import annotations

from notion_roadmap.sandbox.rules.markdown.edit import change, write
from notion_roadmap.sandbox.rules.markdown.inline import parse as inline
from notion_roadmap.sandbox.rules.markdown.read import page_text

__all__ = ["change", "inline", "page_text", "write"]
