"""Filters of queries and views: checked against the schema, then compiled to one function of a row.

https://developers.notion.com/reference/filter-data-source-entries
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.errors import invalid, wrong_body
from notion_roadmap.sandbox.rules import check, compute, conditions
from notion_roadmap.sandbox.rules.conditions import Test
from notion_roadmap.sandbox.rules.formula.values import Moment, Unsupported, date_value
from notion_roadmap.sandbox.rules.schema import find
from notion_roadmap.sandbox.rules.sorts import words
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

RowTest = Callable[[Doc], bool]
MAX_DEPTH = 2
TEXTS = ("title", "rich_text", "url", "email", "phone_number")
_KINDS = (
    *TEXTS, "number", "checkbox", "select", "multi_select", "status", "date", "people", "files", "relation",
    "created_by",
    "created_time", "last_edited_by", "last_edited_time", "formula", "unique_id", "rollup", "verification",
)  # fmt: skip


@dataclass(frozen=True)
class Filter:
    """Compiles filters of one data source."""

    ws: Workspace
    source: Doc

    def compile(self, value: Any, path: str, depth: int = 0) -> RowTest:
        """The test of a filter; 400 for a filter that is malformed or does not fit the schema."""
        value = check.obj(value, path)
        for junction in ("and", "or"):
            if junction in value:
                return self._junction(junction, value[junction], f"{path}.{junction}", depth)
        if "timestamp" in value:
            return self._timestamp(value, path)
        if "property" not in value:
            raise wrong_body(
                *(
                    check.issue(f"{path}.{one}", "defined", check.MISSING)
                    for one in ("or", "and", "property", "timestamp")
                )
            )
        return self._property(value, path)

    def _junction(self, junction: str, value: Any, path: str, depth: int) -> RowTest:
        if depth >= MAX_DEPTH:
            raise check.refuse(path, "not present", value)
        tests = [self.compile(one, f"{path}[{n}]", depth + 1) for n, one in enumerate(check.arr(value, path))]
        return _all(tests) if junction == "and" or not tests else _any(tests)

    def _timestamp(self, value: Doc, path: str) -> RowTest:
        name = check.choice(value["timestamp"], f"{path}.timestamp", ("created_time", "last_edited_time"))
        test = conditions.date(value.get(name, check.MISSING), f"{path}.{name}", self.ws.clock.now(), exact=True)
        key = "created" if name == "created_time" else "edited"
        return lambda page: test({"start": conditions.stamp(page[key]), "end": None})

    def _property(self, value: Doc, path: str) -> RowTest:
        prop = find(self.source, check.text(value["property"], f"{path}.property"))
        if prop is None:
            raise invalid(f"Could not find property with name or id: {value['property']}")
        named = next((one for one in _KINDS if one in value), None)
        if named is None:
            raise wrong_body(*(check.issue(f"{path}.{one}", "defined", check.MISSING) for one in _KINDS))
        kind = prop["type"]
        if named != kind and not (named in TEXTS and kind in TEXTS):
            raise invalid(f"database property {kind} does not match filter {named}")
        condition, here = value[named], f"{path}.{named}"
        if kind == "formula":
            return self._formula(prop, condition, here)
        if kind == "rollup":
            return self._rollup(prop, condition, here)
        if kind == "verification":
            return lambda _: False
        return self._plain(prop, condition, here)

    def _plain(self, prop: Doc, condition: Any, path: str) -> RowTest:
        kind, id_ = prop["type"], prop["id"]
        test = self._test(kind, condition, path, prop)
        if kind in ("title", "rich_text"):
            return lambda page: test(words(page["values"].get(id_)))
        if kind == "checkbox":
            return lambda page: test(bool(page["values"].get(id_)))
        if kind in ("relation", "created_by", "last_edited_by", "created_time", "last_edited_time"):
            return lambda page: test(compute.raw(self.ws, self.source, page, prop))
        return lambda page: test(page["values"].get(id_))

    def _test(self, kind: str, condition: Any, path: str, prop: Doc | None = None) -> Test:
        """The condition of a type, on the kept form of a value (option ids when `prop` is given, names otherwise)."""
        if kind in TEXTS:
            return conditions.text(condition, path)
        if kind in ("number", "unique_id"):
            return conditions.number(condition, path)
        if kind == "checkbox":
            return conditions.checkbox(condition, path)
        if kind in ("date", "created_time", "last_edited_time"):
            return conditions.date(condition, path, self.ws.clock.now(), exact=kind != "date")
        if kind in ("select", "status", "multi_select"):
            return conditions.option(kind, condition, path, self._option_ids(prop) if prop else None)
        if kind in ("people", "relation", "created_by", "last_edited_by"):
            return conditions.reference(condition, path)
        return conditions.existence(condition, path)

    def _option_ids(self, prop: Doc) -> Callable[[str], set[str]]:
        """The ids that a name in a filter means: an option's, or those of a status group; unknown names are refused."""
        options = prop["config"]["options"]
        by_name = {one["name"].casefold(): {one["id"]} for one in options} | {one["id"]: {one["id"]} for one in options}
        for group in prop["config"].get("groups", []):
            by_name.setdefault(group["name"].casefold(), set(group["option_ids"]))

        def ids(name: str) -> set[str]:
            found = by_name.get(name) or by_name.get(name.casefold())
            if found is None:
                listed = ", ".join(f'"{one["name"]}"' for one in options)
                raise invalid(
                    f'{prop["type"]} option "{name}" not found for property "{prop["name"]}". '
                    f"Available options: {listed}."
                )
            return found

        return ids

    def _formula(self, prop: Doc, condition: Any, path: str) -> RowTest:
        condition = check.obj(condition, path)
        kind = next((one for one in ("string", "checkbox", "number", "date") if one in condition), None)
        if kind is None:
            raise wrong_body(
                *(
                    check.issue(f"{path}.{one}", "defined", check.MISSING)
                    for one in ("string", "checkbox", "number", "date")
                )
            )
        if self.ws.switches.formula_filters == "refused":
            raise invalid("Unable to filter based on a formula of unknown type")
        test = self._test("rich_text" if kind == "string" else kind, condition[kind], f"{path}.{kind}")
        empty: Any = {"string": "", "checkbox": False}.get(kind)

        def run(page: Doc) -> bool:
            try:
                found = compute.formula(self.ws, self.source, page, prop)
            except Unsupported:
                return False
            found = date_value(found) if isinstance(found, Moment) else found
            return test(empty if found is None or not _fits(kind, found) else found)

        return run

    def _rollup(self, prop: Doc, condition: Any, path: str) -> RowTest:
        condition = check.obj(condition, path)
        kind = next((one for one in ("any", "every", "none", "date", "number") if one in condition), None)
        if kind is None:
            raise wrong_body(
                *(
                    check.issue(f"{path}.{one}", "defined", check.MISSING)
                    for one in ("any", "none", "every", "date", "number")
                )
            )
        if kind in ("date", "number"):
            test = self._test(kind, condition[kind], f"{path}.{kind}")
            return lambda page: test(self._rolled(page, prop).get(kind))
        inner = check.obj(condition[kind], f"{path}.{kind}")
        named = next((one for one in _KINDS if one in inner), None)
        if named is None:
            raise wrong_body(check.issue(f"{path}.{kind}.rich_text", "defined", check.MISSING))
        test = self._test(named, inner[named], f"{path}.{kind}.{named}")

        def run(page: Doc) -> bool:
            found = [test(_element(item)) for item in self._rolled(page, prop).get("array", [])]
            if kind == "any":
                return any(found)
            return not any(found) if kind == "none" else bool(found) and all(found)

        return run

    def _rolled(self, page: Doc, prop: Doc) -> Doc:
        found: Doc = compute.raw(self.ws, self.source, page, prop)
        return found


def _all(tests: list[RowTest]) -> RowTest:
    def run(page: Doc) -> bool:
        for test in tests:  # noqa: SIM110 - a generator takes twice the time, ten thousand times
            if not test(page):
                return False
        return True

    return run


def _any(tests: list[RowTest]) -> RowTest:
    def run(page: Doc) -> bool:
        for test in tests:  # noqa: SIM110
            if test(page):
                return True
        return False

    return run


def _fits(kind: str, found: Any) -> bool:
    if kind == "checkbox":
        return isinstance(found, bool)
    if kind == "number":
        return isinstance(found, int | float) and not isinstance(found, bool)
    return isinstance(found, str if kind == "string" else dict)


def _element(item: Doc) -> Any:
    """An element of a roll-up as conditions see it: text, number, names of options, ids of references."""
    kind, value = item["type"], item[item["type"]]
    if kind in ("title", "rich_text"):
        return "".join(piece["plain_text"] for piece in value)
    if kind in ("select", "status"):
        return value["name"] if value else None
    if kind == "multi_select":
        return [one["name"] for one in value]
    return [one["id"] for one in value] if kind in ("people", "relation") else value
