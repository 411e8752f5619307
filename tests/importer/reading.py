"""What a reader takes from a document of the corpus, compared with what the importer took from it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"

_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\](?:\([^)]*\)|\[[^\]]*\])")
_SHORT_CODE = re.compile(r"^:\w+:\s*")
_TIME = re.compile(
    r"\s*\((?:~|ca\.?\s*)?[\d.,–-]+\s*(?:h|hours?|hrs?|std\.?|min|minutes|days?|weeks?)\.?\)$", re.IGNORECASE
)
_DONE = re.compile(r"\s*(?:✅|✔️|☑️|\((?:done|completed|shipped)\))$", re.IGNORECASE)


@dataclass
class Score:
    """How much of a document was read as a reader reads it, and every difference."""

    right: int = 0
    total: int = 0
    differences: list[str] = field(default_factory=list)

    def check(self, is_right: bool, difference: str) -> None:
        """Count one thing that a reader would look at."""
        self.total += 1
        self.right += is_right
        if not is_right:
            self.differences.append(difference)

    def __str__(self) -> str:
        return "\n  ".join([f"{self.right} of {self.total} right", *self.differences])


def expected_of(document: Path) -> dict[str, Any]:
    """What stands beside a document of the corpus."""
    loaded: dict[str, Any] = yaml.safe_load(document.with_suffix(".yaml").read_text(encoding="utf-8"))
    return loaded


def plain(text: str) -> str:
    """A title as it is compared: without markup, signs at its edges, marks of completion and time boxes at its end."""
    text = _LINK.sub(r"\1", text)
    text = re.sub(r"~~|\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)", "", text)
    text = _SHORT_CODE.sub("", unicodedata.normalize("NFC", text).strip())
    while text and (unicodedata.category(text[0]) in ("So", "Sk", "Mn", "Cf") or text[0].isspace()):
        text = text[1:]
    for pattern in (_DONE, _TIME):
        text = pattern.sub("", text)
    return re.sub(r"\s+", " ", text).strip().rstrip(":.").casefold()


def score_of(expected: Mapping[str, Any], data: Mapping[str, Any]) -> Score:
    """Compare phase by phase and item by item."""
    score = Score()
    if "title" in expected:
        score.check(
            plain(expected["title"]) == plain(data.get("title", "")), f"the title reads {data.get('title', '')!r}"
        )
    phases = data.get("phases", [])
    wanted = expected["phases"]
    names = [phase.get("title", "") for phase in phases]
    score.check(len(phases) == len(wanted), f"{len(phases)} phases instead of {len(wanted)}: {names}")
    for place, one in enumerate(wanted):
        _phase(score, one, _found(one, place, phases, alone=len(wanted) == 1))
    titles = [task["title"] for phase in phases for task in phase.get("tasks", ())]
    for words in expected.get("not_tasks", ()):
        hits = [title for title in titles if str(words).casefold() in title.casefold()]
        score.check(not hits, f"{words!r} became a task: {hits[:3]}")
    return score


def _found(one: Mapping[str, Any], place: int, phases: list[Any], *, alone: bool) -> Mapping[str, Any] | None:
    if "title" not in one:
        return phases[place] if place < len(phases) and (alone or len(phases) > place) else None
    return next((phase for phase in phases if _is_called(phase, one["title"])), None)


def _is_called(phase: Mapping[str, Any], title: str) -> bool:
    names = {plain(phase.get(name, "")) for name in ("title", "option", "heading")}
    return plain(title) in names | {re.sub(r"^[\divx]+[.)] ", "", name) for name in names}


def _phase(score: Score, one: Mapping[str, Any], phase: Mapping[str, Any] | None) -> None:
    name = str(one.get("title", "the only phase"))
    score.check(phase is not None, f"no phase is called {name!r}")
    if phase is None:
        score.total += len(one["items"])
        return
    _window(score, name, one, phase.get("window"))
    tasks = phase.get("tasks", [])
    optional = {plain(item) for item in one.get("optional", ())}
    right = [task for task in tasks if plain(task["title"]) not in optional]
    wanted = [item for item in one["items"] if plain(item) not in optional]
    score.check(
        len(right) == len(wanted), f"{name}: {len(right)} items instead of {len(wanted)}: {[t['title'] for t in right]}"
    )
    for item, task in zip(wanted, [*right, *[None] * len(wanted)], strict=False):
        _task(score, name, one, item, task)


def _window(score: Score, name: str, one: Mapping[str, Any], window: Mapping[str, Any] | None) -> None:
    if "window" not in one:
        return
    wanted = one["window"]
    if wanted == "none":
        score.check(window is None, f"{name}: a window out of nothing: {window}")
        return
    got = {part: _as_text((window or {}).get(part)) for part in ("unit", "start", "end")}
    score.check(
        got == {part: _as_text(wanted.get(part)) for part in ("unit", "start", "end")}, f"{name}: the window is {got}"
    )


def _as_text(value: object) -> str | None:
    return None if value is None else str(value)


def _task(score: Score, name: str, one: Mapping[str, Any], item: str, task: Mapping[str, Any] | None) -> None:
    score.check(task is not None and _is_item(item, task), f"{name}: {item!r} reads {task and task['title']!r}")
    if task is None:
        return
    if item not in one.get("either", ()):
        done = item in one.get("done", ())
        score.check(bool(task.get("completed")) == done, f"{name}: {item!r} is {'not ' if done else ''}completed")
    if item in one.get("hours", {}):
        score.check(task.get("hours") == one["hours"][item], f"{name}: {item!r} takes {task.get('hours')} hours")
    if item in one.get("as_written", {}):
        words = str(task.get("hours_as_written", ""))
        score.check(one["as_written"][item] in words, f"{name}: the hours of {item!r} are written {words!r}")
    if item in one.get("steps", {}):
        steps = [plain(step) for step in _steps(task.get("steps", ()))]
        score.check(steps == [plain(step) for step in one["steps"][item]], f"{name}: the steps of {item!r} are {steps}")


def _is_item(item: str, task: Mapping[str, Any]) -> bool:
    """Whether it is the item: by its whole text, or by its beginning if the task holds the rest of the words too."""
    wanted, title = plain(item), plain(task["title"])
    if wanted == title:
        return True
    if not title or not wanted.startswith(title):
        return False
    held = set(re.findall(r"\w+", " ".join(texts_of(task)).casefold()))
    return set(re.findall(r"\w+", wanted)) <= held


def _steps(steps: Any) -> Iterator[str]:
    for step in steps:
        if isinstance(step, Mapping):
            yield step["text"]
            yield from _steps(step.get("steps", ()))
        else:
            yield step


def texts_of(value: object) -> Iterator[str]:
    """Every text within plain data, keys of mappings left out."""
    if isinstance(value, Mapping):
        for below in value.values():
            yield from texts_of(below)
    elif isinstance(value, (list, tuple)):
        for below in value:
            yield from texts_of(below)
    elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
        yield str(value)
