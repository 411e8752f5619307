"""`scripts/contract`."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from contracts.derive import contract

_HERE = Path(__file__).resolve().parent
_CONTRACT = _HERE.parents[1] / "tests/contract/contract.json"
_PACKAGE = "@notionhq/client"
_COMPILER = {
    "compilerOptions": {
        "target": "es2022",
        "module": "commonjs",
        "moduleResolution": "node",
        "strict": True,
        "skipLibCheck": True,
    },
    "files": [],
}


def derive(folder: Path, version: str) -> str:
    """contract.json as of a version of the package, fetched into `folder`."""
    _run(folder, "npm", "init", "-y")
    _run(folder, "npm", "install", f"{_PACKAGE}@{version}", "ts-json-schema-generator@2", "typescript")
    (folder / "tsconfig.json").write_text(json.dumps(_COMPILER), "utf-8")
    types = f"node_modules/{_PACKAGE}/build/src/api-endpoints.d.ts"
    _run(
        folder, "npx", "ts-json-schema-generator", "--path", types, "--tsconfig", "tsconfig.json", "--type", "*",
        "--no-type-check", "--expose", "all", "-o", "schema.json",
    )  # fmt: skip
    shutil.copy(_HERE / "endpoints.cjs", folder)
    endpoints = json.loads(_run(folder, "node", "endpoints.cjs"))
    schema = json.loads((folder / "schema.json").read_text("utf-8"))
    installed = json.loads((folder / f"node_modules/{_PACKAGE}/package.json").read_text("utf-8"))["version"]
    return json.dumps(contract(installed, endpoints, schema), separators=(",", ":"), sort_keys=True)


def _run(folder: Path, *command: str) -> str:
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> int:
    """0 when the contract is (now) that of the wanted version, 1 when it differs or cannot be derived."""
    parser = argparse.ArgumentParser(prog="scripts/contract", description=__doc__)
    parser.add_argument("--version", default="latest", help=f"of {_PACKAGE}")
    parser.add_argument("--check", action="store_true", help="change nothing, only tell")
    given = parser.parse_args()
    if shutil.which("npm") is None or shutil.which("node") is None:
        print("Node.js and npm are needed and were not found: install them from https://nodejs.org.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        try:
            derived = derive(Path(folder), given.version)
        except subprocess.CalledProcessError as error:
            print(f"{' '.join(error.cmd[:3])} failed: see the lines above.", file=sys.stderr)
            return 1
    source = json.loads(derived)["source"]
    if derived == _CONTRACT.read_text("utf-8"):
        print(f"The contract is that of {source}.")
        return 0
    if given.check:
        print(f"The contract differs from that of {source}; scripts/contract writes it anew.")
        return 1
    _CONTRACT.chmod(0o644)
    _CONTRACT.write_text(derived, "utf-8")
    print(f"The contract is now that of {source}; run the tests, which tell what it changes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
