"""Reads data sources with ultimate-notion: `PYTHON ultimate_look.py URL SOURCE...`, with the Python that has it (see
scripts/clients) and the token in NOTION_TOKEN. Prints what it took, as benchmarks.looks does. Imports nothing of ours.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

import ultimate_notion as uno

if __name__ == "__main__":
    url, *sources = sys.argv[1:]
    with uno.Session(base_url=url) as session:
        began, cpu = time.perf_counter(), time.process_time()
        for source in sources:
            session.get_ds(source).get_all_pages()
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    found = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu, "peak_mb": int(found[1]) * 1024 / 1e6 if found else 0.0}))
