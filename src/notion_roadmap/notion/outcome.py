"""What an exchange with Notion means for the one who asked: one pure classification of every outcome."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from notion_roadmap.wire.errors import ErrorAnswer, decode_error, decode_object


class Verdict(StrEnum):
    """What to do."""

    OK = "ok"
    RETRY = "retry"
    """Repeat after a while; nothing is lost by repeating."""
    RETRY_ONCE = "retry once"
    WAIT = "wait"
    """Repeat when Retry-After has passed, and let everybody wait as long."""
    AMBIGUOUS = "ambiguous"
    """It may have happened: look it up before anything is repeated."""
    ITEM = "item"
    """This request can never succeed; others can."""
    RUN = "run"
    """No request can succeed until somebody mends something."""


class Effect(StrEnum):
    """What a repeated request does."""

    READ = "read"
    SET = "set"
    """Brings something to a state: repeating it does no harm."""
    CREATE = "create"
    """Makes something new each time."""


class Lost(StrEnum):
    """How an exchange broke off without an answer."""

    NEVER_SENT = "never sent"
    """No connection came about."""
    BROKEN = "broken"
    """The connection ended, or time ran out, after the request may have arrived."""
    UNSENDABLE = "unsendable"
    """The request cannot be put on a wire (a token with impossible characters, an unknown protocol)."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A kind of request: `PATCH /blocks/{id}/children`, and what repeating it does."""

    name: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class Outcome:
    """The classification of one exchange.

    Args:
        rule: name of the row of the table that decided.
        kind: "" or what tells item failures apart: "blocks" (free blocks used up), "missing" (404).
    """

    verdict: Verdict
    rule: str
    status: int | None = None
    answer: ErrorAnswer = field(default_factory=ErrorAnswer)
    kind: str = ""


_SET_POSTS: Final[tuple[tuple[re.Pattern[str], str, Effect], ...]] = (
    # https://developers.notion.com/reference/query-a-data-source and /post-search: reads in the form of a POST
    (re.compile(r"/data_sources/[^/]+/query"), "/data_sources/{id}/query", Effect.READ),
    (re.compile(r"/search"), "/search", Effect.READ),
)
_ID: Final = re.compile(r"(?<=/)[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}(?=/|$)")
_PROPERTY: Final = re.compile(r"(?<=/properties/).+$")


def endpoint(method: str, path: str) -> Endpoint:
    """The kind of a request. `path` is with or without `/v1`."""
    place = "/" + path.removeprefix("/v1").strip("/")
    for pattern, name, effect in _SET_POSTS:
        if method == "POST" and pattern.fullmatch(place):
            return Endpoint(f"POST {name}", effect)
    name = f"{method} {_PROPERTY.sub('{id}', _ID.sub('{id}', place))}"
    if method in ("GET", "HEAD"):
        return Endpoint(name, Effect.READ)
    # https://developers.notion.com/reference/patch-block-children appends: twice is twice. All other PATCHes set
    # values, and a DELETE of what is gone leaves it gone.
    appends = method == "PATCH" and name.endswith("/children")
    return Endpoint(name, Effect.CREATE if appends or method not in ("PATCH", "DELETE") else Effect.SET)


@dataclass(frozen=True, slots=True)
class _Rule:
    """One row. An empty field matches everything; the first row that matches decides.

    Args:
        additional: a name and a value in additional_data.
        json: whether the body is Notion's own error form.
        verdicts: by effect; a missing effect falls to the row's `otherwise`.
    """

    name: str
    otherwise: Verdict
    statuses: frozenset[int] = frozenset()
    codes: frozenset[str] = frozenset()
    additional: tuple[str, str] | None = None
    json: bool | None = None
    verdicts: Mapping[Effect, Verdict] = field(default_factory=dict)
    kind: str = ""

    def matches(self, status: int, answer: ErrorAnswer) -> bool:
        return (
            (not self.statuses or status in self.statuses)
            and (not self.codes or answer.code in self.codes)
            and (self.additional is None or answer.first(self.additional[0]) == self.additional[1])
            and (self.json is None or answer.json is self.json)
        )


_UNLESS_CREATE: Final = {Effect.READ: Verdict.RETRY, Effect.SET: Verdict.RETRY, Effect.CREATE: Verdict.AMBIGUOUS}
_ANY_5XX: Final = frozenset(range(500, 600))
_NO_REQUEST_PASSES: Final = frozenset({"missing_version", "invalid_grant", "invalid_beta"})

TABLE: Final = (
    # https://developers.notion.com/reference/request-limits: the one reason that "must not be retried"
    _Rule("blocked", Verdict.RUN, frozenset({429}), additional=("rate_limit_reason", "public_api_request_blocked")),
    # request-limits: refused before anything was done, on any method; any other reason, known or not
    _Rule("rate limited", Verdict.WAIT, frozenset({429})),
    # https://developers.notion.com/reference/status-codes: service_overload is to be treated like 429
    _Rule("overloaded", Verdict.WAIT, frozenset({529})),
    # status-codes: 250,000 rows; another try changes nothing
    _Rule("row limit", Verdict.ITEM, frozenset({409}), codes=frozenset({"row_limit_exceeded"})),
    # status-codes: "Conflict occurred while saving. Please try again." The save was refused, so any method may
    _Rule("conflict", Verdict.RETRY, frozenset({409})),
    # status-codes: the token is not, or no longer, valid
    _Rule("unauthorized", Verdict.RUN, frozenset({401})),
    # https://developers.notion.com/reference/workspace-block-limits
    _Rule("blocks", Verdict.ITEM, frozenset({403}), additional=("block_limit", "block_creation"), kind="blocks"),
    # status-codes, restricted_resource: a capability is missing, or this one thing is out of reach
    _Rule("restricted", Verdict.ITEM, frozenset({403}), json=True),
    # A firewall's page in between, which may dislike one body and nothing else
    _Rule("edge", Verdict.RETRY_ONCE, frozenset({403}), json=False),
    # status-codes, object_not_found: gone, never shared, or an id of another kind
    _Rule("missing", Verdict.ITEM, frozenset({404}), kind="missing"),
    # https://developers.notion.com/reference/versioning: no request of ours can pass without the header
    _Rule("version", Verdict.RUN, frozenset({400}), codes=_NO_REQUEST_PASSES),
    # RFC 9110 15.5.9: the server gave up waiting; what it had received is not said
    _Rule("timed out", Verdict.RETRY, frozenset({408}), verdicts=_UNLESS_CREATE),
    # request-limits: 500, 502, 503 and 504 may follow a write that was saved ("The change was saved, but …"): only
    # what can be repeated without harm is repeated. Codes that nobody has documented are treated alike.
    _Rule("server", Verdict.RETRY, _ANY_5XX, verdicts=_UNLESS_CREATE),
    # RFC 9110 15.4: the API never redirects; something in between answered, and may or may not have passed it on
    _Rule("redirect", Verdict.RETRY, frozenset(range(300, 400)), verdicts=_UNLESS_CREATE),
    # status-codes: 400 and 413 (and whatever else 4xx there is) say that this request is wrong, and always will be
    _Rule("refused", Verdict.ITEM, frozenset(range(400, 500))),
    # 1xx, 2xx without an object in it (204, an empty, cut or foreign body): an answer of which nothing can be read
    _Rule("garbage", Verdict.RETRY, verdicts=_UNLESS_CREATE),
)
"""The first row that matches decides."""

_LOST: Final[Mapping[Lost, _Rule]] = {
    # Nothing has arrived anywhere
    Lost.NEVER_SENT: _Rule("no connection", Verdict.RETRY),
    # request-limits: a write may go on after the connection ended
    Lost.BROKEN: _Rule("connection lost", Verdict.RETRY, verdicts=_UNLESS_CREATE),
    Lost.UNSENDABLE: _Rule("unsendable", Verdict.RUN),
}


def classify(effect: Effect, status: int, body: bytes, told: Mapping[str, object] | None = None) -> Outcome:
    """What an answer means.

    Args:
        told: the object that the body holds, where somebody read it already.
    """
    if 200 <= status < 300 and (told is not None or decode_object(body) is not None):
        return Outcome(Verdict.OK, "success", status)
    answer = decode_error(body)
    rule = next(rule for rule in TABLE if rule.matches(status, answer))
    return Outcome(rule.verdicts.get(effect, rule.otherwise), rule.name, status, answer, rule.kind)


def classify_loss(effect: Effect, lost: Lost) -> Outcome:
    """What a missing answer means."""
    rule = _LOST[lost]
    return Outcome(rule.verdicts.get(effect, rule.otherwise), rule.name)
