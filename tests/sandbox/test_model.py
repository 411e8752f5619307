"""Random operations against a small independent model: rows, options, relations both ways, trash."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from notion_roadmap.sandbox.workspace import Workspace
from sandbox.ground import Api

NAMES = st.sampled_from(["a", "b", "c", "d"])


class Machine(RuleBasedStateMachine):
    """Two data sources, tasks related to phases; the model is dictionaries of plain values."""

    tasks = Bundle("tasks")
    phases = Bundle("phases")

    def __init__(self) -> None:
        super().__init__()
        self.api = Api(Workspace(rate_limit=False, seed=9))
        _, self.phase_source = self.api.database(title="Phases")
        relation = {"relation": {"data_source_id": self.phase_source, "dual_property": {}}}
        _, self.task_source = self.api.database({"S": {"select": {}}, "M": {"multi_select": {}}, "Phase": relation})
        self.back = self.api.schema(self.task_source)["Phase"]["relation"]["dual_property"]["synced_property_name"]
        self.values: dict[str, dict[str, object]] = {}
        self.links: dict[str, list[str]] = {}
        self.trashed: set[str] = set()
        self.known_phases: list[str] = []
        self.options: set[str] = set()

    @rule(target=phases, name=NAMES)
    def make_phase(self, name: str) -> str:
        self.known_phases.append(self.api.row(self.phase_source, name)["id"])
        return self.known_phases[-1]

    @rule(target=tasks, name=NAMES, option=st.none() | NAMES, many=st.lists(NAMES, unique=True, max_size=3))
    def make_task(self, name: str, option: str | None, many: list[str]) -> str:
        row = self.api.row(
            self.task_source,
            name,
            S={"select": option and {"name": option}},
            M={"multi_select": [{"name": one} for one in many]},
        )
        self.values[row["id"]] = {"Name": name, "S": option, "M": many}
        self.links[row["id"]] = []
        self.options |= {option} if option else set()
        return str(row["id"])

    @rule(task=tasks, phase=st.lists(phases, max_size=3, unique=True))
    def relate(self, task: str, phase: list[str]) -> None:
        body = {"properties": {"Phase": {"relation": [{"id": one} for one in phase]}}}
        self.api("PATCH", f"/v1/pages/{task}", body, status=400 if task in self.trashed else 200)
        if task not in self.trashed:
            self.links[task] = phase

    @rule(phase=phases, task=st.lists(tasks, max_size=3, unique=True))
    def relate_from_the_other_side(self, phase: str, task: list[str]) -> None:
        live = [one for one in task if one not in self.trashed]
        hidden = [one for one, linked in self.links.items() if phase in linked and one in self.trashed]
        body = {"properties": {self.back: {"relation": [{"id": one} for one in [*live, *hidden]]}}}
        self.api("PATCH", f"/v1/pages/{phase}", body)
        for one, linked in self.links.items():
            kept = [other for other in linked if other != phase]
            self.links[one] = (
                [*kept, phase] if one in live and phase not in linked else linked if one in [*live, *hidden] else kept
            )

    @rule(task=tasks, value=st.booleans())
    def trash(self, task: str, value: bool) -> None:
        self.api("PATCH", f"/v1/pages/{task}", {"in_trash": value})
        (self.trashed.add if value else self.trashed.discard)(task)

    @rule(target=tasks, task=consumes(tasks), option=NAMES)
    def choose(self, task: str, option: str) -> object:
        refused = task in self.trashed
        body = {"properties": {"S": {"select": {"name": option}}}}
        self.api("PATCH", f"/v1/pages/{task}", body, status=400 if refused else 200)
        if not refused:
            self.values[task]["S"] = option
            self.options.add(option)
        return multiple(task)

    @rule(name=NAMES)
    def drop_option(self, name: str) -> None:
        current = self.api.schema(self.task_source)["S"]["select"]["options"]
        kept = [{"id": one["id"]} for one in current if one["name"] != name]
        self.api("PATCH", f"/v1/data_sources/{self.task_source}", {"properties": {"S": {"select": {"options": kept}}}})
        self.options.discard(name)
        for value in self.values.values():
            value["S"] = None if value["S"] == name else value["S"]

    @invariant()
    def the_workspace_is_as_the_model(self) -> None:
        answer = self.api("POST", f"/v1/data_sources/{self.task_source}/query", {})
        found = {
            page["id"]: {
                "Name": page["properties"]["Name"]["title"][0]["plain_text"],
                "S": (page["properties"]["S"]["select"] or {}).get("name"),
                "M": [one["name"] for one in page["properties"]["M"]["multi_select"]],
            }
            for page in answer["results"]
        }
        assert found == {id_: value for id_, value in self.values.items() if id_ not in self.trashed}
        for page in answer["results"]:
            assert {one["id"] for one in page["properties"]["Phase"]["relation"]} == set(self.links[page["id"]])
        assert {one["name"] for one in self.api.schema(self.task_source)["S"]["select"]["options"]} == self.options

    @invariant()
    def both_sides_say_the_same(self) -> None:
        for phase in self.known_phases:
            shown = self.api("GET", f"/v1/pages/{phase}")["properties"][self.back]["relation"]
            live = {task for task, linked in self.links.items() if phase in linked and task not in self.trashed}
            assert {one["id"] for one in shown} == live


TestModel = Machine.TestCase
TestModel.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
