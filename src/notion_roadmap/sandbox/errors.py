"""What the sandbox answers when it refuses: Notion's codes and sentences.

https://developers.notion.com/reference/status-codes
"""

from __future__ import annotations

from typing import Any


class SandboxError(Exception):
    """The sandbox itself cannot do what its owner asked (not an answer to a request)."""


class DataInUseError(SandboxError):
    """Another process holds the data file: one owns it at a time."""


class DropConnectionError(Exception):
    """A fault rule closes the connection. `mid_body` tells whether an answer had begun."""

    def __init__(self, *, mid_body: bool = False) -> None:
        super().__init__("the fault rule closed the connection")
        self.mid_body = mid_body


class ApiError(Exception):
    """An answer that is an error. `data` holds strings or lists of strings, as Notion's additional_data does."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        data: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.data = status, code, message, data
        self.headers = headers or {}

    def body(self, request_id: str) -> dict[str, Any]:
        """The error object, with its keys in Notion's order."""
        head = {"object": "error", "status": self.status, "code": self.code, "message": self.message}
        return {**head, **({"additional_data": self.data} if self.data else {}), "request_id": request_id}


def invalid(message: str) -> ApiError:
    """400 validation_error with a sentence of its own."""
    return ApiError(400, "validation_error", message)


def wrong_body(*issues: str, where: str = "body") -> ApiError:
    """400 validation_error in the form of Notion's shape checks, with one cause or several."""
    if len(issues) == 1:
        return invalid(f"{where} failed validation: {issues[0]}")
    return invalid(f"{where} failed validation. Fix one:\n" + "\n".join(issues))


def not_found(kind: str, id_: str, integration_id: str) -> ApiError:
    """404 for what does not exist and for what was not shared alike."""
    return ApiError(
        404,
        "object_not_found",
        f"Could not find {kind} with ID: {id_}. Make sure the relevant pages and databases are shared with your "
        'integration "Notion Roadmap".',
        {"integration_id": integration_id},
    )


STANDARD: dict[int, tuple[str, str]] = {
    400: ("validation_error", "body failed validation."),
    401: ("unauthorized", "API token is invalid."),
    403: ("restricted_resource", "API token does not have access to this resource."),
    404: ("object_not_found", "Could not find page."),
    409: ("conflict_error", "Conflict occurred while saving. Please try again."),
    429: ("rate_limited", "You have been rate limited. Please try again in a few minutes."),
    500: ("internal_server_error", "Unexpected error occurred."),
    502: ("bad_gateway", "Bad Gateway"),
    503: ("service_unavailable", "Notion is unavailable, please try again later."),
    504: ("gateway_timeout", "Gateway Timeout"),
    529: ("service_overload", "Notion is overloaded. Please try again later."),
}
"""Code and sentence of each status, for fault rules that name only a status."""
