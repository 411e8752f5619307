"""The manifest: a code block of ours on the data page that holds what no row's key can.

With it and the keys, all local state can be rebuilt on another machine, or in a job that keeps none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from notion_roadmap.service.stand_ins import stand_ins
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.items import Kind, Workspace
from notion_roadmap.workspace.observed import Applied
from notion_roadmap.workspace.text import Text

MANIFEST = "section:manifest"
"""Key of the manifest among the addresses and in the state."""

_FORMAT = "notion-roadmap manifest 1"


@dataclass(frozen=True)
class Manifest:
    """Ids by our keys, and what the workspace was made from; of views that Notion refused in full, which rung of their
    ladder stands there."""

    roadmap: str
    version: str
    settings: Mapping[str, str]
    databases: Mapping[str, str]
    sources: Mapping[str, str]
    views: Mapping[str, str]
    properties: Mapping[str, str]
    stand_ins: Mapping[str, int] = field(default_factory=dict)


def manifest_of(workspace: Workspace, applied: Mapping[str, Applied]) -> Manifest:
    """The manifest of a workspace as it was last applied."""

    def ids(kind: Kind) -> dict[str, str]:
        return {a.key: a.id for a in sorted(applied.values(), key=lambda a: a.key) if a.kind is kind}

    sources = {a.key: a.refs["data_source"] for a in applied.values() if "data_source" in a.refs}
    return Manifest(
        workspace.key, workspace.version, dict(workspace.settings), ids(Kind.DATABASE),
        dict(sorted(sources.items())), ids(Kind.VIEW), ids(Kind.PROPERTY),
        {one.key: one.rung for one in stand_ins(applied.values())},
    )  # fmt: skip


def manifest_block(manifest: Manifest) -> Block:
    """The block that is written."""
    words = json.dumps({"format": _FORMAT, **asdict(manifest)}, ensure_ascii=False, sort_keys=True, indent=1)
    return Block(BlockType.CODE, Text.of(words), language="json")


def read_manifest(code_blocks: Iterable[str]) -> Manifest | None:
    """The manifest among the code blocks of a page; None when there is none, or none that can be read."""
    for words in code_blocks:
        try:
            told = json.loads(words)
            if told.pop("format") == _FORMAT:
                return Manifest(**told)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # the owner's own code, or a manifest that somebody edited: markers and names remain
    return None
