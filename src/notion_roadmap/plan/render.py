"""A plan for people and for programs: Markdown, JSON, rows of a table, one sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from notion_roadmap.plan.changes import Change, Plan
from notion_roadmap.plan.checksum import checksum, short
from notion_roadmap.plan.words import count
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Kind

_PLURALS = {Kind.PROPERTY: "properties"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def summary(plan: Plan) -> str:
    """One sentence: how many of what would be done, and how many items are as they should be."""
    parts = [f"{action} {_kinds(found)}" for action, found in plan.by_action.items()]
    parts.append(f"{count(plan.unchanged, 'item')} unchanged")
    return f"{'; '.join(parts)}."


def _kinds(changes: Iterable[Change]) -> str:
    counted = Counter(change.kind for change in changes)
    return ", ".join(how_many(kind, counted[kind]) for kind in Kind if kind in counted)


def how_many(kind: Kind, number: int) -> str:
    """A number of items of one kind: "1 page", "12 properties"."""
    return f"{number} {kind.value if number == 1 else _PLURALS.get(kind, f'{kind}s')}"


def rows(plan: Plan) -> tuple[tuple[str, str, str, str], ...]:
    """Action, kind, key and reason of every change, in order."""
    return tuple((one.action.value, one.kind.value, one.key, one.why) for one in plan.changes)


def as_json(plan: Plan, price: Mapping[str, JSON]) -> dict[str, JSON]:
    """What `plan --json` prints: checksum, changes and price."""
    names = ("action", "kind", "key", "why")
    changes: list[JSON] = [dict(zip(names, row, strict=True)) for row in rows(plan)]
    return {"checksum": checksum(plan), "changes": changes, "price": dict(price)}


def as_markdown(plan: Plan, price: Mapping[str, JSON]) -> str:
    """The plan as a page: summary, checksum, price, one list for each action."""
    lines = [f"**Plan** `{short(plan)}`: {summary(plan)}", ""]
    lines += [f"- {name.replace('_', ' ')}: {_plain(value)}" for name, value in price.items()]
    for action, changes in plan.by_action.items():
        lines += ["", f"## {action.value.capitalize()} ({len(changes)})", ""]
        lines += [f"- {one.kind} {_escaped(one.key)}: {_escaped(one.why)}" for one in changes]
    return "\n".join(lines) + "\n"


def _plain(value: JSON) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value) or "none"
    return _escaped(str(value))


def _escaped(text: str) -> str:
    """Without meaning in Markdown: names and values are the owner's words."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
