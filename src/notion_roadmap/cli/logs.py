"""Log lines for programs: one JSON object a line, on standard error."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from notion_roadmap.cli.secrecy import redact


class JsonFormatter(logging.Formatter):
    """A record as JSON, never with a token: when, how grave, who says what, and the parts in the record's `told`."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return redact(json.dumps(told, ensure_ascii=False, default=str))


def log_as_json() -> None:
    """From now on, in place of lines for people."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[handler], level=logging.getLogger().level, force=True)
