"""Views that a plan refused, asked for again after an upgrade."""

from __future__ import annotations

import pytest

from acceptance.census import census
from acceptance.ground import Ground, Seeded
from acceptance.test_lost_state import cut_after
from notion_roadmap.roadmap import Roadmap

NO_CHARTS = {"chart_views": "403", "dashboard_views": "403"}
ALL = {"chart_views": "allowed", "dashboard_views": "allowed"}


def charts(ground: Ground) -> list[str]:
    objects = ground.workspace.control("export")["objects"]
    return sorted(v["type"] for v in objects if v["object"] == "view" and v["type"] in ("chart", "dashboard"))


@pytest.fixture
def plain(empty: Ground, mini: Roadmap) -> Ground:
    """The small workspace on a plan that has neither charts nor dashboards."""
    empty.workspace.control("switches", NO_CHARTS)
    assert empty.seed(mini).outcome == "done"
    assert charts(empty) == []
    return empty


def test_a_view_that_was_refused_is_granted_after_an_upgrade(plain: Ground, mini: Roadmap, seeded_mini: Seeded) -> None:
    """It was tried again only when its wish changed: an owner who upgraded kept tables for charts for ever."""
    plain.workspace.control("switches", ALL)
    with plain.no_writes():
        assert any("--retry-views" in line for line in plain.seed(mini).warnings)

    prepared, result = plain.seed_with_plan(mini, retry_views=True)

    assert (result.outcome, result.skipped, result.warnings) == ("done", [], [])
    assert {c.why for c in prepared.plan.changes if c.key in plain.state.all()} >= {
        "Notion granted less of it before, tried again"
    }
    assert 0 <= prepared.price.requests - result.requests <= 1 + len(prepared.steps)
    assert census(plain) == census(seeded_mini.ground)
    with plain.no_writes():
        assert plain.seed(mini, retry_views=True).outcome == "done"


def test_what_is_refused_again_stays_as_it_is(plain: Ground, mini: Roadmap) -> None:
    before = census(plain)

    result = plain.seed(mini, retry_views=True)

    assert result.outcome == "done"
    assert any("--retry-views" in line for line in result.warnings)
    assert census(plain) == before


def test_a_stand_in_that_the_owner_changed_stays(plain: Ground, mini: Roadmap) -> None:
    view = plain.id("view:history/burn-up")
    plain.owner.patch(f"/views/{view}", {"name": "My own table"})
    plain.workspace.control("switches", ALL)

    result = plain.seed(mini, retry_views=True)

    assert result.outcome == "done"
    assert any(line.startswith("view:history/burn-up is not tried again") for line in result.warnings)
    assert plain.reader.get(f"/views/{view}")["name"] == "My own table"


def test_cut_short_at_any_write_it_ends_as_if_undisturbed(plain: Ground, mini: Roadmap, seeded_mini: Seeded) -> None:
    plain.workspace.control("switches", ALL)
    wanted = census(seeded_mini.ground)
    for writes in (0, 1, 2, 4, 6):
        fork = plain.fork()
        cut_after(fork, writes)
        with pytest.raises(BaseException):  # noqa: B017, PT011 - alone, or in a group with others of its kind
            fork.seed(mini, retry_views=True)
        fork.recorder.before = lambda method, path: None
        assert fork.seed(mini, retry_views=True).outcome == "done"
        assert census(fork) == wanted, f"cut after {writes} writes"
        fork.workspace.close()


@pytest.mark.parametrize("manifest", [True, False], ids=["manifest", "names"])
def test_what_was_refused_is_known_although_the_state_was_lost(
    plain: Ground, mini: Roadmap, seeded_mini: Seeded, manifest: bool
) -> None:
    """A dashboard's stand-in was taken for the dashboard, and each seed failed to put widgets on it."""
    before = census(plain)
    if not manifest:
        plain.owner.call("DELETE", f"/blocks/{plain.id('section:manifest')}")
    plain.forget()

    result = plain.seed(mini)

    assert (result.outcome, result.skipped) == ("done", [])
    assert census(plain) == before
    plain.workspace.control("switches", ALL)
    assert plain.seed(mini, retry_views=True).outcome == "done"
    assert census(plain) == census(seeded_mini.ground)
