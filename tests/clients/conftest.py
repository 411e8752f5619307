"""Other people's clients as scripts/clients installs them, and a sandbox in a process of its own for them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.served import served


@pytest.fixture(scope="session")
def clients_folder(repository: Path) -> Path:
    """Where scripts/clients put them; what is not there is skipped."""
    return Path(os.environ.get("CLIENTS_FOLDER") or repository / ".clients")


@pytest.fixture(scope="session")
def js_folder(clients_folder: Path) -> Path:
    """The folder that holds @notionhq/client."""
    if shutil.which("node") is None:
        pytest.skip("Node.js is not installed")
    if not (clients_folder / "js/node_modules/@notionhq/client").is_dir():
        pytest.skip("@notionhq/client is not installed: run scripts/clients")
    return clients_folder / "js"


@pytest.fixture(scope="session")
def ultimate_python(clients_folder: Path) -> Path:
    """The Python that has ultimate-notion."""
    python = clients_folder / "python/bin/python"
    if not python.exists() or not list(python.parents[1].glob("lib/*/site-packages/ultimate_notion")):
        pytest.skip("ultimate-notion is not installed: run scripts/clients")
    return python


@pytest.fixture
def server() -> Iterator[dict[str, Any]]:
    """A fresh sandbox on a free port."""
    with served() as sandbox:
        yield sandbox
