#!/usr/bin/env bash
# COMMAND... -> run against a second engine that knows runsc (gVisor); the engine ends with the command.
#
#   tests/attacks/gvisor.sh .venv/bin/python -m tests.attacks --ci --runtime runsc
#
# The first engine stays as it is: the second has its own folder, socket, pid file and bridge, and touches no
# firewall rule. Needs root on Linux and takehome's images in the first engine. Exit 3, with the reason, elsewhere.
set -euo pipefail

BRIDGE=thgv$((RANDOM % 10000))
SUBNET=${TAKEHOME_GVISOR_SUBNET:-172.30.99.1/24}
TAG=${TAKEHOME_IMAGE_TAG:-local}
IMAGES=(takehome-candidate:$TAG takehome-tools:$TAG)
START_TIMEOUT_S=60

main() {
    [ $# -gt 0 ] || { sed -n '2,7p' "$0" >&2; exit 2; }
    [ "$(uname -s)" = Linux ] && [ "$(id -u)" = 0 ] || skip "a second engine needs root on Linux"
    type -P dockerd >/dev/null || skip "there is no dockerd: run make engine"
    type -P runsc >/dev/null || install_runsc
    HOME_DIR=$(mktemp -d "${TMPDIR:-/tmp}/takehome-gvisor-XXXXXX")
    SOCKET=unix://$HOME_DIR/docker.sock
    trap stop_engine EXIT
    start_engine
    docker save "${IMAGES[@]}" | docker -H "$SOCKET" load >/dev/null
    DOCKER_HOST=$SOCKET "$@"
}

skip() {
    echo "gvisor: skipped: $*" >&2
    exit 3
}

install_runsc() {
    type -P apt-get >/dev/null || skip "runsc is not installed, and there is no apt-get"
    apt-get install -y -qq --no-install-recommends runsc >/dev/null 2>&1 || {
        apt-get update -qq && apt-get install -y -qq --no-install-recommends runsc >/dev/null
    } || skip "apt-get could not install runsc"
}

start_engine() {
    # Of its own: with `--bridge none` a second engine deletes docker0 from under the first.
    ip link add "$BRIDGE" type bridge
    ip addr add "$SUBNET" dev "$BRIDGE"
    ip link set "$BRIDGE" up
    cat >"$HOME_DIR/daemon.json" <<JSON
{"runtimes": {"runsc": {"path": "$(type -P runsc)", "runtimeArgs": ["--platform=ptrace", "--network=none"]}}}
JSON
    dockerd --config-file "$HOME_DIR/daemon.json" --data-root "$HOME_DIR/data" --exec-root "$HOME_DIR/exec" --pidfile "$HOME_DIR/pid" \
        --host "$SOCKET" --bridge "$BRIDGE" --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false >"$HOME_DIR/log" 2>&1 &
    for _ in $(seq $((START_TIMEOUT_S * 5))); do
        docker -H "$SOCKET" version >/dev/null 2>&1 && return
        sleep 0.2
    done
    tail -5 "$HOME_DIR/log" >&2
    skip "the second engine did not start in $START_TIMEOUT_S s"
}

stop_engine() {
    if [ -f "$HOME_DIR/pid" ]; then
        local pid
        pid=$(cat "$HOME_DIR/pid")
        kill "$pid" 2>/dev/null || true
        for _ in $(seq 100); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.2
        done
    fi
    ip link delete "$BRIDGE" 2>/dev/null || true
    awk -v top="$HOME_DIR/" 'index($2, top) == 1 {print $2}' /proc/mounts | sort -r | xargs -r umount 2>/dev/null || true
    rm -rf "$HOME_DIR"
}

main "$@"
