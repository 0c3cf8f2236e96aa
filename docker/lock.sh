#!/usr/bin/env bash
# docker/*.in -> docker/*.lock: exact versions with the hashes of every file of theirs, for Linux on both architectures.
#
#   docker/lock.sh [--upgrade]      versions already in a lock are kept unless --upgrade is given
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

UV=$(type -P ../.venv/bin/uv || type -P uv) || { echo "takehome: uv is not installed: make setup brings it" >&2; exit 3; }

for name in candidate runner tools installer; do
    # One lock serves amd64 and arm64: nothing in these sets depends on the processor, and the hashes cover all wheels.
    "$UV" pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --only-binary :all: \
        --python-version 3.11 --python-platform x86_64-manylinux_2_36 "$@" "$name.in" -o "$name.lock"
    echo "takehome: docker/$name.lock: $(grep -c '==' "$name.lock") packages" >&2
done
