"""Everything that is not certain about Notion, as a switch: the product must hold under either answer.

Defaults follow the newest official documentation and recordings. `POST /_sandbox/switches {"name": value}` sets them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args, get_origin, get_type_hints

from notion_roadmap.sandbox.errors import SandboxError


@dataclass
class Switches:
    """One field per open question; the comment above each says what the answers mean."""

    # "window": a budget per 60 seconds that may be spent at once; "drip": three requests a second on average, as older
    # copies of https://developers.notion.com/reference/request-limits say.
    limiter: Literal["window", "drip"] = "window"
    # Requests a window; None = 180 on free and plus, 600 on business.
    requests_per_minute: int | None = None
    # "newest" is what recordings show; "shuffled" is what the reference allows when a query names no sort.
    unsorted_order: Literal["newest", "oldest", "shuffled"] = "newest"
    # Requests for which a new page is not yet seen by queries (reading the page itself is always fresh).
    query_lag_requests: int = 0
    # Seconds for which search does not know a new page.
    search_lag_s: float = 0.0
    # Most rows that one query gives before it says request_status incomplete.
    query_cap: int = 10_000
    # How plans may refuse charts and dashboards: not at all, or with this status.
    chart_views: Literal["allowed", "400", "403"] = "allowed"
    dashboard_views: Literal["allowed", "400", "403"] = "allowed"
    # How linked databases on pages may be refused.
    linked_views: Literal["allowed", "400", "403"] = "allowed"
    # Whether synced_property_name names the other side of a new two-way relation, or "Related to ..." does.
    back_relation_name: Literal["related_to", "honoured"] = "related_to"
    # Whether a view's property_id may be a property's name.
    property_names_in_views: Literal["accepted", "refused"] = "refused"
    # What a roll-up over a formula gives; "unsupported" is Notion's own word for "cannot say".
    rollup_over_formula: Literal["computed", "unsupported"] = "computed"
    # Every n-th write answers 409 conflict_error, unsaved; 0 = none does.
    conflict_every: int = 0
    # How many writes may be in flight already when another to a data source arrives, or it answers 409; 0 = any.
    parallel_writes: int = 0
    # A view's filter is kept, refused, or answered with 200 and dropped.
    view_filters: Literal["kept", "dropped", "refused"] = "kept"
    # How answers name the properties of a view's filter, sorts and quick filters.
    view_references: Literal["names", "ids"] = "names"
    # A view's configuration is kept, or answered with 200 and only its type kept.
    view_configuration: Literal["kept", "dropped"] = "kept"
    # Board, calendar, timeline and chart without their required configuration.
    required_view_configuration: Literal["refused", "accepted"] = "refused"
    # An unknown property name in a page write.
    unknown_property: Literal["refused", "ignored"] = "refused"
    # Filters on formulas made over the API answer 400 "Unable to filter based on a formula of unknown type".
    formula_filters: Literal["refused", "allowed"] = "refused"
    # How an answer mentions properties inside a formula: as recorded in June 2026, or as prop("Name").
    formula_readback: Literal["opaque", "names"] = "opaque"
    # `group` on a status option is honoured, or every option lands in To-do.
    status_groups: Literal["honoured", "ignored"] = "ignored"
    # Renaming an option answers 200 and changes nothing, or renames.
    option_rename: Literal["ignored", "honoured"] = "ignored"
    # A colour sent for an existing option: refused only when it differs, or always.
    option_colour: Literal["refused_when_different", "refused"] = "refused_when_different"
    # `archived` and `after` on 2026-03-11.
    retired_keys: Literal["refused", "accepted"] = "refused"
    # Pages as Markdown on 2025-09-03: one careful user says that they exist only from 2026-03-11 on.
    markdown_before_2026: Literal["answered", "refused"] = "answered"
    # Whether a change of blocks moves the page's last_edited_time.
    blocks_touch_page: bool = True
    # Whether the other side of a relation counts as edited.
    relations_touch_page: bool = False
    # Adjacent pieces of text with the same look are answered as one.
    merge_text: bool = True
    # Whether locked pages and databases refuse writes over the API.
    locks: Literal["ignored", "enforced"] = "ignored"
    # Members of the workspace: more than one on the free plan means a limited number of lifetime blocks.
    members: int = 1
    block_limit: int = 1000
    # Days between the write that crossed the limit and the first refusal.
    block_limit_grace_days: float = 3.0
    # State of the token: good, revoked (401), or without a capability (403).
    token_state: Literal["valid", "revoked"] = "valid"
    can_read: bool = True
    can_update: bool = True
    can_insert: bool = True
    can_comment: bool = True
    can_see_users: bool = True
    # Result cursors stop working after this many requests; 0 = never.
    cursor_ttl_requests: int = 0

    def set(self, changes: dict[str, Any]) -> None:
        """Set the named switches; an unknown name or value raises SandboxError and changes nothing."""
        hints = get_type_hints(type(self))
        for name, value in changes.items():
            if name not in hints:
                raise SandboxError(f"There is no switch {name!r}; the switches are {', '.join(sorted(hints))}.")
            _allow(name, hints[name], value)
        for name, value in changes.items():
            setattr(self, name, value)

    def values(self) -> dict[str, Any]:
        """Every switch with its value."""
        return asdict(self)

    @classmethod
    def choices(cls) -> dict[str, tuple[Any, ...]]:
        """The switches that offer a closed choice, with their answers: what a pairwise matrix runs over."""
        hints = get_type_hints(cls)
        found: dict[str, tuple[Any, ...]] = {}
        for field in fields(cls):
            if get_origin(hints[field.name]) is Literal:
                found[field.name] = get_args(hints[field.name])
            elif hints[field.name] is bool:
                found[field.name] = (True, False)
        return found


def _allow(name: str, hint: Any, value: Any) -> None:
    if get_origin(hint) is Literal:
        fits = value in get_args(hint)
    elif hint is bool:
        fits = isinstance(value, bool)
    elif hint is float:
        fits = isinstance(value, int | float) and not isinstance(value, bool)
    else:
        fits = (value is None and hint is not int) or (isinstance(value, int) and not isinstance(value, bool))
    if not fits:
        raise SandboxError(f"The switch {name!r} does not take {value!r}; it takes {hint}.")
