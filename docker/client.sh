# Sourced by the scripts beside it. Chooses, of the docker clients on PATH, one that can do the work.
#
#   docker_client    prints a client that reaches an engine; fails if none does
#   build_client     the same, preferring one with BuildKit; sets DOCKER and DOCKER_BUILDKIT
#
# Two clients on one PATH are common: Debian's 20.10 has BuildKit built in, a bare newer one needs the buildx plugin.

say() { printf '%s\n' "takehome: $*" >&2; }

clients() {
    if [ -n "${TAKEHOME_DOCKER:-}" ]; then
        printf '%s\n' "$TAKEHOME_DOCKER"
    else
        type -aP docker | awk '!seen[$0]++'
    fi
}

answers() { "$1" version --format '{{.Server.Version}}' >/dev/null 2>&1; }

has_buildkit() {
    local major
    major=$("$1" version --format '{{.Client.Version}}' 2>/dev/null | cut -d. -f1)
    case "$major" in
        19 | 20) return 0 ;;
        *) "$1" buildx version >/dev/null 2>&1 ;;
    esac
}

docker_client() {
    local client
    while IFS= read -r client; do
        if answers "$client"; then
            printf '%s\n' "$client"
            return 0
        fi
    done < <(clients)
    return 1
}

build_client() {
    local client
    while IFS= read -r client; do
        if has_buildkit "$client" && answers "$client"; then
            DOCKER=$client
            export DOCKER_BUILDKIT=1
            return 0
        fi
    done < <(clients)
    DOCKER=$(docker_client) || return 1
    export DOCKER_BUILDKIT=0
}
