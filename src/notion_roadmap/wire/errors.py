"""Notion's error answers, and what cannot be said to Notion at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from notion_roadmap.errors import ItemRefused
from notion_roadmap.wire.shapes import obj, string


class CannotSend(ItemRefused):
    """A value that Notion has no form for, refused here, before any request.

    Args:
        field: the property, option or block in question.
        problem: what is wrong with it.
    """

    def __init__(self, field: str, problem: str, *, hint: str = "") -> None:
        self.field = field
        self.problem = problem
        super().__init__(f"{field} {problem}", hint=hint)


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """An answer that is no success, as far as it could be read.

    https://developers.notion.com/reference/status-codes

    Args:
        json: whether it was Notion's own error form. An edge server in between answers in HTML.
        additional: Notion's additional_data; values are strings or lists of strings.
    """

    json: bool = False
    code: str = ""
    message: str = ""
    request_id: str = ""
    additional: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)

    def first(self, key: str) -> str:
        """The additional value of that name, "" without one."""
        value = self.additional.get(key, "")
        return value if isinstance(value, str) else next(iter(value), "")

    def every(self, key: str) -> tuple[str, ...]:
        """All additional values of that name."""
        value = self.additional.get(key, ())
        return (value,) if isinstance(value, str) else value


def decode_error(body: bytes) -> ErrorAnswer:
    """What an error's body says, whatever it is."""
    answer = decode_object(body)
    if answer is None or not isinstance(answer.get("code"), str):
        return ErrorAnswer()
    additional: dict[str, str | tuple[str, ...]] = {}
    for key, value in obj(answer.get("additional_data")).items():
        if isinstance(value, list):
            additional[key] = tuple(one for one in value if isinstance(one, str))
        elif value is not None:
            additional[key] = str(value)
    return ErrorAnswer(
        json=True,
        code=string(answer.get("code")),
        message=string(answer.get("message")),
        request_id=string(answer.get("request_id")),
        additional=additional,
    )


def decode_object(body: bytes) -> dict[str, Any] | None:
    """The JSON object that a body holds; None when it holds anything else, is cut short or is empty."""
    try:
        value = json.loads(body)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
