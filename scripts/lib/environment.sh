# shellcheck shell=bash
# The development environment: made once from the lock, then found again at once. Sourced by the scripts.
#
# environment_ready [FOLDER]  makes FOLDER (.venv when empty) ready and puts its bin first on PATH.

repository="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"

find_python() {
  local candidate
  for candidate in python3 python3.11 python3.12 python3.13 python3.14 python; do
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      command -v "$candidate"
      return 0
    fi
  done
  echo "Python 3.11 or newer is needed and was not found: install it from https://www.python.org/downloads/ and run this again." >&2
  return 1
}

# What the environment was made from: when any of it changes, it is made anew.
environment_stamp() {
  cat "$repository/requirements/dev.lock" "$repository/pyproject.toml" | cksum
}

environment_ready() {
  local folder="${1:-$repository/.venv}" stamp python
  stamp="$(environment_stamp)"
  if [ ! -x "$folder/bin/python" ] || [ "$(cat "$folder/.stamp" 2>/dev/null || true)" != "$stamp" ]; then
    python="$(find_python)"
    echo "Making the environment in $folder (once, about a minute) ..." >&2
    usable "$folder" || make_environment "$python" "$folder"
    install_into "$folder"
    echo "$stamp" >"$folder/.stamp"
  fi
  PATH="$folder/bin:$PATH"
  export PATH
}

install_into() {
  local pip=("$1/bin/python" -m pip --disable-pip-version-check install --quiet)
  if ! "${pip[@]}" --require-hashes -r "$repository/requirements/dev.lock" >&2; then
    echo "The packages of requirements/dev.lock could not be installed: see the lines above; a network is needed the first time." >&2
    return 1
  fi
  # The build back end is in the lock too, so nothing unlocked is fetched to build the project itself.
  "${pip[@]}" --no-deps --no-build-isolation -e "$repository" >&2
}

# Not one that was broken off half way, nor one of an older Python.
usable() {
  [ -x "$1/bin/python" ] && "$1/bin/python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

make_environment() {
  rm -rf "$2"
  if ! "$1" -m venv "$2" >&2; then
    rm -rf "$2"
    echo "$1 cannot make an environment: its venv module is missing (on Debian and Ubuntu: apt install python3-venv)." >&2
    return 1
  fi
}
