"""Who called, and how they want to be answered. Settings are read when a command asks for them, not before."""

from __future__ import annotations

import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from notion_roadmap.cli.secrecy import RedactingFormatter, keep_secret

if TYPE_CHECKING:
    from notion_roadmap.settings import Settings

_LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)


@dataclass
class Caller:
    """One call of the command line.

    Args:
        env_file: the settings file below the environment.
        verbose: how much is logged to standard error, 0 to 2.
        debug: show tracebacks.
        as_json: exactly one JSON object on standard output.
    """

    env_file: Path
    verbose: int = 0
    debug: bool = False
    as_json: bool = False

    def settings(self, **overrides: object) -> Settings:
        """The settings, options of the command above all. Raises SettingInvalid."""
        from notion_roadmap.settings import load_settings

        settings = load_settings(os.environ, self.env_file, **overrides)
        if settings.notion_token is not None:
            keep_secret(settings.notion_token.get_secret_value())
        return settings

    def start_logging(self) -> None:
        """Log to standard error, and never a token."""
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(RedactingFormatter("%(levelname)s %(name)s: %(message)s"))
        logging.basicConfig(level=_LEVELS[min(self.verbose, 2)], handlers=[handler], force=True)
        if self.verbose < 2:
            logging.getLogger("httpx").setLevel(logging.WARNING)  # a line for every request says little
