"""What the shape alone cannot say: names that stand twice, references that lead nowhere, windows that collide.

The checks read the raw data, so that one problem of the shape hides none of these.
"""

from __future__ import annotations

from collections.abc import Iterator

from notion_roadmap.templates.lookup import select, texts
from notion_roadmap.templates.problems import Problem, did_you_mean, listed
from notion_roadmap.templates.tree import Loc, Tree

_UNIQUE = (
    ("pillars/*/key",),
    ("pillars/*/option",),
    ("phases/*/key",),
    ("phases/*/option",),
    ("phases/*/tasks/*/key",),
    ("phases/*/choices/*/key",),
    ("phases/*/criteria/*/key",),
    ("kpis/*/key",),
    ("kpis/*/name",),
    ("habits/*/key",),
    ("habits/*/title",),
    ("routines/*/key",),
    ("risk_rules/*/key",),
    ("requirements/*/key",),
    ("funnel/stages/*",),
    ("funnel/steps/*/key",),
    ("weekly_review/sections/*/key",),
    ("weekly_review/sections/*/fields/*/key",),
    ("resources/*/key", "practice_platforms/key"),
    ("competencies/*/key",),
    ("questions/*/key",),
    ("mappings/*/key",),
    ("notes/*/key",),
    ("tracking/properties/*/name",),
    ("tracking/properties/*/role",),
    ("tracking/views/*/key",),
    ("tracking/views/*/name",),
)
_UNIQUE_WITHIN = (("phases/*/tasks/*", "skills/*"), ("tracking/properties/*", "options/*/name"))
_REFERENCES = (
    (
        "phase",
        "phases/*/key",
        (
            "kpis/*/active_in",
            "funnel/active_in",
            "weekly_review/sections/*/fields/*/active_in",
            "competencies/*/phase",
        ),
    ),
    ("pillar", "pillars/*/option", ("phases/*/tasks/*/pillar",)),
    (
        "KPI",
        "kpis/*/key",
        (
            "phases/*/criteria/*/measure/kpi",
            "requirements/*/measure/kpi",
            "weekly_review/sections/*/fields/*/kpi",
        ),
    ),
    ("habit", "habits/*/key", ("kpis/*/counted/habit",)),
    (
        "stage",
        "funnel/stages/*",
        (
            "kpis/*/counted/stage",
            "kpis/*/counted/from_stage",
            "kpis/*/counted/to_stage",
            "funnel/steps/*/from_stage",
            "funnel/steps/*/to_stage",
        ),
    ),
    (
        "property",
        "tracking/properties/*/name",
        ("tracking/views/*/group_by", "tracking/views/*/date_property", "tracking/views/*/filter/property"),
    ),
)
_OPTIONS = (
    ("phase", ("phases/*/option",)),
    ("pillar", ("pillars/*/option",)),
    ("week", ("phases/*/tasks/*/week",)),
    ("category", ("phases/*/tasks/*/category", "kpis/*/counted/category")),
    (
        "priority",
        ("phases/*/tasks/*/priority", "resources/*/resources/*/priority", "practice_platforms/resources/*/priority"),
    ),
)
_TYPES = {
    "task": ("title",),
    "phase": ("select",),
    "pillar": ("select",),
    "week": ("select",),
    "category": ("select",),
    "status": ("select",),
    "priority": ("select",),
    "hours": ("number",),
    "due_date": ("date",),
    "deliverable": ("text",),
    "proof": ("url", "text"),
    "skills": ("multi_select",),
    "course_resource": ("url", "text"),
    "notes": ("text",),
}
"""What a property of each role holds."""


def check(tree: Tree) -> Iterator[Problem]:
    """Every problem that can be found in the data, whole or not."""
    yield from _unique(tree)
    yield from _references(tree)
    yield from _known_options(tree)
    yield from _filters(tree)
    yield from _one_title(tree)
    yield from _types(tree)
    yield from _completed(tree)


def _unique(tree: Tree) -> Iterator[Problem]:
    for patterns in _UNIQUE:
        found = (hit for pattern in patterns for hit in texts(tree.data, pattern))
        yield from _twice(tree, found)
    for outer, inner in _UNIQUE_WITHIN:
        for loc, entry in select(tree.data, outer):
            yield from _twice(tree, (((*loc, *below), name) for below, name in texts(entry, inner)))


def _twice(tree: Tree, found: Iterator[tuple[Loc, str]]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for loc, name in found:
        if name in first:
            yield tree.problem(loc, f"{name!r} stands twice, first in line {first[name]}", "a name of its own")
        first.setdefault(name, tree.line(loc))


def _references(tree: Tree) -> Iterator[Problem]:
    for kind, definitions, uses in _REFERENCES:
        known = [name for _, name in texts(tree.data, definitions)]
        for pattern in uses:
            for loc, name in texts(tree.data, pattern):
                if name not in known:
                    yield _unknown(tree, loc, f"there is no {kind} {name!r}", name, known)


def _known_options(tree: Tree) -> Iterator[Problem]:
    for role, uses in _OPTIONS:
        known = _options(tree, "role", role)
        if not known:  # they may be left out: the options are then those that are used, in their order
            continue
        for pattern in uses:
            for loc, name in texts(tree.data, pattern):
                if name not in known:
                    yield _unknown(tree, loc, f"{name!r} is not one of the options of the {role} property", name, known)


def _filters(tree: Tree) -> Iterator[Problem]:
    for loc, _ in select(tree.data, "tracking/views/*/filter"):
        view = loc[2]
        names = {name for _, name in texts(_at(tree, loc), "property")}
        for at, option in texts(_at(tree, loc), "equals"):
            known = _options(tree, "name", next(iter(names), ""))
            if known and option not in known:
                message = f"{option!r} is not one of the options of {next(iter(names))}"
                yield _unknown(tree, ("tracking", "views", view, "filter", *at), message, option, known)


def _one_title(tree: Tree) -> Iterator[Problem]:
    kinds = list(texts(tree.data, "tracking/properties/*/type"))
    titles = [loc for loc, kind in kinds if kind == "title"]
    if kinds and not titles:
        yield tree.problem(("tracking", "properties"), "no property is the title of a task", "one of `type: title`")
    for loc in titles[1:]:
        yield tree.problem(loc, "a second property is the title of a task", "one of `type: title`")


def _types(tree: Tree) -> Iterator[Problem]:
    for loc, role in texts(tree.data, "tracking/properties/*/role"):
        for below, kind in texts(_at(tree, loc[:-1]), "type"):
            expected = _TYPES.get(role, (kind,))
            if kind not in expected:
                message = f"the {role} property cannot be of the type {kind!r}"
                yield tree.problem((*loc[:-1], *below), message, ", ".join(expected))


def _completed(tree: Tree) -> Iterator[Problem]:
    for loc, role in texts(tree.data, "tracking/properties/*/role"):
        meanings = [means for _, means in texts(_at(tree, loc[:-1]), "options/*/means")]
        named = any(texts(_at(tree, loc[:-1]), "options/*/name"))
        if role == "status" and named and "completed" not in meanings:
            message = "no option of the status property says that a task is completed"
            yield tree.problem(loc[:-1], message, "one option with `means: completed`")


def _options(tree: Tree, field: str, wanted: str) -> list[str] | None:
    """The names of the options of the property with this role or name; None when there is no such property."""
    for loc, value in texts(tree.data, f"tracking/properties/*/{field}"):
        if value == wanted:
            return [name for _, name in texts(_at(tree, loc[:-1]), "options/*/name")]
    return None


def _at(tree: Tree, loc: Loc) -> object:
    pattern = "/".join("*" if isinstance(part, int) else part for part in loc)
    return next(value for found, value in select(tree.data, pattern) if found == loc)


def _unknown(tree: Tree, loc: Loc, message: str, name: str, known: list[str]) -> Problem:
    return tree.problem(loc, f"{message}{did_you_mean(name, known)}", listed(known) or "none is defined")
