"""Whether exchanges are inside the public contract and Notion's limits; the fast road first, the telling one after."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from urllib.parse import quote

import jsonschema_rs

from acceptance.ground import Exchange
from contract.notion_contract import Contract


class QuickContract(Contract):
    """The contract with a compiled validator before the one that can explain."""

    def __init__(self) -> None:
        super().__init__()
        self._compiled: dict[str, jsonschema_rs.Draft7Validator] = {}

    def _errors(self, name: str, value: object) -> list[str]:
        if isinstance(value, dict):
            value = {k: v for k, v in value.items() if k != "request_id"}
        if name not in self._compiled:
            schema = {"$ref": f"#/definitions/{quote(name, safe='')}", "definitions": self.definitions}
            self._compiled[name] = jsonschema_rs.Draft7Validator(schema)
        return [] if self._compiled[name].is_valid(value) else super()._errors(name, value)


@cache
def contract() -> QuickContract:
    return QuickContract()


def request_problems(exchanges: Iterable[Exchange]) -> list[str]:
    """What is outside the contract or the limits on our side."""
    return [
        f"{e.method} {e.path}: {problem}"
        for e in exchanges
        for problem in contract().request_errors(e.method, e.path, e.query, e.request)
    ]


def response_problems(exchanges: Iterable[Exchange]) -> list[str]:
    """What is outside the contract on the other side."""
    return [
        f"{e.method} {e.path}: {problem}"
        for e in exchanges
        for problem in contract().response_errors(e.method, e.path, e.status, e.response)
    ]
