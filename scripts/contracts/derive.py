"""From the types of @notionhq/client (as JSON Schema) and its endpoints to contract.json."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, unquote

Json = dict[str, Any]

_KEPT = {
    "blocks", "comments", "data-sources", "databases", "file-uploads", "pages", "search", "users", "views",
    "custom-emojis", "async-tasks",
}  # fmt: skip
_TEXT: Json = {"type": "string"}
_OBJECT: Json = {"type": "object"}
_GROUPS = ["To-do", "In progress", "Complete"]
_UNTYPED_PROPERTIES = ("place", "button", "verification", "location", "last_visited_time")


def contract(version: str, endpoints: list[Json], schema: Json) -> Json:
    """{source, endpoints, definitions}, with only those definitions that an endpoint reaches.

    `schema` is what ts-json-schema-generator makes of the package's api-endpoints.d.ts.
    """
    definitions: Json = {**schema["definitions"], **_open_types()}
    told = [_endpoint(one, definitions) for one in endpoints if one["file"] in _KEPT]
    reached = _reached(definitions, told)
    _loosen(reached)
    _add_what_traffic_shows(reached)
    return {"source": f"@notionhq/client {version}", "endpoints": told, "definitions": _short_names(reached)}


def _endpoint(one: Json, definitions: Json) -> Json:
    name = one["name"][0].upper() + one["name"][1:]
    known = {f"{name}{kind}" for kind in ("BodyParameters", "Parameters")} & definitions.keys()
    return {
        "name": one["name"], "method": one["method"], "path": one["path"], "query": one["query"], "body": one["body"],
        "request": f"{name}BodyParameters" if f"{name}BodyParameters" in known else None,
        "parameters": f"{name}Parameters" if f"{name}Parameters" in known else None, "response": f"{name}Response",
    }  # fmt: skip


def _closed(**properties: Any) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _open_types() -> Json:
    """Types that the package leaves open (Record<string, never>): its comments say what they take."""
    group = {"$ref": "#/definitions/GroupFilterOperatorArray"}
    plain = [{"$ref": f"#/definitions/{one}"} for one in ("PropertyFilter", "TimestampFilter")]
    by_time = _closed(
        timestamp={"enum": ["created_time", "last_edited_time"]}, direction={"enum": ["ascending", "descending"]}
    )
    return {
        "ViewFilterRequest": {"anyOf": [*plain, _closed(**{"or": group}), _closed(**{"and": group})]},
        "ViewSortRequest": {"anyOf": [{"$ref": "#/definitions/ViewPropertySortRequest"}, by_time]},
        "QuickFilterConditionRequest": _OBJECT,
        "QuickFilterConditionResponse": _OBJECT,
    }


def _reached(definitions: Json, endpoints: list[Json]) -> Json:
    todo = [name for one in endpoints for name in (one["request"], one["parameters"], one["response"]) if name]
    found: set[str] = set()
    while todo:
        name = todo.pop()
        if name in definitions and name not in found:
            found.add(name)
            text = json.dumps(definitions[name])
            todo += [unquote(one) for one in re.findall(r'"#/definitions/([^"]+)"', text)]
    return {name: definitions[name] for name in sorted(found)}


def _walk(node: Any) -> Iterator[Json]:
    """Every object in a schema."""
    if isinstance(node, dict):
        yield node
    if isinstance(node, dict | list):
        for inner in node.values() if isinstance(node, dict) else node:
            yield from _walk(inner)


def _with_property(node: Any, name: str) -> Iterator[Json]:
    """The properties of every object type that has this one."""
    for one in _walk(node):
        properties = one.get("properties")
        if isinstance(properties, dict) and name in properties:
            yield properties


def _loosen(definitions: Json) -> None:
    """`archived` is typed as required, yet its own comment says that 2026-03-11 no longer sends it."""
    for one in _walk(definitions):
        required = one.get("required")
        if isinstance(required, list) and "archived" in required:
            one["required"] = [name for name in required if name != "archived"]


def _add_what_traffic_shows(definitions: Json) -> None:
    """What recorded traffic or the public reference has and the types lack."""
    for properties in _with_property(definitions["PagePropertyValueWithIdResponse"], "relation"):
        if properties.get("type", {}).get("const") == "relation":
            properties["has_more"] = {"type": "boolean"}
    described = {"anyOf": [{"$ref": "#/definitions/PropertyDescriptionRequest"}, {"type": "null"}]}
    for kind in _UNTYPED_PROPERTIES:
        shape = {"id": _TEXT, "name": _TEXT, "description": described, "type": {"const": kind}, kind: _OBJECT}
        required = ["description", "id", "name", kind, "type"]
        definitions["DatabasePropertyConfigResponse"]["anyOf"].append({**_closed(**shape), "required": required})
    for properties in _with_property(definitions, "person"):
        person = properties["person"]
        if isinstance(person, dict) and "email" in person.get("properties", {}):
            person["properties"]["email_verified"] = {"type": "boolean"}
    for name in ("StatusPropertyConfigRequest", "StatusPropertyConfigUpdateRequest"):
        for properties in _with_property(definitions[name], "color"):
            properties["group"] = {"enum": _GROUPS}


def _short_names(definitions: Json) -> Json:
    """Anonymous types get short names; the generator spells references to them in more than one way."""
    anonymous = sorted(name for name in definitions if "structure-" in name or "(" in name)
    text = json.dumps(definitions)
    spellings: list[Callable[[str], str]] = [str, lambda n: quote(n, safe="~()*!.'"), lambda n: quote(n, safe="")]
    short = {name: f"Anonymous{number}" for number, name in enumerate(anonymous, 1)}
    for name, named in short.items():
        for spelt in {spell(name) for spell in spellings}:
            text = text.replace(json.dumps(f"#/definitions/{spelt}"), json.dumps(f"#/definitions/{named}"))
    return {short.get(name, name): one for name, one in json.loads(text).items()}
