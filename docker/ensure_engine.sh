#!/usr/bin/env bash
# A machine -> a Docker engine that answers. Exit 0, or 3 with one paragraph on what to do.
#
#   an engine answers            nothing is said or done
#   root on Debian or Ubuntu     docker.io is installed if need be, dockerd is started and waited for
#   anything else                says what to do
set -euo pipefail
# shellcheck source=client.sh
. "$(dirname "${BASH_SOURCE[0]}")/client.sh"

LOG=${TAKEHOME_DOCKERD_LOG:-/var/log/takehome-dockerd.log}
START_TIMEOUT_S=${TAKEHOME_DOCKERD_TIMEOUT_S:-60}

main() {
    if docker_client >/dev/null; then
        exit 0
    fi
    [ "$(uname -s)" = Linux ] || explain_desktop
    [ -z "${DOCKER_HOST:-}" ] || give_up "DOCKER_HOST is $DOCKER_HOST and no engine answers there. Start that engine, or unset DOCKER_HOST."
    [ "$(id -u)" = 0 ] || explain_rootless
    if ! type -P dockerd >/dev/null; then
        install_engine
    fi
    start_engine
}

give_up() {
    say "no Docker engine answers. $*"
    exit 3
}

explain_desktop() {
    give_up "Start Docker Desktop (or OrbStack, Colima, Rancher Desktop), wait until it says it is running, and run this again."
}

explain_rootless() {
    give_up "If one is installed, start it (sudo systemctl start docker) and let your user reach it" \
        "(sudo usermod -aG docker \"\$USER\", then log in again: members of that group are as good as root)." \
        "If not: sudo apt-get install docker.io iptables (Debian, Ubuntu), or a rootless engine, which needs root only for its" \
        "two packages: install uidmap and your distribution's docker rootless extras, run dockerd-rootless-setuptool.sh install," \
        "and export the DOCKER_HOST it prints. Run as root, this script does the first of these by itself."
}

install_engine() {
    type -P apt-get >/dev/null || give_up "This is Linux without apt-get: install Docker from your distribution's packages and start dockerd."
    say "installing the Docker engine from the distribution's packages (docker.io, iptables): about a minute"
    export DEBIAN_FRONTEND=noninteractive
    local packages=(docker.io iptables)
    # Quietly first: a list of packages that is too old or absent is the usual reason to fail.
    if ! apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null 2>&1; then
        apt-get update -qq >&2 || true
        apt-get install -y -qq --no-install-recommends "${packages[@]}" >&2 ||
            give_up "apt-get could not install docker.io and iptables; its messages are above."
    fi
}

start_engine() {
    if docker_client >/dev/null; then
        return 0
    fi
    say "starting the Docker engine"
    if [ -d /run/systemd/system ] && systemctl start docker 2>/dev/null; then
        wait_until_it_answers || give_up "systemd started docker but it does not answer: see journalctl -u docker."
        return 0
    fi
    : >"$LOG"
    launch
    wait_until_it_answers && return 0
    if grep -qiE 'iptables|nf_tables|bridge|network controller' "$LOG"; then
        say "dockerd could not set up its network: $(grep -iE 'iptables|nf_tables|bridge' "$LOG" | tail -n 1 | cut -c1-300)"
        say "starting it with --iptables=false --bridge=none: nothing here uses a network inside containers"
        launch --iptables=false --ip6tables=false --bridge=none
        wait_until_it_answers && return 0
    fi
    tail -n 20 "$LOG" >&2
    give_up "dockerd did not answer within $START_TIMEOUT_S s; the end of $LOG is above."
}

launch() {
    # Detached from this shell, its terminal and its process group: it must outlive make.
    setsid nohup dockerd "$@" >>"$LOG" 2>&1 </dev/null &
    ENGINE_PID=$!
}

wait_until_it_answers() {
    local deadline=$((SECONDS + START_TIMEOUT_S))
    while [ "$SECONDS" -lt "$deadline" ]; do
        if docker_client >/dev/null; then
            return 0
        fi
        # Ours may have died because the package's own start was quicker: then wait for that one.
        if [ -n "${ENGINE_PID:-}" ] && ! kill -0 "$ENGINE_PID" 2>/dev/null && ! pgrep -x dockerd >/dev/null 2>&1; then
            return 1
        fi
        sleep 0.2
    done
    return 1
}

main "$@"
