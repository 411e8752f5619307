"""The one way to Notion: throttle, concurrency, retries and classification, below notion-client.

notion-client loses codes and additional data, retries what must not be retried and not what should, so it is used
with `retry=False` and sees only successes: everything else leaves this transport as one of our exceptions.
"""

from __future__ import annotations

import logging
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import httpx
from pydantic import SecretStr
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

from notion_roadmap.clock import Clock
from notion_roadmap.errors import RunStopped
from notion_roadmap.notion.concurrency import Slots
from notion_roadmap.notion.failures import TROUBLE_HINT, WriteInReadOnlyRun, failure
from notion_roadmap.notion.outcome import (
    Effect,
    Endpoint,
    Lost,
    Outcome,
    Verdict,
    classify,
    classify_loss,
    endpoint,
)
from notion_roadmap.notion.sending import Sender
from notion_roadmap.notion.terms import Patience, Traffic, manner_of_speaking
from notion_roadmap.notion.throttle import Throttle, retry_after

log = logging.getLogger("notion_roadmap.notion")


class _AgainError(Exception):
    """This attempt came to nothing; another may not."""

    def __init__(self, outcome: Outcome, delay: float) -> None:
        self.outcome = outcome
        self.delay = delay
        super().__init__(outcome.rule)


@dataclass(slots=True)
class _Errand:
    """One request on its way, all its attempts together."""

    where: Endpoint
    effect: Effect
    lane: str
    used: float = 0
    attempts: int = 0
    waits: int = 0


class Transport(httpx.AsyncBaseTransport):
    """Wraps the transport that really sends.

    Raises the errors of `errors.py`; what it returns is a success with a JSON object in it.

    Args:
        token: put on each request here, and nowhere else.
        earlier: when the last run sent its last requests: see `Throttle.spent`.
        read_only: refuse every write before it is sent.
        dice: spreads repetitions; a seeded one makes a simulation repeatable.
    """

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        token: SecretStr,
        *,
        clock: Clock,
        per_minute: int,
        dice: random.Random,
        earlier: Iterable[datetime] = (),
        read_only: bool = False,
        patience: Patience | None = None,
    ) -> None:
        self.read_only = read_only
        self._sender = Sender(inner, token)
        self._token = token
        self._clock = clock
        self._dice = dice
        self._patience = patience or Patience()
        self._throttle = Throttle(clock, per_minute, earlier)
        self._slots = Slots()
        self._lanes: defaultdict[str, Slots] = defaultdict(Slots)
        self._stopped: RunStopped | None = None
        self._failed_in_a_row = 0
        self._counts: Counter[str] = Counter()
        self._retries = 0
        self._paused = 0.0

    @property
    def traffic(self) -> Traffic:
        """What went over the wire so far."""
        waited = self._throttle.waited + self._paused
        return Traffic(self._counts.total(), self._retries, waited, dict(self._counts))

    def spent(self) -> tuple[datetime, ...]:
        """When the requests of the last minute were sent, for the next run."""
        return self._throttle.spent()

    def left(self) -> int:
        """How many requests may still go before the window must be waited for."""
        return self._throttle.left()

    async def aclose(self) -> None:
        await self._sender.aclose()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        where = endpoint(request.method, request.url.path)
        manner = manner_of_speaking()
        effect = Effect.CREATE if manner.once else where.effect
        if self.read_only and effect is not Effect.READ:
            raise WriteInReadOnlyRun(where)
        errand = _Errand(where, effect, manner.lane)
        try:
            async for attempt in self._retrying(errand):
                with attempt:
                    return await self._attempt(request, errand)
        except _AgainError as error:
            raise self._give_up(errand, error.outcome) from None
        raise AssertionError("tenacity neither returned nor raised")

    def _retrying(self, errand: _Errand) -> AsyncRetrying:
        def stop(state: RetryCallState) -> bool:
            again = _again(state)
            if again.outcome.verdict is Verdict.WAIT:
                return errand.waits > self._patience.waits or again.delay > self._patience.pause
            most = 2 if again.outcome.verdict is Verdict.RETRY_ONCE else self._patience.attempts
            return errand.attempts >= most or errand.used + again.delay >= self._patience.deadline

        def wait(state: RetryCallState) -> float:
            again = _again(state)
            if again.outcome.verdict is Verdict.WAIT:
                return 0.0  # the throttle makes everybody wait
            errand.used += again.delay
            self._paused += again.delay
            return again.delay

        def before_sleep(state: RetryCallState) -> None:
            again = _again(state)
            self._retries += 1
            log.info("%s: %s, again in %.1f s", errand.where.name, again.outcome.rule, again.delay)

        return AsyncRetrying(
            sleep=self._clock.sleep,
            stop=stop,
            wait=wait,
            before_sleep=before_sleep,
            retry=retry_if_exception_type(_AgainError),
            reraise=True,
        )

    async def _attempt(self, request: httpx.Request, errand: _Errand) -> httpx.Response:
        lane = self._lanes[errand.lane] if errand.lane else None
        place = await lane.take() if lane else 0
        outcome: Outcome | None = None
        try:
            outcome, response = await self._in_turn(request, errand)
        finally:
            if lane:
                lane.give_back(place, trouble=_trouble(outcome, conflicts_only=True))
        if outcome.verdict is Verdict.OK:
            self._failed_in_a_row = 0
            return response
        raise self._reaction(errand, outcome, response)

    async def _in_turn(self, request: httpx.Request, errand: _Errand) -> tuple[Outcome, httpx.Response]:
        place = await self._slots.take()
        outcome: Outcome | None = None
        try:
            self._go_on()
            turn = await self._throttle.admit()
            self._go_on()
            self._counts[errand.where.name] += 1
            outcome, response = await self._exchange(request, errand)
            if outcome.status is not None:
                self._throttle.answered(turn)
            return outcome, response
        finally:
            self._slots.give_back(place, trouble=_trouble(outcome, conflicts_only=False))

    async def _exchange(self, request: httpx.Request, errand: _Errand) -> tuple[Outcome, httpx.Response]:
        started = self._clock.monotonic()
        left = min(self._patience.attempt, self._patience.deadline - errand.used)
        gap = self._patience.read if errand.where.effect is Effect.READ else self._patience.write
        answered = await self._sender.send(request, gap=gap, seconds=left)
        errand.used += self._clock.monotonic() - started
        if isinstance(answered, Lost):
            return classify_loss(errand.effect, answered), httpx.Response(599)
        return classify(errand.effect, answered.status_code, answered.content, answered.told), answered

    def _reaction(self, errand: _Errand, outcome: Outcome, response: httpx.Response) -> Exception:
        """What is raised for an outcome that is no success."""
        match outcome.verdict:
            case Verdict.WAIT:
                errand.waits += 1
                return self._told_to_wait(outcome, response)
            case Verdict.RETRY | Verdict.RETRY_ONCE:
                errand.attempts += 1
                longest = 5.0 if outcome.verdict is Verdict.RETRY_ONCE else min(20.0, 0.5 * 2 ** (errand.attempts - 1))
                return _AgainError(outcome, longest * (0.5 + self._dice.random()))
        error = failure(errand.where, errand.effect, outcome, self._token.get_secret_value())
        self._stop_after(error)
        log.log(logging.WARNING if outcome.verdict is Verdict.RUN else logging.INFO, "%s", error.what)
        return error

    def _told_to_wait(self, outcome: Outcome, response: httpx.Response) -> _AgainError:
        told = outcome.answer.first("retry_after")
        seconds = retry_after(response.headers.get("Retry-After", ""), told, self._clock.now())
        self._throttle.refused(overloaded=outcome.status == 529)
        if seconds <= self._patience.pause:
            self._throttle.pause(seconds + 0.25 * self._dice.random())
        return _AgainError(outcome, seconds)

    def _give_up(self, errand: _Errand, outcome: Outcome) -> Exception:
        error = failure(errand.where, errand.effect, outcome, self._token.get_secret_value())
        if outcome.rule != "conflict" and outcome.verdict is Verdict.RETRY:
            self._failed_in_a_row += 1
        if self._failed_in_a_row >= self._patience.failures and not isinstance(error, RunStopped):
            self._stop_after(RunStopped(error.what, hint=TROUBLE_HINT, status=error.status, code=error.code))
        self._stop_after(error)
        log.warning("%s, given up", error.what)
        return error

    def _stop_after(self, error: Exception) -> None:
        if isinstance(error, RunStopped) and self._stopped is None:
            self._stopped = error
            self._throttle.close()

    def _go_on(self) -> None:
        """Raises what stopped the run, if something did: an error of its own for each request."""
        error = self._stopped
        if error is not None:
            raise RunStopped(
                error.what, hint=error.hint, status=error.status, code=error.code, request_id=error.request_id
            )


def _again(state: RetryCallState) -> _AgainError:
    error = state.outcome.exception() if state.outcome else None
    assert isinstance(error, _AgainError)
    return error


def _trouble(outcome: Outcome | None, *, conflicts_only: bool) -> bool | None:
    if outcome is None:
        return None
    if outcome.verdict is Verdict.OK:
        return False
    if outcome.status == 409:
        return True
    server = outcome.status is not None and 500 <= outcome.status < 600 and outcome.status != 529
    return True if server and not conflicts_only else None
