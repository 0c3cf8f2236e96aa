#!/usr/bin/env bash
# A Docker engine -> the local image takehome-base:bookworm: Debian 12 with Python 3.11. Prints nothing when it is there.
#
# A pull of the official slim image is tried first; where no image registry is reached the same thing is bootstrapped
# from Debian packages, which needs root and apt-get.
set -euo pipefail
# shellcheck source=client.sh
. "$(dirname "${BASH_SOURCE[0]}")/client.sh"

IMAGE=takehome-base:bookworm
OFFICIAL=python:3.11-slim-bookworm
PULL_TIMEOUT_S=120   # for the whole pull
REACH_TIMEOUT_S=8    # for the first sign of a registry
PACKAGES=python3,python3-venv,libgomp1,make,ca-certificates,netbase,tzdata
EPOCH=1700000000     # files carry this date, so that the same packages make the same archive

main() {
    DOCKER=$(docker_client) || { say "no Docker engine answers: run docker/ensure_engine.sh"; exit 3; }
    if present "$IMAGE"; then
        exit 0
    fi
    if from_official_image; then
        exit 0
    fi
    bootstrap
}

present() { "$DOCKER" image inspect "$1" >/dev/null 2>&1; }

from_official_image() {
    if ! present "$OFFICIAL"; then
        say "base image: trying to pull $OFFICIAL (about 50 MB)"
        # A manifest answers in a second where a registry is reached; a pull may hang for minutes where it is not.
        within "$REACH_TIMEOUT_S" "$DOCKER" manifest inspect "$OFFICIAL" >/dev/null 2>&1 || return 1
        within "$PULL_TIMEOUT_S" "$DOCKER" pull -q "$OFFICIAL" >/dev/null 2>&1 || return 1
    fi
    # The official image lacks make, libgomp and the standard library's bytecode, and nothing may need a network later.
    if ! dockerfile | "$DOCKER" build -q -t "$IMAGE" - >/dev/null 2>&1; then
        say "base image: make and libgomp1 could not be added to $OFFICIAL (has a build no network here?)"
        return 1
    fi
}

dockerfile() {
    cat <<DOCKERFILE
FROM $OFFICIAL
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends make libgomp1 && rm -rf /var/lib/apt/lists/*
RUN python3 -m compileall -q -j 0 --invalidation-mode unchecked-hash /usr/local/lib/python3.11 >/dev/null || true
DOCKERFILE
}

within() {  # macOS has no timeout(1)
    local seconds=$1
    shift
    "$@" &
    local child=$!
    (sleep "$seconds" && kill "$child") >/dev/null 2>&1 &
    local watch=$!
    local code=0
    wait "$child" || code=$?
    kill "$watch" 2>/dev/null || true
    wait "$watch" 2>/dev/null || true
    return "$code"
}

bootstrap() {
    if [ "$(id -u)" != 0 ] || ! type -P apt-get >/dev/null; then
        say "no image registry answers, and bootstrapping a base image needs root on Debian or Ubuntu. Either connect once so that" \
            "$OFFICIAL can be pulled, or copy the image from a machine that has it: docker save $IMAGE | docker load."
        exit 3
    fi
    type -P mmdebstrap >/dev/null || install_mmdebstrap
    say "base image: no registry answers; bootstrapping Debian 12 with Python 3.11 from packages (about half a minute)"
    local folder
    folder=$(mktemp -d)
    # shellcheck disable=SC2064
    trap "rm -rf '$folder'" EXIT
    if ! debootstrap "$folder/base.tar" 2>"$folder/log"; then
        tail -n 20 "$folder/log" >&2
        say "mmdebstrap failed; the end of its log is above"
        exit 3
    fi
    "$DOCKER" import --change 'ENV LANG=C.UTF-8' --change 'ENV PATH=/usr/local/bin:/usr/bin:/bin' --change 'CMD ["python3"]' \
        "$folder/base.tar" "$IMAGE" >/dev/null
    say "base image: $IMAGE is ready ($SECONDS s)"
}

install_mmdebstrap() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -qq --no-install-recommends mmdebstrap debian-archive-keyring >/dev/null 2>&1 ||
        { apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends mmdebstrap debian-archive-keyring >&2; } ||
        { say "apt-get could not install mmdebstrap"; exit 3; }
}

debootstrap() {
    SOURCE_DATE_EPOCH=$EPOCH mmdebstrap --quiet --variant=minbase --include="$PACKAGES" \
        --aptopt='APT::Install-Recommends "false"' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --dpkgopt='path-exclude=/usr/share/info/*' \
        --customize-hook='rm -rf "$1"/var/cache/* "$1"/var/log/* "$1"/var/lib/apt/lists/* "$1"/etc/hostname "$1"/etc/resolv.conf' \
        --customize-hook='find "$1" -xdev -perm /6000 -type f -exec chmod a-s {} +' \
        bookworm "$1"
}

main "$@"
