"""A client that writes only to what it made itself, and the page on which it makes it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx

Json = dict[str, Any]

VERSION = "2026-03-11"
_ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_READS = ("/query", "/search")
_HOLD_IDS = ("after", "after_block", "relation")
_ATTEMPTS = 6


class TouchesOthers(Exception):
    """A check was about to write to something that this run did not make; nothing was sent."""


@dataclass(frozen=True)
class Answer:
    """What one request brought."""

    status: int
    body: Json

    @property
    def ok(self) -> bool:
        """Whether it was carried out."""
        return self.status < 400

    @property
    def said(self) -> str:
        """The refusal in one line."""
        return f"{self.status} {self.body.get('code', '')}: {self.body.get('message', '')}".replace("\n", " ")

    def __getitem__(self, key: str) -> Any:
        if not self.ok:
            raise Refused(self)
        return self.body[key]


class Refused(Exception):
    """Something that every other check relies on was refused."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.said)


@dataclass
class Exchange:
    """One request and its answer, for the contract."""

    method: str
    path: str
    answer: Answer


def plain(id_: str) -> str:
    """An id without dashes, to be compared."""
    return id_.replace("-", "").lower()


@dataclass
class Notion:
    """Speaks to an address that has no /v1.

    Args:
        allowed: the page on which one page may be made, and nothing else.
        wait: waits for so many seconds.
    """

    address: str
    token: str = field(repr=False)
    allowed: str
    wait: Callable[[float], None] = time.sleep
    made: set[str] = field(default_factory=set)
    exchanges: list[Exchange] = field(default_factory=list)
    refused_for_rate: list[int] = field(default_factory=list)
    conflicts: int = 0

    def __post_init__(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}"}
        self._http = httpx.Client(base_url=f"{self.address.rstrip('/')}/v1", headers=headers, timeout=70)

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def __call__(self, method: str, path: str, body: Json | None = None, version: str = VERSION) -> Answer:
        """One request; waits where Notion says so, repeats conflicts, and leaves every other refusal to the caller."""
        self._refuse_others(method, path, body)
        for _ in range(_ATTEMPTS):
            answer, pause = self._send(method, path, body, version)
            if answer.status == 409:
                self.conflicts += 1
            elif answer.status not in (429, 529):
                break
            else:
                self.refused_for_rate.append(len(self.exchanges))
            self.wait(pause)
        self.exchanges.append(Exchange(method, path, answer))
        if answer.ok and (method == "POST" or self._lists_what_was_made(path)):
            self.made |= {plain(one) for one in _made_by(path, answer.body)}
        return answer

    def _lists_what_was_made(self, path: str) -> bool:
        """Whether this lists the blocks of a page or the views of a database of this run: they are its own too."""
        listing = "/children" in path or path.startswith("/views?")
        return listing and {plain(one) for one in _ID.findall(path)} <= self.made

    def _send(self, method: str, path: str, body: Json | None, version: str) -> tuple[Answer, float]:
        response = self._http.request(method, path, json=body, headers={"Notion-Version": version})
        try:
            told = response.json()
        except ValueError:
            told = {"message": response.text[:200]}
        return Answer(response.status_code, told), float(response.headers.get("Retry-After", 1))

    def at_once(self, method: str, path: str, bodies: list[Json | None]) -> list[Answer]:
        """Requests that are under way at the same time, each sent once."""
        for body in bodies:
            self._refuse_others(method, path, body)
        with ThreadPoolExecutor(len(bodies)) as pool:
            answers = list(pool.map(lambda body: self._send(method, path, body, VERSION)[0], bodies))
        self.made |= {plain(answer.body["id"]) for answer in answers if answer.ok and method == "POST"}
        return answers

    def _refuse_others(self, method: str, path: str, body: Json | None) -> None:
        if method == "GET" or path.endswith(_READS):
            return
        named = {plain(one) for one in [*_ID.findall(path), *_references(body)]}
        may = self.made | ({plain(self.allowed)} if method == "POST" and path == "/pages" and not self.made else set())
        if named - may:
            raise TouchesOthers(f"{method} {path} names {', '.join(sorted(named - may))}, which this run did not make.")


def _references(value: Any, key: str = "") -> Iterator[str]:
    """The objects that a body names: ids of options and of properties are no objects."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _references(inner, key if name == "id" and key in _HOLD_IDS else name)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner, key)
    elif isinstance(value, str) and (key in _HOLD_IDS or key.endswith("_id")) and _ID.fullmatch(value):
        yield value


def _made_by(path: str, answer: Json) -> Iterator[str]:
    """The ids of what an answer says was made, or lists."""
    if path.endswith(_READS):
        return
    for one in [answer, *answer.get("data_sources", []), *answer.get("results", [])]:
        if "id" in one:
            yield one["id"]
    if answer.get("object") == "view" and answer["parent"].get("database_id"):
        yield answer["parent"]["database_id"]
