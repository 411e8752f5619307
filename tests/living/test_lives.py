"""The roadmap's life: whatever its owner does over months, the numbers are what a diary says, and nothing is lost."""

from __future__ import annotations

import pytest

from living.checks import no_dearer_than_at_first, notion_agrees, numbers_agree, one_review_a_week, words_stand
from living.life import Life


def lived(seed: int, weeks: int) -> Life:
    life = Life(seed, weeks=weeks)

    async def story(_: object) -> None:
        await life.lives()
        numbers_agree(life)
        await notion_agrees(life)

    life.does(story)
    one_review_a_week(life)
    words_stand(life)
    return life


def test_a_winter_with_a_holiday_a_new_year_and_a_change_of_the_clocks() -> None:
    no_dearer_than_at_first(lived(1, weeks=20))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_a_life_of_half_a_year(seed: int) -> None:
    no_dearer_than_at_first(lived(seed, weeks=26))
