"""The laws, checked at the end of a history."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from notion_roadmap.workspace.properties import Owner
from simulation.exported import Facts, differences
from simulation.person import Deed
from simulation.plot import Plot
from simulation.world import Violation, World

SHAPING: Final = frozenset(
    {"view_configuration", "view_filters", "chart_views", "dashboard_views", "linked_views", "formula_readback"}
)
"""Switches that change what a workspace looks like in the end, and not only the way there."""

RULED: Final = frozenset({"tasks.focus", "tasks.scope", "tasks.done", "tasks.percent_done", "tasks.completed_on"})
"""Values of the owner's that our rules keep in step with what they do: completing a task ticks it, and so on."""

FOLLOWING: Final = ("criteria/transitions/", "reviews/")
"""Rows that come when a gate opens, and those that tell of the week."""


def play(plot: Plot) -> World:
    """The history of a plot, to its end, with every law checked. Raises Violation."""
    with World(plot) as world:
        world.live()
        check(world)
    return world


def check(world: World) -> None:
    """Laws 2, 3, 4 and 7. Raises Violation."""
    for deed in world.deeds:
        if not deed.holds():
            raise Violation(f"3 Modesty: undone: {deed.what}")
    found = world.facts()
    if doubled := [
        thing for thing in things(found) if thing.startswith("extra ") and not _explained(thing, world.deeds)
    ]:
        raise Violation(f"4 Exactly once: no key names {doubled}")
    keys = Counter(key for key in rows_by_key(world))
    if doubled := [key for key, number in keys.items() if number > 1]:
        raise Violation(f"4 Exactly once: several live rows of {doubled}")
    wanted = undisturbed(world.plot.template, json.dumps(_shape(world.plot), sort_keys=True))
    strange = unexplained(wanted, found, world.deeds)
    if world.deeds:  # numbers follow what the owner did; that they are as computed is what the quiet run tells
        strange = {fact: pair for fact, pair in strange.items() if not _is_computed(fact, world)}
    if strange:
        told = "\n".join(f"  {fact}: wanted {want!r}, got {got!r}" for fact, (want, got) in list(strange.items())[:8])
        raise Violation(f"2 Agreement: {len(strange)} facts differ from an undisturbed run:\n{told}")
    if world.workspace.token in json.dumps(world.workspace.store.export()["objects"]):
        raise Violation("7 Secrecy: the token is in the workspace")


def _is_computed(fact: tuple[str, str], world: World) -> bool:
    thing, aspect = fact
    computed = world.owners.get(aspect) is Owner.OURS or aspect in RULED
    return computed or thing.startswith(FOLLOWING) or fact == ("root", "body")


def _shape(plot: Plot) -> dict[str, Any]:
    return {name: value for name, value in plot.switches.items() if name in SHAPING}


@cache
def undisturbed(template: str, switches: str) -> Facts:
    """What one run makes when nothing happens."""
    with World(Plot(0, template, switches=json.loads(switches), runs=0)) as world:
        world.live()
        return world.facts()


def things(found: Facts) -> list[str]:
    """Names of what the facts are about."""
    return sorted({thing for thing, _ in found})


def _explained(thing: str, deeds: Iterable[Deed]) -> bool:
    return any((thing, "*") in deed.explains for deed in deeds)


def unexplained(wanted: Facts, got: Facts, deeds: Iterable[Deed]) -> dict[tuple[str, str], tuple[Any, Any]]:
    """Differences that nothing the person did accounts for."""
    known = frozenset(one for deed in deeds for one in deed.explains)
    gone = frozenset(thing for thing, aspect in known if aspect == "*")
    # What was to be made on it later never came to be.
    gone |= {thing for (thing, aspect), place in wanted.items() if aspect == "place" and place in gone}
    return {
        fact: pair
        for fact, pair in differences(wanted, got).items()
        if fact not in known and fact[0] not in gone and _without(pair[0], gone) != _without(pair[1], gone)
    }


def _without(value: Any, gone: frozenset[str]) -> Any:
    """A value that does not mention what is gone; nothing left is the same as nothing."""
    if isinstance(value, list):
        return [_without(one, gone) for one in value if not isinstance(one, str) or one not in gone] or None
    return value


def rows_by_key(world: World) -> list[str]:
    """The key of every live row that our connection made."""
    store = world.workspace.store
    found = []
    for doc in store.docs.values():
        source = store.docs.get(doc["parent"].get("data_source_id", "")) if doc["object"] == "page" else None
        if source is None or doc["in_trash"] or doc["created_by"] != world.workspace.bot_id:
            continue
        column = next((p["id"] for p in source["props"].values() if p["name"] == "Key"), "")
        if words := doc["values"].get(column):
            found.append("".join(one["plain_text"] for one in words))
    return found
