#!/usr/bin/env bash
# Dockerfiles, locks and runner scripts -> takehome-candidate:local and takehome-tools:local. Nothing to do: under a second.
#
#   docker/images.sh [candidate|tools|all]          build what is not current (default: all)
#   docker/images.sh leftovers                      remove what a build of these replaced
#   docker/images.sh --digest candidate|tools       print the context digest that a current image carries as its label
#
# Checkouts that share an engine and differ in docker/ each set TAKEHOME_IMAGE_TAG (local unless set), here and when grading.
#
# Wheels are fetched here, on the host, with the package index this machine is set up for, and checked against the
# hashes in the locks; the images are then built with no network at all.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=client.sh
. "$HERE/client.sh"

BASE=takehome-base:bookworm
CACHE=${TAKEHOME_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/takehome}

main() {
    build_client || { say "no Docker engine answers: run docker/ensure_engine.sh"; exit 3; }
    case "${1:-all}" in
        --digest) ensure_base; recipe "${2:?which image?}"; digest ;;
        candidate | tools) ensure_base; build "$1" ;;
        leftovers) remove_leftovers ;;
        all) ensure_base; build candidate; build tools ;;
        *) say "usage: docker/images.sh [candidate|tools|all|leftovers] or --digest candidate|tools"; exit 2 ;;
    esac
}

recipe() {  # NAME, LOCKS (what is installed), FILES (what is copied into the context)
    NAME=$1
    case "$NAME" in
        candidate)
            LOCKS=(candidate.lock runner.lock)
            FILES=(candidate.Dockerfile install.sh candidate.lock runner.lock)
            FETCH="270 MB of wheels, seconds to minutes by your line, then half a minute offline"
            ;;
        tools)
            LOCKS=(tools.lock)
            FILES=(tools.Dockerfile install.sh tools.lock)
            FETCH="about ten seconds"
            ;;
        *) say "no image is called $NAME: candidate or tools"; exit 2 ;;
    esac
    local script
    for script in $(scripts); do FILES+=("runner/$script"); done
}

scripts() {  # of ours that the Dockerfile copies: it is the one list of them
    sed -n 's|^COPY \(.*\.py\) /opt/takehome/$|\1|p' "$HERE/$NAME.Dockerfile"
}

ensure_base() { "$HERE/base.sh"; }

digest() {
    # The base's own identity, then each file by name and content.
    { "$DOCKER" image inspect --format '{{.Id}}' "$BASE"; cd "$HERE" && for file in "${FILES[@]}" installer.lock; do printf '%s ' "$file"; sha256 <"$file"; done; } | sha256
}

sha256() {
    if type -P sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d' ' -f1
}

build() {
    recipe "$1"
    local wanted image=takehome-$NAME:${TAKEHOME_IMAGE_TAG:-local}
    wanted=$(digest)
    if [ "$("$DOCKER" image inspect --format '{{index .Config.Labels "takehome.context"}}' "$image" 2>/dev/null)" = "$wanted" ]; then
        return 0
    fi
    SECONDS=0
    locate_wheels
    if [ -e "$WHEELS/.complete" ]; then
        say "image $image: building from wheels fetched before (up to half a minute)"
    else
        say "image $image: building ($FETCH)"
        fetch_wheels
    fi
    assemble_context
    local log=$CONTEXT.log
    # a builder whose cache was left half-written by a killed build says so for ever: once more without it
    if ! build_image "$wanted" >"$log" 2>&1 && ! build_image "$wanted" --no-cache >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        say "image $image: the build failed; the end of its log is above"
        exit 3
    fi
    remove_leftovers
    say "image $image: ready ($SECONDS s)"
}

build_image() {  # DIGEST, and flags
    "$DOCKER" build "${@:2}" --network none --build-arg "BASE=$BASE" --label "takehome.context=$1" \
        -f "$CONTEXT/$NAME.Dockerfile" -t "takehome-$NAME:${TAKEHOME_IMAGE_TAG:-local}" "$CONTEXT"
}

# Only ours, only what no tag and no container uses: the image this one replaces, a classic builder's stage. A submission's
# image is made of ours and has its labels too, but also `takehome`: somebody may be about to start it.
remove_leftovers() {
    local label
    for label in takehome.context takehome.stage=build; do
        "$DOCKER" image prune -f --filter "label=$label" --filter "label!=takehome" >/dev/null 2>&1 || true
    done
}

locate_wheels() {  # -> WHEELS, the folder for exactly what the locks name and the engine's processor (MACHINE)
    local arch sum
    arch=$("$DOCKER" version --format '{{.Server.Arch}}')
    case "$arch" in
        amd64) MACHINE=x86_64 ;;
        arm64) MACHINE=aarch64 ;;
        *) say "the engine runs on $arch: images are made for amd64 and arm64"; exit 3 ;;
    esac
    sum=$(cd "$HERE" && cat "${LOCKS[@]}" installer.lock | sha256 | cut -c1-16)
    WHEELS=$CACHE/wheels-$NAME-$arch-$sum
}

fetch_wheels() {
    choose_pip
    make_scratch
    local lock partial=$SCRATCH/wheels
    mkdir "$partial"
    for lock in "${LOCKS[@]}" installer.lock; do
        "${PIP[@]}" download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
            --python-version 3.11 --implementation cp --abi cp311 --abi abi3 --abi none $(platforms "$MACHINE") \
            --dest "$partial" -r "$HERE/$lock" >"$partial/.log" 2>&1 ||
            { tail -n 15 "$partial/.log" >&2; say "the wheels of docker/$lock could not be fetched: is a package index reached from here? pip's words are above"; exit 3; }
    done
    touch "$partial/.complete"
    rm -rf "${WHEELS%-*}-"*  # earlier locks' wheels
    mv "$partial" "$WHEELS"  # whole or not at all: another build may be looking
}

platforms() {  # every tag that glibc 2.36 (Debian 12) accepts
    local minor
    for minor in $(seq 36 -1 5); do printf -- '--platform manylinux_2_%s_%s ' "$minor" "$1"; done
    printf -- '--platform manylinux2014_%s --platform manylinux2010_%s --platform manylinux1_%s --platform linux_%s --platform any' "$1" "$1" "$1" "$1"
}

make_scratch() {  # -> SCRATCH, in the cache so that hard links work, gone when the script ends however it ends
    [ -z "${SCRATCH:-}" ] || return 0
    mkdir -p "$CACHE"
    SCRATCH=$(mktemp -d "$CACHE/scratch-XXXXXX")
    trap 'rm -rf "$SCRATCH"' EXIT
}

choose_pip() {  # any pip will do: it only downloads
    local python
    for python in "${TAKEHOME_PYTHON:-}" "$HERE/../.venv/bin/python" python3 python; do
        if [ -n "$python" ] && "$python" -m pip --version >/dev/null 2>&1; then
            PIP=("$python" -m pip)
            return 0
        fi
    done
    local uv
    if uv=$(type -P "$HERE/../.venv/bin/uv" || type -P uv); then
        PIP=("$uv" tool run --quiet pip)
        return 0
    fi
    say "neither pip nor uv is found to fetch wheels with: run make setup first"
    exit 3
}

assemble_context() {  # -> CONTEXT: hard links where the file system has them, so it costs nothing
    make_scratch
    CONTEXT=$SCRATCH/$NAME
    mkdir -p "$CONTEXT/wheels"
    ln "$WHEELS"/*.whl "$CONTEXT/wheels/" 2>/dev/null || cp "$WHEELS"/*.whl "$CONTEXT/wheels/"
    (cd "$HERE" && cp "${FILES[@]}" "$CONTEXT/")
}

main "$@"
