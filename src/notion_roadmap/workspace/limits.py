"""Notion's size limits, in the units it counts in.

https://developers.notion.com/reference/request-limits
"""

from __future__ import annotations

from typing import Final

TEXT_LENGTH: Final = 2_000
"""UTF-16 units of one rich text's content, and of one link."""

RICH_TEXTS: Final = 100
"""Rich texts in one array."""

CHILDREN: Final = 100
"""Blocks in one array."""

NESTING: Final = 2
"""Levels of blocks in one request, the appended ones being the first."""

REQUEST_BLOCKS: Final = 1_000
"""Blocks in one request, all levels together."""

REQUEST_BYTES: Final = 500_000
"""Bytes of one request's body."""

VALUES: Final = 100
"""Options, relations or people in one value of one request."""

PAGE_SIZE: Final = 100
"""Results in one page of a listing."""

OPTIONS: Final = 100
"""Options of one property in one request."""

OPTION_NAME: Final = 100
"""Characters of an option's name, which holds no comma."""

PROPERTY_DESCRIPTION: Final = 280
"""Characters of a property's description."""

INLINE_REFERENCES: Final = 25
"""References that a page object carries in full: https://developers.notion.com/reference/page-property-values"""

QUERY_ROWS: Final = 10_000
"""Rows that one query can reach: https://developers.notion.com/guides/data-apis/query-large-data-sources"""

WIDGETS: Final = 12
"""Widgets of a dashboard, four in a row."""

FREE_BLOCKS: Final = 1_000
"""Lifetime blocks of a free workspace with several members:
https://developers.notion.com/reference/workspace-block-limits"""
