"""Asking all questions, and saying what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import livecheck.ask_data
import livecheck.ask_pages
import livecheck.ask_views  # noqa: F401 - the three add the questions
from contract.notion_contract import Contract
from livecheck.ground import Ground
from livecheck.notion import Notion, Refused
from livecheck.questions import QUESTIONS, Question
from notion_roadmap.sandbox.switches import Switches


@dataclass(frozen=True)
class Told:
    """A question and its answer; `sandbox` is what the sandbox says by default, None where it has no switch."""

    question: Question
    answer: object
    sandbox: object

    @property
    def differs(self) -> bool:
        """Whether the sandbox's default would have to become another."""
        return self.question.switch is not None and self.answer != self.sandbox


def ask(notion: Notion, names: Iterable[str] = (), tell: Callable[[Told], object] = bool) -> list[Told]:
    """Ask the named questions, or all, on a page of their own, which goes to the trash whatever happens.

    Raises Refused when not even that page can be made or trashed.
    """
    defaults = Switches().values()
    wanted = [QUESTIONS[name] for name in names] or list(QUESTIONS.values())
    ground, found = Ground(notion, "notion-roadmap asks"), []
    try:
        for one in wanted:
            found.append(Told(one, _answer(one, ground), defaults.get(one.switch or "")))
            tell(found[-1])
    finally:
        trashed = ground.clean_up()
    if not trashed.ok:
        raise Refused(trashed)
    return found


def _answer(question: Question, ground: Ground) -> object:
    """An answer; what the question relies on and Notion refuses is an answer too."""
    try:
        return question.find_out(ground)
    except Refused as refused:
        return f"cannot be asked: {refused}"


def outside_the_contract(notion: Notion) -> list[str]:
    """What was answered and Notion's own published types do not allow."""
    contract = Contract()
    return [
        f"{one.method} {one.path.partition('?')[0]}: {problem}"
        for one in notion.exchanges
        for problem in contract.response_errors(
            one.method, "/v1" + one.path.partition("?")[0], one.answer.status, one.answer.body
        )
    ]
