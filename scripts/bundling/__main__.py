"""`scripts/templates`."""

from __future__ import annotations

import argparse
import difflib
import sys

from bundling.remake import DOCUMENTS, TEMPLATES, remade


def main() -> int:
    """0 when the templates are (now) as they should be, 1 when --check finds one that is not."""
    parser = argparse.ArgumentParser(prog="scripts/templates", description="Make the bundled templates again.")
    parser.add_argument("--check", action="store_true", help="change nothing, only tell")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these of: {', '.join(DOCUMENTS)}")
    given = parser.parse_args()
    behind = 0
    for name in given.names or DOCUMENTS:
        path = TEMPLATES / f"{name}.yaml"
        there, wanted = path.read_text("utf-8") if path.exists() else "", remade(name)
        if there == wanted:
            continue
        behind += 1
        if given.check:
            lines = difflib.unified_diff(there.splitlines(), wanted.splitlines(), str(path), "remade", lineterm="")
            print("\n".join(lines))
        else:
            path.write_text(wanted, "utf-8")
            print(f"{path} is written.")
    if given.check and behind:
        print("The templates are behind: run scripts/templates.")
        return 1
    print("The templates are in step.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
