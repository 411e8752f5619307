"""Every pair of answers to two open questions, in few combinations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

Pair = tuple[tuple[str, int], tuple[str, int]]


def combos(choices: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Combinations, each with one value for every name, in which each pair of values of two names occurs.

    Greedy: each combination is grown name by name with the value that brings most of the pairs still missing.
    """
    names = sorted(choices)
    missing: set[Pair] = {
        ((one, i), (other, j))
        for one, other in combinations(names, 2)
        for i in range(len(choices[one]))
        for j in range(len(choices[other]))
    }
    found: list[dict[str, int]] = []
    while missing:
        (one, i), (other, j) = min(missing)
        chosen = {one: i, other: j}
        for name in names:
            if name not in chosen:
                chosen[name] = max(
                    range(len(choices[name])), key=lambda value: (_gain(name, value, chosen, missing), -value)
                )
        missing -= {pair for pair in missing if all(chosen[name] == value for name, value in pair)}
        found.append(chosen)
    return [{name: choices[name][value] for name, value in chosen.items()} for chosen in found]


def _gain(name: str, value: int, chosen: Mapping[str, int], missing: set[Pair]) -> int:
    """How many missing pairs this value makes with what is chosen already."""
    mine = (name, value)
    return sum(
        ((mine, theirs) if name < other else (theirs, mine)) in missing
        for other, index in chosen.items()
        for theirs in [(other, index)]
    )
