"""The roadmap's life: whatever its owner does over months, the numbers are what a diary says, and nothing is lost."""

from __future__ import annotations

import pytest

from living.lived import lived


def test_a_winter_with_a_holiday_a_new_year_and_a_change_of_the_clocks() -> None:
    lived(1, weeks=20)


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "zone"), [(2, "America/New_York"), (3, "Australia/Lord_Howe")])
def test_a_life_of_half_a_year(seed: int, zone: str) -> None:
    lived(seed, weeks=26, zone=zone)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_whole_life_of_a_roadmap(seed: int) -> None:
    """75 weeks: two new years, three changes of the clocks, two holidays, three new plans, a lost state."""
    lived(seed, weeks=75)
