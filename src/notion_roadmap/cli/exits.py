"""The exit codes, which scripts rely on."""

from __future__ import annotations

DONE = 0
"""Done, or nothing to do."""
FAILED = 1
CHANGES = 2
"""`plan` found changes."""
PARTIAL = 3
"""Done but for items that are named."""
WRONG_USAGE = 64
"""EX_USAGE of sysexits.h."""
STOPPED = 130
"""Interrupted, as shells say it: 128 + SIGINT."""

OF_OUTCOME = {"done": DONE, "partial": PARTIAL, "failed": FAILED}
