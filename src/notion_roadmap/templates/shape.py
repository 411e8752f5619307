"""What the shape of a roadmap refuses (pydantic's errors), said in the words of a template's author."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from notion_roadmap.roadmap import Step
from notion_roadmap.templates.fields import TOP, Models, below, fields
from notion_roadmap.templates.problems import Problem, did_you_mean
from notion_roadmap.templates.tree import Loc, Tree

_KEY_RULE = "lower-case letters and digits, joined by hyphens and slashes, such as phase-2/project-1"
_NUMBER_ERRORS = {"int_type", "float_type", "int_from_float"}
_NOT_A_LIST = {"tuple_type", "list_type"}
_NOT_A_MAPPING = {"model_type", "model_attributes_type", "dict_type"}
_BOUNDS = {
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
    "string_too_long": "at most {max_length} characters",
    "url_too_long": "at most {max_length} characters",
    "option_too_long": "at most {max_length} characters",
    "string_too_short": "a text",
    "too_short": "{min_length} or more",
    "month": "{allowed}",
}


def shape_problems(tree: Tree, error: ValidationError) -> Iterator[Problem]:
    """Every problem of the shape once, at its place."""
    named = {(loc, False) for loc in tree.refused}
    for details in error.errors(include_url=False):
        if _only_seems_short(details):
            continue
        resolved = _resolved(tree.data, details["loc"])
        if resolved is None:
            continue
        loc, owners = resolved
        at_key = details["type"] == "extra_forbidden"
        if (loc, at_key) not in named:
            named.add((loc, at_key))
            said = _unknown_key(loc, owners) if at_key else _said(details)
            yield tree.problem(loc, *said, at_key=at_key)


def _only_seems_short(details: ErrorDetails) -> bool:
    """Pydantic counts the entries that are right; those that are wrong are named on their own."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def _resolved(data: object, loc: tuple[str | int, ...]) -> tuple[Loc, Models] | None:
    """The location in the data, and the models that own its last part; None for a complaint that says nothing.

    Pydantic puts the names of union members in between; behind a union of models the next part is always such a name,
    and a part that leads nowhere in the data is one of a union of numbers. A step is a text or a mapping: what it is
    not is no reason to complain.
    """
    parts: list[str | int] = []
    models = owners = TOP
    for index, part in enumerate(loc):
        if len(models) > 1:
            models = tuple(model for model in models if _is_tagged(model, part))
            continue
        if models == (Step,) and isinstance(loc[index - 1], int):
            if isinstance(data, Mapping) != (part == Step.__name__):
                return None
            continue
        if _has(data, part):
            data = data[part]  # type: ignore[index]
        elif not (isinstance(data, Mapping) and index == len(loc) - 1):
            continue
        parts.append(part)
        if isinstance(part, str):
            owners = models
            models = below(models, part)
    return tuple(parts), owners


def _has(data: object, part: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, Mapping) and part in data


def _unknown_key(loc: Loc, owners: Models) -> tuple[str, str]:
    known = fields(owners)
    return f"unknown key{did_you_mean(str(loc[-1]), known)}", ", ".join(known)


def _said(details: ErrorDetails) -> tuple[str, str]:
    kind, context, given = details["type"], details.get("ctx", {}), details["input"]
    if kind == "missing":
        return "is missing", ""
    if kind in ("literal_error", "union_tag_invalid"):
        expected = str(context.get("expected") or context.get("expected_tags")).replace(" or ", ", ")
        names = [name.strip("'") for name in expected.split(", ")]
        shown = given.get(str(context["discriminator"]).strip("'")) if isinstance(given, Mapping) else given
        return f"{_shown(shown)} is not known{did_you_mean(str(shown), names)}", ", ".join(names)
    if kind == "union_tag_not_found":
        return f"{context['discriminator']!s} is missing", ""
    if kind == "string_pattern_mismatch":
        return f"{_shown(given)} is not a key", _KEY_RULE
    if kind == "string_type":
        return _not_text(given)
    return _bounded(kind, context, given, details["msg"])


def _bounded(kind: str, context: Mapping[str, Any], given: object, words: str) -> tuple[str, str]:
    if kind in _NUMBER_ERRORS:
        return f"{_shown(given)} is not a number", "a plain number such as 40, or leave the key out"
    if kind in _NOT_A_LIST:
        return f"{_shown(given)} is not a list", "a list, each entry on a line that begins with a hyphen"
    if kind in _NOT_A_MAPPING:
        return f"{_shown(given)} is not a mapping", "keys and values"
    if kind in ("string_too_long", "string_too_short") and isinstance(given, str):
        words = f"has {len(given.strip())} characters" if given.strip() else "is empty"
    if kind == "too_short":
        words = "has too few entries"
    return words, _BOUNDS.get(kind, "").format(**context)


def _not_text(given: object) -> tuple[str, str]:
    quoted = (
        'text in quotes, such as "No"' if isinstance(given, bool) else "text, in quotes where it looks like a number"
    )
    if isinstance(given, bool):
        return "YAML reads this word as true or false, but text is meant", quoted
    if given is None:
        return "is empty", "a text, or leave the key out"
    return f"{_shown(given)} is not text", quoted if isinstance(given, int | float) else "one text"


def _shown(given: object) -> str:
    if isinstance(given, list):
        return "a list"
    if isinstance(given, Mapping):
        return "a mapping"
    if given is None:
        return "nothing"
    if isinstance(given, str):
        return repr(given if len(given) <= 60 else f"{given[:60]}…")
    return str(given).lower() if isinstance(given, bool) else str(given)


def _is_tagged(model: type[BaseModel], tag: str | int) -> bool:
    literals = (field.annotation for field in model.model_fields.values() if get_origin(field.annotation) is Literal)
    return any(tag in get_args(literal) for literal in literals)
