"""Which values stand where in a template: the fields of a mapping, in order, and what each of them holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from inspect import get_annotations
from typing import get_args

from pydantic import BaseModel

from notion_roadmap.roadmap import Roadmap

Models = tuple[type[BaseModel], ...]
"""What a value may be; several where a field holds a union, none where it is a plain text or number."""

TOP: Models = (Roadmap,)


@cache
def fields(models: Models) -> tuple[str, ...]:
    """The names of the fields in the order of their declaration; what a value adds stands before what it inherits."""
    return tuple(dict.fromkeys(name for model in models for name in _declared(model)))


@cache
def required(models: Models) -> tuple[str, ...]:
    """The names of the fields that every one of the models asks for."""
    asked = [{name for name, field in model.model_fields.items() if field.is_required()} for model in models]
    return tuple(name for name in fields(models) if all(name in names for names in asked))


@cache
def below(models: Models, name: str) -> Models:
    """What the field of this name holds; the entries, where it holds a list."""
    fitting = (model for model in models if name in model.model_fields)
    return tuple(dict.fromkeys(found for model in fitting for found in _models(model.model_fields[name].annotation)))


def at(loc: Iterable[str | int]) -> Models:
    """What stands at a location; the entry, where it ends with an index."""
    models = TOP
    for part in loc:
        if isinstance(part, str):
            models = below(models, part)
    return models


def _declared(model: type[BaseModel]) -> Iterator[str]:
    for kind in model.__mro__:
        yield from (name for name in get_annotations(kind) if name in model.model_fields)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if "root" not in annotation.model_fields:  # a text is written as what it holds
            yield annotation
        return
    for argument in get_args(annotation):
        yield from _models(argument)
