"""The contract that every exchange is held to is that of the official client which is installed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

Version = tuple[int, ...]


def _version(text: str) -> Version:
    return tuple(int(part) for part in text.split("-")[0].split("."))


def _ours(repository: Path) -> str:
    source: str = json.loads((repository / "tests/contract/contract.json").read_text("utf-8"))["source"]
    return source.removeprefix("@notionhq/client ")


def test_the_contract_is_not_behind_the_installed_client(repository: Path) -> None:
    folder = Path(os.environ.get("CLIENTS_FOLDER") or repository / ".clients")
    package = folder / "js/node_modules/@notionhq/client/package.json"
    if not package.exists():
        pytest.skip("@notionhq/client is not installed: run scripts/clients")
    installed = json.loads(package.read_text("utf-8"))["version"]
    ours = _ours(repository)
    assert _version(ours) >= _version(installed), (
        f"contract.json is of {ours}, installed is {installed}: scripts/contract"
    )


def test_the_contract_is_of_the_version_that_the_tests_of_the_client_use(repository: Path) -> None:
    package = json.loads((repository / "tests/clients/js/package.json").read_text("utf-8"))
    assert package["dependencies"]["@notionhq/client"] == _ours(repository)
