"""Columns. https://developers.notion.com/reference/property-object"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from notion_roadmap.wire.errors import CannotSend
from notion_roadmap.wire.shapes import JSONObject, dashed, obj, objs, property_id, property_key, string
from notion_roadmap.wire.text import decode_text
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.answers import SeenSchema
from notion_roadmap.workspace.columns import Column
from notion_roadmap.workspace.fit import fit_description, units
from notion_roadmap.workspace.limits import OPTION_NAME, OPTIONS
from notion_roadmap.workspace.properties import Option, Property, PropertyType, Relation, Rollup

CHOICES = ("select", "multi_select", "status")
"""Types with options."""


def encode_properties(properties: Iterable[Property], addresses: Addresses) -> JSONObject:
    """Columns to be made, by name. The side of a two-way relation that Notion makes itself is left out.

    Raises CannotSend for a relation to a database that does not exist yet, for too many or impossible options.
    """
    made = [property_ for property_ in properties if not (property_.relation and property_.relation.mirrors)]
    names = {property_.key: property_.name for property_ in made}
    return {property_.name: encode_property(property_, addresses, names) for property_ in made}


def encode_property(property_: Property, addresses: Addresses, names: Mapping[str, str]) -> JSONObject:
    """One column. `names` are those of columns that the same request makes, which have no id yet."""
    config: JSONObject = {}
    match property_.type:
        case PropertyType.SELECT | PropertyType.MULTI_SELECT:
            config = {"options": encode_options(property_)}
        case PropertyType.NUMBER:
            config = {"format": property_.number_format}
        case PropertyType.RELATION:
            config = _encode_relation(property_, addresses)
        case PropertyType.ROLLUP:
            config = _encode_rollup(property_, addresses, names)
        case PropertyType.FORMULA:
            config = {"expression": property_.formula}
    encoded: JSONObject = {"type": property_.type.value, property_.type.value: config}
    if property_.description:
        encoded["description"] = fit_description(property_.description)
    return encoded


def encode_options(property_: Property) -> list[JSONObject]:
    """The options of a column to be made."""
    if len(property_.options) > OPTIONS:
        raise CannotSend(property_.name, f"has {len(property_.options)} options; Notion takes {OPTIONS} at once")
    return [encode_option(option, property_.name) for option in property_.options]


def encode_option(option: Option, where: str) -> JSONObject:
    """A new option, with its colour, which can never be changed afterwards."""
    encoded: JSONObject = {"name": option_name(option.name, where), "color": option.color}
    if option.description:
        encoded["description"] = option.description
    return encoded


def option_name(name: str, where: str) -> str:
    """The name, if an option can have it: no comma, 1 to 100 characters."""
    if "," in name:
        raise CannotSend(f"{where}: the option “{name}”", "has a comma, which Notion refuses", hint="Rename the option")
    if not name.strip() or units(name) > OPTION_NAME:
        raise CannotSend(
            f"{where}: the option “{name[:40]}”",
            f"is empty or longer than {OPTION_NAME} characters",
            hint="Rename the option",
        )
    return name


def encode_more_options(column: Column, wanted: Iterable[Option]) -> JSONObject | None:
    """A column's options with those that are missing; None when none is.

    The array replaces what is there: every existing option is sent, by id and name alone, because a colour that is
    sent, even the same, may be refused.
    """
    there = {option.name.casefold() for option in column.options}
    new = [option for option in wanted if option.name.casefold() not in there]
    if not new:
        return None
    if len(column.options) + len(new) > OPTIONS:
        raise CannotSend(
            column.name,
            f"would have {len(column.options) + len(new)} options; Notion takes {OPTIONS} at once",
            hint="They are made one by one, with the first row that carries them",
        )
    return {
        column.type: {"options": [*_known_options(column), *(encode_option(option, column.name) for option in new)]}
    }


def encode_column_change(column: Column, *, name: str = "", description: str | None = None) -> JSONObject:
    """A column under another name or with another description, and otherwise as it is.

    A new description wants the whole configuration beside it, so the present one is sent back as it was told. Raises
    CannotSend where that is not possible: more than 100 options.
    """
    encoded: JSONObject = {"name": name or column.name}
    if description is not None:
        encoded["description"] = fit_description(description)
        encoded[column.type] = _as_told(column)
    return encoded


def _as_told(column: Column) -> JSONObject:
    if column.type in CHOICES:
        if len(column.options) > OPTIONS:
            raise CannotSend(column.name, f"has more than {OPTIONS} options, so its description cannot be changed")
        return {"options": _known_options(column)}
    if column.type == "relation":
        back = {"synced_property_id": property_key(column.back_id), "synced_property_name": column.back_name}
        kind = "dual_property" if column.back_id else "single_property"
        return {"data_source_id": column.target, "type": kind, kind: back if column.back_id else {}}
    if column.rollup is not None:
        ids = {"relation_property_id": column.rollup.relation, "rollup_property_id": column.rollup.target}
        return {"function": column.rollup.function, **ids}
    return {"format": column.number_format} if column.number_format else {}


def _known_options(column: Column) -> list[JSONObject]:
    return [{"id": id_, "name": option.name} for id_, option in zip(column.option_ids, column.options, strict=True)]


def decode_schema(answer: JSONObject) -> SeenSchema:
    """The columns of a data source's answer, in no particular order, as Notion gives them none."""
    return SeenSchema(
        id=dashed(answer.get("id")),
        database_id=dashed(obj(answer.get("parent")).get("database_id")),
        title=decode_text(answer.get("title")).plain,
        columns=tuple(decode_column(name, obj(one)) for name, one in obj(answer.get("properties")).items()),
        trashed=answer.get("in_trash") is True,
    )


def decode_column(name: str, answer: JSONObject) -> Column:
    """One column."""
    kind = string(answer.get("type"))
    config = obj(answer.get(kind))
    options = objs(config.get("options")) if kind in CHOICES else []
    relation = config if kind == "relation" else {}
    back = obj(relation.get("dual_property"))
    return Column(
        id=property_id(answer.get("id")),
        name=string(answer.get("name")) or name,
        type=kind,
        description=string(answer.get("description")),
        options=tuple(_decode_option(option) for option in options),
        option_ids=tuple(string(option.get("id")) for option in options),
        number_format=string(config.get("format")) if kind == "number" else "",
        target=dashed(relation.get("data_source_id")),
        back_id=property_id(back.get("synced_property_id")),
        back_name=string(back.get("synced_property_name")),
        rollup=_decode_rollup(config) if kind == "rollup" else None,
        formula=string(config.get("expression")) if kind == "formula" else "",
    )


def _encode_relation(property_: Property, addresses: Addresses) -> JSONObject:
    relation = property_.relation or Relation("")
    source = addresses.sources.get(relation.target)
    if source is None:
        raise CannotSend(property_.name, f"points at the database “{relation.target}”, which does not exist yet")
    kind = "dual_property" if relation.back else "single_property"
    return {"data_source_id": source, "type": kind, kind: {}}


def _encode_rollup(property_: Property, addresses: Addresses, names: Mapping[str, str]) -> JSONObject:
    rollup = property_.rollup or Rollup("", "", "")
    encoded: JSONObject = {"function": rollup.function}
    for part, key in (("relation_property", rollup.relation), ("rollup_property", rollup.target)):
        if key in names:
            encoded[f"{part}_name"] = names[key]
        elif addresses.knows(key):
            encoded[f"{part}_id"] = addresses.ids[key]
        else:
            raise CannotSend(property_.name, f"adds up over the property “{key}”, which does not exist yet")
    return encoded


def _decode_option(option: JSONObject) -> Option:
    return Option(
        string(option.get("name")), string(option.get("color")) or "default", string(option.get("description"))
    )


def _decode_rollup(config: JSONObject) -> Rollup:
    relation, target = (property_id(config.get(f"{part}_property_id")) for part in ("relation", "rollup"))
    return Rollup(relation, target, string(config.get("function")))
