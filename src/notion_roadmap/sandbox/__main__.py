"""`python -m notion_roadmap.sandbox`: the server for scripts and tests. Prints one JSON line when it is ready."""

from __future__ import annotations

import argparse
import json
import sys

from notion_roadmap.sandbox.errors import SandboxError
from notion_roadmap.sandbox.serving import serve
from notion_roadmap.sandbox.workspace import Workspace


def _ready(url: str, workspace: Workspace) -> None:
    line = {"url": url, "token": workspace.token, "root_page_id": workspace.root_page_id}
    print(json.dumps(line), flush=True)  # noqa: T201 - this line is the program's output


def main() -> int:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(prog="python -m notion_roadmap.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8787, help="0 takes a free port")
    parser.add_argument("--data", default=":memory:", help="a file, or :memory:")
    parser.add_argument("--plan", choices=["free", "plus", "business"], default="plus")
    parser.add_argument("--rate-limit", choices=["on", "off"], default="on")
    parser.add_argument("--token", default=None)
    parser.add_argument("--seed", type=int, default=None)
    args = parser.parse_args()
    limited = args.rate_limit == "on"
    try:
        serve(args.host, args.port, args.data, args.plan, limited, token=args.token, seed=args.seed, on_ready=_ready)
    except SandboxError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a sentence for the person who started it
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
