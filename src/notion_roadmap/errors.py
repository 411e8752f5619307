"""The tree of failures. Each says one sentence: what happened, to which item, what to do next.

Only `cli` turns an error into words on a terminal and an exit code. The fields are for programs and tests; the
sentence is `str(error)`. No error ever carries a token.
"""

from __future__ import annotations


class UserError(Exception):
    """Something a user can mend.

    Args:
        what: what happened and to which item, one clause, no full stop.
        hint: what to do next, one sentence; empty when `what` already says it.
    """

    def __init__(self, what: str, *, hint: str = "") -> None:
        self.what = what
        self.hint = hint
        super().__init__(f"{what}. {hint}".strip() if hint else f"{what}.")


class SettingInvalid(UserError):
    """A setting (environment, .env, option) holds something that it cannot hold."""

    def __init__(self, name: str, problem: str, *, hint: str = "") -> None:
        self.name = name
        self.problem = problem
        super().__init__(f"{name} {problem}", hint=hint)


class StateError(UserError):
    """The local state cannot be used. Subclasses live beside the store that raises them."""


class PlanRefused(UserError):
    """A plan was computed and must not be applied as it is (guard, checksum)."""


class NotionError(UserError):
    """Notion, or the way to it, refused a request.

    Args:
        what: as in UserError.
        status: the HTTP status, None when no answer came.
        code: Notion's error code (https://developers.notion.com/reference/status-codes), "" when none came.
        request_id: Notion's id of the exchange, for its support; "" when none came.
    """

    def __init__(
        self, what: str, *, hint: str = "", status: int | None = None, code: str = "", request_id: str = ""
    ) -> None:
        self.status = status
        self.code = code
        self.request_id = request_id
        super().__init__(what, hint=hint)


class ItemRefused(NotionError):
    """This one item cannot be written or read as asked; the others can. Never worth a retry."""


class NotFound(ItemRefused):
    """404: trashed for good, never shared with the connection, or an id of another kind."""


class OutcomeUnknown(NotionError):
    """A write may or may not have happened: it must be looked up before anything is repeated.

    Args:
        committed_id: the id that Notion says was saved, "" when it did not say.
        committed_child_ids: for block appends, the ids of the saved first-level blocks.
    """

    def __init__(
        self,
        what: str,
        *,
        status: int | None = None,
        code: str = "",
        request_id: str = "",
        committed_id: str = "",
        committed_child_ids: tuple[str, ...] = (),
    ) -> None:
        self.committed_id = committed_id
        self.committed_child_ids = committed_child_ids
        super().__init__(what, hint="Run the command again", status=status, code=code, request_id=request_id)


class RunStopped(NotionError):
    """Nothing more can be done in this run: a revoked token, Notion away for too long, a deadline."""


class BlocksUsedUp(ItemRefused):
    """The free plan's lifetime blocks are used up: creating stops, updates go on.

    https://developers.notion.com/reference/workspace-block-limits
    """
