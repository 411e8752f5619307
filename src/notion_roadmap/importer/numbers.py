"""Numbers as documents write them."""

from __future__ import annotations

MAX_NUMBER = 10**12
"""What is counted stays below."""


def whole(number: float) -> int | float:
    """The number as it is written: 15, not 15.0."""
    return int(number) if float(number).is_integer() else number


def number_of(digits: str) -> float:
    """The number that digits with commas say; 0 for one that no person counts to."""
    number = float(digits.replace(",", ""))
    return number if number <= MAX_NUMBER else 0
