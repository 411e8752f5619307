"""The command line of the benchmarks."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module

from benchmarks.report import as_dict, show
from benchmarks.seed import Bench, Plan

_OTHERS = {"forecast": "forecast", "import": "importing", "sandbox": "sandbox", "sync": "sync"}
"""The module of each benchmark but the seed's."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one benchmark and tell what came of it; the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] in _OTHERS:
        return int(import_module(f"benchmarks.{_OTHERS[words[0]]}").main(words[1:]))
    return _seed(_parser().parse_args(words))


def _seed(given: argparse.Namespace) -> int:
    """0 when everything ran, whatever the aims: what depends on the machine is no test."""
    plan = Plan(given.template, given.latency_ms, given.width)
    if given.quick:
        plan = Plan(given.template, given.latency_ms, given.width, budgets=(600,), sequential=False)
    measured = Bench(plan, lambda line: print(f"… {line}", file=sys.stderr, flush=True)).measure()
    if given.json:
        print(json.dumps(as_dict(measured), indent=2))
    else:
        show(measured)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/bench", description="What a run costs, beside what it must cost.")
    commands = parser.add_subparsers(required=True, metavar="seed | forecast | import | sandbox | sync")
    commands.add_parser("forecast", help="how good the forecast is, on synthetic histories")
    commands.add_parser("import", help="how long an import takes, with larger and larger documents")
    commands.add_parser("sandbox", help="how fast the sandbox answers")
    commands.add_parser("sync", help="what a sync costs, with more and more tasks")
    seed = commands.add_parser("seed", help="make a roadmap's whole workspace, against a served sandbox")
    seed.add_argument("--template", default="data-engineering-career", help="a bundled name, or a path")
    seed.add_argument(
        "--latency-ms", type=_at_least_one, default=300, help="how long the sandbox takes to answer (300)"
    )
    seed.add_argument("--width", type=_at_least_one, default=10, help="requests at once of the concurrent script (10)")
    seed.add_argument("--quick", action="store_true", help="600 a minute only, without the sequential script")
    seed.add_argument("--json", action="store_true", help="one JSON object on standard output")
    return parser


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return number
