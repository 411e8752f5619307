"""The comparer of columns: a type is never forced, options are only ever added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from notion_roadmap.plan.alike import loose
from notion_roadmap.plan.fields import Field
from notion_roadmap.plan.merge import Decision, Story, merge
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.limits import OPTIONS
from notion_roadmap.workspace.properties import PropertyType


def retyped(wanted: Mapping[str, Field], live: Mapping[str, JSON]) -> bool:
    """Whether the column has another type than the template wants, so that rows cannot be written through it."""
    return live.get("type", wanted["type"].value) != wanted["type"].value


def merge_property(
    wanted: Mapping[str, Field], base: Mapping[str, JSON], live: Mapping[str, JSON], *, restore: bool
) -> Iterator[Decision]:
    """As `merge`, for one column. `restore` brings options back that the owner removed."""
    plain = {name: wanted[name] for name in ("name", "description")}
    yield from merge(plain, base, live)
    if retyped(wanted, live):
        yield _type(wanted, base, live)
        return
    if "options" in live:
        yield from _options(wanted["options"].value, base, live, restore=restore)
    if "definition" in base and base["definition"] != wanted["definition"].value:
        # Notion tells formulas in a form of its own, so a definition is looked at only when the template changed, and
        # that of a formula counts as the one that we left there.
        formula = wanted["type"].value == PropertyType.FORMULA
        yield from merge({"definition": wanted["definition"]}, base, {**live, **base} if formula else live)


def _type(wanted: Mapping[str, Field], base: Mapping[str, JSON], live: Mapping[str, JSON]) -> Decision:
    # Either the owner retyped the column, or the template did; changing a type loses entries, so neither is followed.
    mine = base.get("type", wanted["type"].value)
    story = Story.TEMPLATE_RETYPED if mine == live["type"] else Story.OWNER_RETYPED
    return Decision("type", story, base.get("type"), live["type"], wanted["type"].value)


def _options(desired: JSON, base: Mapping[str, JSON], live: Mapping[str, JSON], *, restore: bool) -> Iterator[Decision]:
    """Missing options: new ones are added, those that were there before were removed or renamed by the owner.

    Options beyond these, colours, descriptions and the order are the owner's.
    """
    there = _names(live["options"])
    missing = [option for option in _list(desired) if _name(option) not in there]
    known = _names(base.get("options"))
    gone = [one for one in missing if not restore and ("options" not in base or _name(one) in known)]
    added = [one for one in missing if one not in gone]
    if not missing:
        yield Decision("options", Story.SAME, base.get("options"), live["options"], desired)
    if gone:
        story = Story.OPTIONS_REMOVED if "options" in base else Story.BASE_UNKNOWN
        yield Decision("options", story, base.get("options"), live["options"], gone)
    if added and len(there) + len(added) <= OPTIONS:
        # A longer list cannot be sent in one request without losing options; Notion adds each with the first row
        # that carries it.
        yield Decision("options", Story.TEMPLATE_CHANGED, base.get("options"), live["options"], added)


def _list(options: JSON) -> list[JSON]:
    return options if isinstance(options, list) else []


def _names(options: JSON) -> set[JSON]:
    return {_name(option) for option in _list(options)}


def _name(option: JSON) -> str:
    return str(loose(option["name"])) if isinstance(option, dict) else ""
