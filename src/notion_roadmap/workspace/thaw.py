"""From the canonical form of a row's value, or of a block, back to it."""

from __future__ import annotations

from datetime import date

from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.canonical import JSON, canonical
from notion_roadmap.workspace.properties import DateSpan, Foreign, Value
from notion_roadmap.workspace.text import EMPTY, Run, Text


def value_of(told: JSON) -> Value:
    """What `canonical` was given: any value that a row can hold."""
    if isinstance(told, list):
        return tuple(one for one in told if isinstance(one, str))
    if not isinstance(told, dict):
        return told
    match told.get("is"):
        case "DateSpan":
            end = told.get("end")
            return DateSpan(date.fromisoformat(str(told["start"])), date.fromisoformat(str(end)) if end else None)
        case "Text":
            runs = told.get("runs")
            return Text(tuple(_run(one) for one in runs if isinstance(one, dict)) if isinstance(runs, list) else ())
        case "Foreign":
            return Foreign(str(told["digest"]), day_of(told))
    raise ValueError(f"no value has the form {told}")


def _run(told: dict[str, JSON]) -> Run:
    return Run(**{name: value for name, value in told.items() if name != "is"})  # type: ignore[arg-type]


def block_of(told: JSON) -> Block:
    """A block from its canonical form, with what it holds. Raises ValueError for what is none."""
    if not isinstance(told, dict) or told.get("is") != "Block":
        raise ValueError(f"no block has the form {told}")
    text, children = value_of(told.get("text", canonical(EMPTY))), told.get("children", [])
    plain = {name: told[name] for name in ("anchor", "icon", "color", "language", "checked") if name in told}
    cells = told.get("cells", [])
    return Block(
        BlockType(str(told["type"])),
        text if isinstance(text, Text) else EMPTY,
        tuple(block_of(one) for one in children) if isinstance(children, list) else (),
        cells=tuple(_cell(one) for one in cells) if isinstance(cells, list) else (),
        **plain,  # type: ignore[arg-type]
    )


def _cell(told: JSON) -> Text:
    cell = value_of(told)
    return cell if isinstance(cell, Text) else EMPTY


def day_of(told: JSON) -> date | None:
    """The day, or the first day, that a date's canonical form names; None for anything else."""
    if not isinstance(told, dict):
        return None
    day = told.get("start") or told.get("day")
    return date.fromisoformat(day) if isinstance(day, str) else None


def last_day_of(told: JSON) -> date | None:
    """The last day of a span, None where it has none."""
    day = told.get("end") if isinstance(told, dict) else None
    return date.fromisoformat(day) if isinstance(day, str) else None


def words_of(told: JSON) -> str:
    """The plain words of a text, an option or a link; "" for anything else."""
    if isinstance(told, str):
        return told
    value = value_of(told) if isinstance(told, dict) and told.get("is") == "Text" else None
    return value.plain if isinstance(value, Text) else ""


def number_of(told: JSON) -> float | None:
    """A number, None for anything else."""
    return told if isinstance(told, int | float) and not isinstance(told, bool) else None


def names_of(told: JSON) -> tuple[str, ...]:
    """Options or row keys, () for anything else."""
    return tuple(one for one in told if isinstance(one, str)) if isinstance(told, list) else ()
