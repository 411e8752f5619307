"""What is known from the reference pages alone, what nobody can know yet, and what the product does about that."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

_REFERENCE = "https://developers.notion.com/reference/"
_PAIRS = "tests/simulation/test_pairs.py::test_any_two_answers_of_notion_lead_to_the_same_end"
_PAINS = "tests/acceptance/test_pains.py::test_pain_"
_RUNNING = "tests/acceptance/test_pains_of_running.py::test_pain_"
_LIVE_VIEWS = "tests/notion/test_views_live.py::test_"
_ROWS = "tests/notion/test_databases_and_rows.py::test_"


@dataclass(frozen=True)
class Fields:
    """Fields of one place: the place is an endpoint, a kind of object or "rich text"; both may hold wildcards."""

    way: str
    place: str
    paths: tuple[str, ...]

    def fits(self, way: str, place: str, path: str) -> bool:
        """Whether a field is one of these."""
        return way == self.way and fnmatchcase(place, self.place) and any(_like(path, one) for one in self.paths)


def _like(path: str, pattern: str) -> bool:
    """Paths hold brackets and stars of their own; a star at the end of a pattern stands for anything below."""
    return path.startswith(pattern[:-1]) if pattern.endswith("*") and not pattern.endswith(".*") else path == pattern


@dataclass(frozen=True)
class Documented:
    """Fields that neither recordings nor types show, and the page that does."""

    fields: tuple[Fields, ...]
    url: str

    def fits(self, way: str, place: str, path: str) -> bool:
        """Whether a field is one of these."""
        return any(one.fits(way, place, path) for one in self.fields)


@dataclass(frozen=True)
class Guess:
    """Something that may turn out either way.

    Args:
        switches: the sandbox's switches that stand for it.
        fields: those whose effect depends on it, where they are not recorded.
        url: the page that says which way, where one does; "" for a guess.
        fallback: what the product does when it is the other way.
        test: of that fallback.
    """

    switches: tuple[str, ...]
    asks: str
    fallback: str
    test: str
    fields: tuple[Fields, ...] = ()
    url: str = ""

    def fits(self, way: str, place: str, path: str) -> bool:
        """Whether a field is one of these."""
        return any(one.fits(way, place, path) for one in self.fields)


def _sent(place: str, *paths: str) -> Fields:
    return Fields("sent", place, paths)


def _read(place: str, *paths: str) -> Fields:
    return Fields("read", place, paths)


DOCUMENTED = (
    Documented((_sent("* /v1/views*", "filter*", "sorts*"), _read("view", "filter*", "sorts*", "quick_filters*")),
               _REFERENCE + "create-view"),
    Documented((_read("error", "additional_data*"),), _REFERENCE + "request-limits"),
    Documented((_read("list", "request_status*"),), "https://developers.notion.com/guides/data-apis/query-large-data-sources"),
)  # fmt: skip

GUESSES = (
    Guess(
        ("view_configuration", "required_view_configuration", "property_names_in_views"),
        "Is a view's configuration kept as it was sent?",
        "The answer is compared with what was asked, the difference reported, and the next plainer view made.",
        _PAINS + "14_views_are_silently_something_else",
        (_sent("* /v1/views*", "configuration*", "position*"), _read("view", "configuration*")),
    ),
    Guess(
        ("chart_views", "dashboard_views"),
        "Does the plan allow charts and dashboards?",
        "A refused view becomes the next best: dashboard, chart tab, table, text; the rest of the seed goes on.",
        _LIVE_VIEWS + "a_view_that_the_plan_has_not_is_refused_and_others_are_made",
        (_sent("POST /v1/views", "view_id", "placement*"), _read("view", "dashboard_view_id")),
    ),
    Guess(
        ("linked_views",),
        "May a linked database be put on a page over the API?",
        "It is skipped and named; the same view stands as a tab of its database.",
        _PAINS + "14_views_are_silently_something_else",
        (_sent("POST /v1/views", "create_database*"),),
    ),
    Guess(
        ("view_filters", "view_references"),
        "Is a view's filter kept, and are its properties named or given by id?",
        "Filters are compared by what they mean; one that was dropped is reported.",
        "tests/wire/test_views.py::test_the_same_filter_in_other_words_is_no_difference",
    ),
    Guess(
        ("back_relation_name",),
        "Does synced_property_name name the other side of a new two-way relation?",
        "The other side is read afterwards and renamed where it has another name.",
        _PAINS + "12_two_way_relations_get_ugly_names",
        (
            _sent(
                "* /v1/data*",
                "properties.*.relation.dual_property.synced_property_name",
                "properties.*.relation.dual_property.synced_property_id",
            ),
        ),
    ),
    Guess(
        ("formula_readback", "merge_text"),
        "How are formulas and pieces of text told back?",
        "Neither is compared letter by letter: formulas by what was sent, texts by what they show.",
        _PAINS + "drift_noise_what_notion_writes_otherwise_is_no_change",
        url=_REFERENCE + "property-object#formula",
    ),
    Guess(
        ("unknown_property",),
        "Is a write refused that names a property which does not exist?",
        "Columns are named by their ids, read before; one that is gone is reported with what hangs on it.",
        _RUNNING + "6_a_deleted_property_breaks_everything",
        url=_REFERENCE + "patch-page",
    ),
    Guess(
        ("option_colour", "option_rename"),
        "What may be changed about an existing option?",
        "Existing options are sent back by id without a colour, never renamed, and new ones beside them.",
        _ROWS + "options_are_added_beside_the_owners_and_colours_stay",
        url=_REFERENCE + "update-data-source-properties",
    ),
    Guess(
        ("unsorted_order",),
        "In which order come rows that no sort was named for?",
        "Rows are told apart by their keys and ids; no order is relied on.",
        _PAINS + "drift_noise_what_notion_writes_otherwise_is_no_change",
        url=_REFERENCE + "query-a-data-source",
    ),
    Guess(
        ("query_lag_requests",),
        "Does a query see a row at once?",
        "What was just made is known from its answer; a twin that a lookup missed is trashed while untouched.",
        _RUNNING + "3_duplicates_where_queries_lag_behind_creates",
    ),
    Guess(
        ("parallel_writes", "conflict_every"),
        "How many rows of one data source may be written to at the same time?",
        "It starts slowly, grows, halves on 409 and tries the refused write again.",
        _ROWS + "conflicts_slow_down_and_lose_nothing",
    ),
    Guess(
        ("limiter", "requests_per_minute"),
        "May a window's requests be sent in one burst?",
        "The first refusal within a window teaches it to drip, and Retry-After holds for everybody.",
        "tests/notion/test_throttle.py::test_a_refusal_within_the_window_teaches_to_drip",
        url=_REFERENCE + "request-limits",
    ),
    Guess(
        ("blocks_touch_page", "relations_touch_page"),
        "What moves a page's last_edited_time?",
        "Times only wake it up: what was read is compared with what was known, and our own edits are no news.",
        "tests/service/test_pull.py::test_what_only_we_edited_is_no_news",
    ),
    Guess(
        ("query_cap",),
        "What comes after 10,000 rows of one query?",
        "It goes on from the last row's created_time; where that gets nowhere, nothing counts as gone.",
        _ROWS + "beyond_the_cap_of_a_query_nothing_is_lost_silently",
        url="https://developers.notion.com/guides/data-apis/query-large-data-sources",
    ),
    Guess(
        ("cursor_ttl_requests",),
        "How long does a cursor live?",
        "A listing whose cursor died begins anew, three times at most, and counts nothing twice.",
        _ROWS + "cursors_that_expire_begin_the_listing_anew",
    ),
    Guess(
        ("members", "block_limit", "block_limit_grace_days"),
        "What happens when the free plan's blocks are used up?",
        "Creating stops, updates go on, and the run says so.",
        "tests/service/test_execute.py::test_when_the_free_blocks_are_used_up_creating_stops_and_updates_go_on",
        url=_REFERENCE + "workspace-block-limits",
    ),
    Guess(
        ("token_state",),
        "What happens when the token is revoked in the middle of a run?",
        "Nothing more is sent and everything left is named.",
        "tests/notion/test_transport.py::test_after_a_revoked_token_nothing_more_is_sent",
        url=_REFERENCE + "status-codes",
    ),
    Guess(
        ("can_read", "can_update", "can_insert", "can_see_users", "can_comment"),
        "What happens when the connection lacks a capability?",
        "What it cannot do is named with the capability that it needs; with the right again, the next run mends it.",
        _PAIRS,
        url=_REFERENCE + "capabilities",
    ),
    Guess(
        ("retired_keys",),
        "Are archived and after taken on 2026-03-11?",
        "They are never sent.",
        _PAINS + "15_requests_are_in_the_words_of_an_older_version",
        url="https://developers.notion.com/docs/upgrade-guide-2026-03-11",
    ),
    Guess(
        ("locks",),
        "Does a locked page or database refuse writes?",
        "A refused item is named and the rest goes on; with the lock gone, the next run mends it.",
        _PAIRS,
    ),
)

NOT_MET = {
    "rollup_over_formula": "roll-ups go over plain properties only",
    "formula_filters": "nothing is filtered, grouped or charted by a formula",
    "status_groups": "states are selects",
    "search_lag_s": "it never searches",
    "markdown_before_2026": "it speaks 2026-03-11, and in blocks",
}
"""Switches of the sandbox for what the product has nothing to do with, and why."""
