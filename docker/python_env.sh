#!/usr/bin/env bash
# PYTHON VENV -> a virtual environment with everything in requirements.lock and this project, editable.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:-python3} venv=${2:-.venv}

command -v "$python" >/dev/null || { echo "error: no $python here; takehome needs Python 3.11 or newer" >&2; exit 3; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "error: $("$python" --version) is too old; takehome needs Python 3.11 or newer" >&2
  echo "hint:  make PYTHON=/path/to/python3.11 ..." >&2
  exit 3
}
echo "Python environment in $venv/ (about 30 s warm, 80 s cold) ..." >&2
if ! "$python" -m venv "$venv" 2>/dev/null; then
  # Debian splits venv off; a bare root machine can have it back
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    "$python" -m venv --clear "$venv"
  else
    echo "error: $python has no venv module; install it (Debian: apt-get install python3-venv)" >&2
    exit 3
  fi
fi
"$venv/bin/pip" install -q --disable-pip-version-check "uv>=0.13"
"$venv/bin/uv" pip install -q --python "$venv/bin/python" --require-hashes --compile-bytecode -r requirements.lock
"$venv/bin/uv" pip install -q --python "$venv/bin/python" --no-deps -e .
