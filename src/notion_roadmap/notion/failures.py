"""Outcomes as exceptions: one sentence each, with what to do next, and without a token."""

from __future__ import annotations

from notion_roadmap.errors import (
    BlocksUsedUp,
    ItemRefused,
    NotFound,
    NotionError,
    OutcomeUnknown,
    RunStopped,
)
from notion_roadmap.notion.outcome import Effect, Endpoint, Outcome, Verdict

_RUN_HINTS = {
    "unauthorized": "Check NOTION_TOKEN: it was revoked, replaced or not copied in full",
    "blocked": "Wait some hours, then run the command again; if it goes on, write to Notion's support",
    "rate limited": "Run the command again when that time has passed",
    "overloaded": "Run the command again when that time has passed",
    "no connection": "Check the network, and NOTION_BASE_URL if it is set",
    "unsendable": "Check NOTION_TOKEN and NOTION_BASE_URL for characters that do not belong there",
    "version": "Upgrade notion-roadmap",
}
_ITEM_HINTS = {
    "blocks": "Upgrade the workspace's plan in Notion to create more; what is there goes on being kept up",
    "restricted": "Let the connection read, update and insert content, under Capabilities in its settings in Notion",
    "missing": "Share the page with the connection in Notion: ••• → Connections",
    "conflict": "Run the command again",
    "edge": "Run the command again later; a firewall before Notion refused it",
    "row limit": "Delete rows in Notion, or use a new database",
}
TROUBLE_HINT = "Run the command again later; Notion has trouble"


class WriteInReadOnlyRun(NotionError):
    """Something was about to be written in a run that only reads. Nothing was sent."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint.name
        super().__init__(f"{endpoint.name} was about to be sent in a run that only reads")


def failure(where: Endpoint, effect: Effect, outcome: Outcome, token: str) -> NotionError:
    """The exception for an outcome that is not repeated, or not any more.

    Args:
        effect: what the request does; an unknown outcome of a read is no more than a failure.
        token: cut out of whatever Notion says.
    """
    answer = outcome.answer
    what = _sentence(where, outcome).replace(token, "•••") if token else _sentence(where, outcome)
    status, code, request_id = outcome.status, answer.code, answer.request_id
    if outcome.verdict in (Verdict.RUN, Verdict.WAIT) or outcome.rule == "no connection":
        hint = _RUN_HINTS.get(outcome.rule, TROUBLE_HINT)
        return RunStopped(what, hint=hint, status=status, code=code, request_id=request_id)
    unknown = outcome.verdict is Verdict.RETRY and outcome.rule != "conflict" and effect is not Effect.READ
    if outcome.verdict is Verdict.AMBIGUOUS or unknown:
        return OutcomeUnknown(
            what,
            status=status,
            code=code,
            request_id=request_id,
            committed_id=answer.first("committed_resource_id"),
            committed_child_ids=answer.every("committed_child_ids"),
        )
    kinds = {"blocks": BlocksUsedUp, "missing": NotFound}
    hint = _ITEM_HINTS.get(outcome.rule, TROUBLE_HINT if outcome.verdict is Verdict.RETRY else "")
    return kinds.get(outcome.kind, ItemRefused)(what, hint=hint, status=status, code=code, request_id=request_id)


def _sentence(where: Endpoint, outcome: Outcome) -> str:
    if outcome.status is None:
        return f"{where.name}: {outcome.rule}"
    said = " ".join(outcome.answer.message.split()).rstrip(".")
    if not said:
        said = f"an answer that cannot be read ({outcome.rule})" if outcome.status < 300 else outcome.rule
    return f"{where.name} was answered with {outcome.status}: {said}"
