"""Where things are kept on this machine unless a setting says otherwise."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from notion_roadmap.settings import Settings


def state_file(settings: Settings) -> Path:
    """The file of the local state: one for Notion and one for the embedded workspace, so that a lost `.env` never
    turns the one into the other."""
    return settings.roadmap_state or _data_folder() / ("embedded" if settings.embedded else "notion") / "state.sqlite"


def embedded_file(settings: Settings) -> Path:
    """The file of the embedded workspace: beside the state, where that was given a place."""
    given = settings.roadmap_state
    return (given.parent if given is not None else _data_folder() / "embedded") / "workspace.sqlite"


def backup_folder(settings: Settings) -> Path:
    """The folder that dated folders of backups are put into."""
    return settings.roadmap_backup_folder or state_file(settings).parent / "backups"


def _data_folder() -> Path:
    return Path(platformdirs.user_data_dir("notion-roadmap", appauthor=False))
