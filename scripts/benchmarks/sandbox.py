"""How fast the sandbox answers: over sockets, at one and at eight connections, with 1,000 and 10,000 rows.

    scripts/bench sandbox [--requests 300] [--json]

The server is a process of its own on a data file, without a rate limit; each connection is a thread of this process
with plain http.client, so a part of what is measured at eight connections is this process itself. The query filters
and sorts, and asks for 100 rows. The seed is the bundled roadmap in one process, planning and state included.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from benchmarks.aims import Aim
from benchmarks.recording import record
from notion_roadmap.sandbox import create_app
from notion_roadmap.templates import load_template

ROWS = (1_000, 10_000)
CONNECTIONS = (1, 8)
_STARTS = 5
_KINDS = ("Red", "Green", "Blue")
_QUERY = {
    "filter": {
        "and": [{"property": "Kind", "select": {"equals": "Red"}}, {"property": "N", "number": {"less_than": 900}}]
    },
    "sorts": [{"property": "N", "direction": "descending"}],
    "page_size": 100,
}
Body = dict[str, Any] | None
Deed = Callable[[int], tuple[str, str, Body]]


@dataclass(frozen=True, slots=True)
class Measure:
    """How long requests of one kind took, in milliseconds."""

    deed: str
    rows: int
    connections: int
    p50: float
    p95: float
    per_second: float

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            name: round(value, 2) if isinstance(value, float) else value
            for name, value in ((name, getattr(self, name)) for name in self.__slots__)
        }


class Server:
    """A served sandbox."""

    def __init__(self, told: dict[str, str], process: subprocess.Popen[str]) -> None:
        self._place = urlsplit(told["url"])
        self._pid = process.pid
        self.root = told["root_page_id"]
        self._headers = {
            "Authorization": f"Bearer {told['token']}",
            "Notion-Version": "2026-03-11",
            "Content-Type": "application/json",
        }

    def connection(self) -> HTTPConnection:
        """A connection that stays open."""
        return HTTPConnection(str(self._place.hostname), self._place.port)

    def ask(self, connection: HTTPConnection, method: str, path: str, body: Body) -> Any:
        """One request; anything but 200 is a mistake of the bench."""
        connection.request(method, path, None if body is None else json.dumps(body), self._headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {content!r}")
        return json.loads(content)

    def peak_mb(self) -> float | None:
        """What was resident at most, where the system tells it."""
        try:
            lines = Path(f"/proc/{self._pid}/status").read_text().splitlines()
        except OSError:
            return None
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


@contextmanager
def serving(data: str) -> Iterator[tuple[Server, float]]:
    """A sandbox on a data file, and how many seconds it took until it was ready."""
    command = [sys.executable, "-m", "notion_roadmap.sandbox", "--port", "0", "--rate-limit", "off", "--data", data]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            yield Server(json.loads(line), process), time.perf_counter() - began
        finally:
            process.terminate()


def fill(data: Path, rows: int) -> tuple[str, list[str]]:
    """A data file with one database of so many rows: its data source and the ids of the rows."""
    workspace = create_app(data=data, rate_limit=False, seed=1).state.workspace
    headers = {"authorization": f"Bearer {workspace.token}", "notion-version": "2026-03-11"}

    def post(path: str, body: Body) -> Any:
        return json.loads(workspace.handle("POST", path, [], headers, json.dumps(body).encode()).body)

    kinds = {"select": {"options": [{"name": name} for name in _KINDS]}}
    columns = {"Name": {"title": {}}, "N": {"number": {}}, "Kind": kinds, "Day": {"date": {}}, "Done": {"checkbox": {}}}
    body = {"parent": {"page_id": workspace.root_page_id}, "initial_data_source": {"properties": columns}}
    source = post("/v1/databases", body)["data_sources"][0]["id"]
    made = [post("/v1/pages", row(source, number))["id"] for number in range(rows)]
    workspace.close()
    return source, made


def row(source: str, number: int) -> dict[str, Any]:
    """The body of a request that makes a row."""
    values = {
        "Name": {"title": [{"text": {"content": f"Row {number}"}}]},
        "N": {"number": number * 7919 % 1_000},
        "Kind": {"select": {"name": _KINDS[number % 3]}},
        "Day": {"date": {"start": f"2026-11-{number % 28 + 1:02d}"}},
        "Done": {"checkbox": number % 2 == 0},
    }
    return {"parent": {"data_source_id": source}, "properties": values}


def measure(rows: int, requests: int) -> tuple[list[Measure], float | None]:
    """Every kind of request at every number of connections, on so many rows; and the peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        source, made = fill(Path(folder) / "data.sqlite", rows)
        deeds: dict[str, Deed] = {
            "retrieve": lambda n: ("GET", f"/v1/pages/{made[n % rows]}", None),
            "update": lambda n: ("PATCH", f"/v1/pages/{made[n % rows]}", {"properties": {"N": {"number": n}}}),
            "query": lambda _: ("POST", f"/v1/data_sources/{source}/query", _QUERY),
            "create": lambda n: ("POST", "/v1/pages", row(source, n)),
        }
        with serving(str(Path(folder) / "data.sqlite")) as (server, _):
            found = [
                _times(server, name, rows, connections, deed, requests if name != "query" else max(20, requests // 6))
                for connections in CONNECTIONS
                for name, deed in deeds.items()
            ]
            return found, server.peak_mb()


def _times(server: Server, name: str, rows: int, connections: int, deed: Deed, requests: int) -> Measure:
    def work(worker: int) -> list[float]:
        connection, taken = server.connection(), []
        server.ask(connection, *deed(worker))  # the first one opens the connection and warms up
        for number in range(worker, requests, connections):
            asked = deed(number)
            began = time.perf_counter()
            server.ask(connection, *asked)
            taken.append((time.perf_counter() - began) * 1_000)
        connection.close()
        return taken

    began = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        taken = sorted(one for part in pool.map(work, range(connections)) for one in part)
    seconds = time.perf_counter() - began
    return Measure(name, rows, connections, *_percentiles(taken), per_second=(requests + connections) / seconds)


def _percentiles(taken: list[float]) -> tuple[float, float]:
    return statistics.median(taken), taken[min(len(taken) - 1, int(len(taken) * 0.95))]


def start_seconds() -> float:
    """The median of how long an empty sandbox takes until it is ready."""
    taken = []
    for _ in range(_STARTS):
        with serving(":memory:") as (_, seconds):
            taken.append(seconds)
    return statistics.median(taken)


def seed_seconds() -> float:
    """How long a whole seed takes in one process; the first one warms up."""
    roadmap = load_template("data-engineering-career")
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        asyncio.run(record(roadmap))
        taken.append(time.perf_counter() - began)
    return min(taken)


def aims_of(measures: list[Measure], start: float, seed: float) -> list[Aim]:
    """What issue and docs aim at, beside what was measured."""
    alone = {(one.deed, one.rows): one.p95 for one in measures if one.connections == 1}
    found = [
        Aim(f"ms of {deed} at p95, one connection, {rows:,} rows", alone[deed, rows], limit)
        for deed, limit in (("retrieve", 5), ("create", 5), ("query", 50))
        for rows in sorted({rows for _, rows in alone})
    ]
    return [*found, Aim("seconds to start", start, 0.5), Aim("seconds of a seed in one process", seed, 2)]


def main(arguments: list[str], rows: tuple[int, ...] = ROWS) -> int:
    """0 when everything ran, whatever the aims: what depends on the machine is no test."""
    parser = argparse.ArgumentParser(prog="scripts/bench sandbox", description="How fast the sandbox answers.")
    parser.add_argument("--requests", type=int, default=300, help="of each kind (300)")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    given = parser.parse_args(arguments)
    if given.requests < max(CONNECTIONS):
        parser.error(f"--requests is at least {max(CONNECTIONS)}")
    results = [measure(count, given.requests) for count in rows]
    measures = [one for found, _ in results for one in found]
    memory = {count: peak for count, (_, peak) in zip(rows, results, strict=True)}
    aims = aims_of(measures, start_seconds(), seed_seconds())
    if given.json:
        told = {
            "measures": [one.as_dict() for one in measures],
            "peak_mb": memory,
            "aims": [one.as_dict() for one in aims],
        }
        print(json.dumps(told, indent=2))
    else:
        _show(measures, memory, aims)
    return 0


def _show(measures: list[Measure], memory: dict[int, float | None], aims: list[Aim]) -> None:
    console = Console()
    table = Table("request", "rows", "connections", "p50 ms", "p95 ms", "a second")
    for one in measures:
        figures = (f"{one.p50:.1f}", f"{one.p95:.1f}", f"{one.per_second:.0f}")
        table.add_row(one.deed, f"{one.rows:,}", str(one.connections), *figures)
    console.print(table)
    for rows, peak in memory.items():
        console.print(f"peak memory with {rows:,} rows: {'not told here' if peak is None else f'{peak:.0f} MB'}")
    for aim in aims:
        console.print(f"{'met ' if aim.met else 'MISSED'} {aim.aim}: {aim.measured:.2f} (aim {aim.limit:g})")
