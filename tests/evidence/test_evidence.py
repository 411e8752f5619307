"""docs/evidence.md says how well everything is known that crosses the wire, and is in step with the product."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from notion_roadmap.sandbox.switches import Switches


@pytest.fixture(scope="module", autouse=True)
def on_the_path(repository: Path) -> Iterator[None]:
    """The scripts are no package that is installed."""
    sys.path.insert(0, str(repository / "scripts"))
    yield
    sys.path.remove(str(repository / "scripts"))


@pytest.fixture(scope="module")
def product() -> Any:
    """What a season of the product sends and reads."""
    from honesty.product import season

    return season()


def test_the_page_is_in_step(product: Any, repository: Path) -> None:
    from honesty.page import page

    assert (repository / "docs/evidence.md").read_text("utf-8") == page(product), "run scripts/evidence"


def test_nothing_is_sent_or_read_of_which_nobody_knows_anything(product: Any) -> None:
    from honesty.grades import Evidence

    evidence = Evidence()
    assert [one for one in sorted(product.fields) if evidence.grade(*one) == "unknown"] == []


def test_every_guess_and_every_document_is_about_something_that_crosses_the_wire(product: Any) -> None:
    from honesty.questions import DOCUMENTED, GUESSES

    for one in (*DOCUMENTED, *GUESSES):
        for fields in one.fields:
            for path in fields.paths:
                alone = type(fields)(fields.way, fields.place, (path,))
                assert any(alone.fits(*field) for field in product.fields), (fields.place, path)


def test_every_switch_of_the_sandbox_is_a_question_with_a_fallback_or_none_of_the_products() -> None:
    from honesty.questions import GUESSES, NOT_MET

    named = [name for one in GUESSES for name in one.switches] + list(NOT_MET)
    assert sorted(named) == sorted(Switches().values())
    assert all(one.fallback for one in GUESSES)


def test_every_named_test_exists(repository: Path) -> None:
    from honesty.questions import GUESSES

    for one in GUESSES:
        file, _, name = one.test.partition("::")
        tree = ast.parse((repository / file).read_text("utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, one.test


def test_the_digest_is_that_of_the_recordings(repository: Path) -> None:
    from honesty.grades import Evidence, digest

    folder = repository.parent / "shared/recorded/conversations"
    if not folder.exists():
        pytest.skip("no recorded conversations beside the checkout")
    assert digest(folder) == Evidence()._recorded


@pytest.mark.parametrize(
    ("place", "path", "grade"),
    [
        ("POST /v1/pages", "parent.page_id", "recorded"),
        ("POST /v1/views", "configuration.x_axis.property_id", "guessed"),
        ("PATCH /v1/databases/{id}", "parent.page_id", "typed"),
        ("POST /v1/views", "filter.and|or[].number.equals", "documented"),
        ("POST /v1/pages", "parent.nowhere", "unknown"),
        ("POST /v1/nowhere", "parent", "unknown"),
        ("GET /v1/views", "?page_size", "typed"),
        ("GET /v1/views", "?nothing", "unknown"),
    ],
)
def test_a_field_that_is_sent_has_the_best_grade_that_it_can(place: str, path: str, grade: str) -> None:
    from honesty.grades import Evidence

    assert Evidence().grade("sent", place, path) == grade


def test_what_is_read_is_seen_and_what_is_not_is_not() -> None:
    from honesty.watch import watched

    seen: list[tuple[str, str]] = []
    answer = watched(
        {"object": "list", "results": [{"object": "page", "id": "1", "properties": {"A": {"number": 1}}}], "more": 1},
        "answer",
        "",
        lambda kind, path: seen.append((kind, path)),
    )
    page = answer["results"][0]
    assert page.get("nothing") is None
    assert [value.get("number") for value in page["properties"].values()] == [1]
    assert seen == [
        ("list", "results"),
        ("page", "properties"),
        ("page", "properties.*"),
        ("page", "properties.*.number"),
    ]
