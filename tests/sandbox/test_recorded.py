"""Recorded exchanges with the real API, replayed where they lie beside the checkout (../shared/recorded).

Knowingly not reproduced: what stood in the recorded workspace before (queries of its formula database, comments,
earlier uploads), what the user's name was, a file that the replay sends as JSON, and, unless the clock is set to the
day of the recording, what depends on that day.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from sandbox.served import served

FLOOR = 730
"""Exchanges of 777 that are reproduced today; a change may raise this, never lower it."""


def test_recorded_exchanges_are_reproduced(repository: Path) -> None:
    replay = repository.parent / "shared" / "recorded" / "replay.py"
    if not replay.exists():
        pytest.skip("no recorded conversations beside the checkout")
    with served() as sandbox:
        options = ["--base-url", sandbox["url"], "--token", sandbox["token"], "--root-page", sandbox["root_page_id"]]
        done = subprocess.run([sys.executable, str(replay), *options], capture_output=True, text=True, check=False)
    found = re.search(r"replayed (\d+) of (\d+) exchanges", done.stdout)
    assert found, done.stdout + done.stderr
    assert int(found[1]) >= FLOOR, json.dumps(done.stdout)


@pytest.mark.parametrize("name", ["test_examples-test_simple_taskdb", "test_docs_py_snippets-test_db_querying"])
def test_what_depends_on_the_day_is_reproduced_on_that_day(repository: Path, name: str) -> None:
    replay = repository.parent / "shared" / "recorded" / "replay.py"
    if not replay.exists():
        pytest.skip("no recorded conversations beside the checkout")
    conversation = replay.with_name("conversations") / f"{name}.json"
    answers = [one["response"] for one in json.loads(conversation.read_text("utf-8"))["exchanges"]]
    day = max(one["created_time"] for one in answers if isinstance(one, dict) and one.get("object") == "page")
    with served() as sandbox:
        httpx.post(f"{sandbox['url']}/_sandbox/clock", json={"now": day.replace("Z", "+00:00")}, trust_env=False)
        options = ["--base-url", sandbox["url"], "--token", sandbox["token"], "--root-page", sandbox["root_page_id"]]
        command = [sys.executable, str(replay), *options, str(conversation)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "1 of 1 conversations whole" in done.stdout, done.stdout
