"""Public holidays, looked up where the owner says whose. The calendar itself is pure and is given the days."""

from __future__ import annotations

from datetime import date

YEARS = 12
"""How many years from the start are looked up: further ahead governments have not decided."""


def days_off(code: str, start: date) -> frozenset[date]:
    """The public holidays of a country or a part of it (`DE`, `DE-BY`), from the year of the start on; none for "".

    https://holidays.readthedocs.io/
    """
    if not code:
        return frozenset()
    from holidays import country_holidays

    country, _, part = code.partition("-")
    years = range(start.year, min(start.year + YEARS, date.max.year))
    return frozenset(country_holidays(country, subdiv=part or None, years=years))
