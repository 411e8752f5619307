"""`.env.example` holds every setting with its default, so a copy of it changes nothing. The tests run in it."""

from __future__ import annotations

import os
from pathlib import Path

from dotenv import dotenv_values

from notion_roadmap.settings import SETTING_NAMES, load_settings


def test_it_names_every_setting_in_order(repository: Path) -> None:
    assert tuple(dotenv_values(repository / ".env.example")) == SETTING_NAMES


def test_a_copy_of_it_changes_nothing(repository: Path) -> None:
    assert load_settings({}, repository / ".env.example") == load_settings({})


def test_no_setting_of_the_machine_leaks_into_the_tests(repository: Path) -> None:
    assert [name for name in os.environ if name.startswith(("NOTION_", "ROADMAP_"))] == []
    assert load_settings(os.environ) == load_settings({}, repository / ".env.example")
