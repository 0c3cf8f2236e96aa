"""One function describes every container, and every weakening of what it says is seen."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pytest

from harness.model import Limits
from harness.sandbox.policy import Plan, container_body, joined_violations, unenforced, violations

PLAN = Plan(
    image="sha256:0",
    argv=("python", "a.py"),
    uid=20_000,
    limits=Limits(timeout_s=2.5, memory_mb=512, pids=200, cpus=1.5, output_mb=9, scratch_mb=64),
    seccomp='{"defaultAction": "SCMP_ACT_ERRNO"}',
    labels={"takehome": "1", "takehome.owner": "h/b/1/2", "takehome.run": "r"},
    output={"Type": "bind", "Source": "/s/1", "BindOptions": {"Propagation": "rprivate"}},
    read_only=(("/s/2", "/submission"),),
    env={"A": "b"},
)
UNSAID = {  # what an engine answers for what was not asked
    **dict.fromkeys(("PortBindings", "CapAdd", "Devices", "DeviceRequests", "DeviceCgroupRules", "Binds")),
    **dict.fromkeys(("VolumesFrom", "GroupAdd", "ExtraHosts", "Links")),
    **dict.fromkeys(("PidMode", "UTSMode", "UsernsMode"), ""),
    "PublishAllPorts": False,
    "AutoRemove": False,
    "RestartPolicy": {"Name": "", "MaximumRetryCount": 0},
    "MaskedPaths": ["/proc/kcore"],
    "ReadonlyPaths": ["/proc/sys"],
}


def live(plan: Plan = PLAN) -> dict[str, Any]:
    body = copy.deepcopy(container_body(plan))
    host = {**UNSAID, **body.pop("HostConfig")}
    return {"HostConfig": host, "Config": {"AttachStdin": False, **body}}


def test_what_we_ask_for_is_within_our_own_policy() -> None:
    assert violations(live()) == []


WEAKER_HOST: list[Mapping[str, Any]] = [
    {"NetworkMode": "bridge"},
    {"NetworkMode": "host"},
    {"NetworkMode": "container:abc"},
    {"PortBindings": {"80/tcp": [{"HostPort": "1"}]}},
    {"PublishAllPorts": True},
    {"ReadonlyRootfs": False},
    {"Privileged": True},
    {"CapDrop": None},
    {"CapDrop": ["NET_RAW"]},
    {"CapAdd": ["SYS_ADMIN"]},
    {"SecurityOpt": ['seccomp={"defaultAction": "SCMP_ACT_ERRNO"}']},
    {"SecurityOpt": ["no-new-privileges"]},
    {"SecurityOpt": ["no-new-privileges", "seccomp=unconfined"]},
    {"SecurityOpt": ["no-new-privileges", 'seccomp={"defaultAction": "SCMP_ACT_ALLOW"}']},
    {"IpcMode": "host"},
    {"IpcMode": "shareable"},
    {"PidMode": "host"},
    {"UTSMode": "host"},
    {"UsernsMode": "host"},
    {"CgroupnsMode": "host"},
    {"Devices": [{"PathOnHost": "/dev/kvm"}]},
    {"DeviceRequests": [{"Count": -1}]},
    {"DeviceCgroupRules": ["a *:* rwm"]},
    {"Binds": ["/:/host"]},
    {"VolumesFrom": ["x"]},
    {"GroupAdd": ["docker"]},
    {"ExtraHosts": ["host.docker.internal:host-gateway"]},
    {"Sysctls": {"net.ipv4.ip_forward": "1"}},
    {"MaskedPaths": []},
    {"ReadonlyPaths": []},
    {"Init": False},
    {"AutoRemove": True},
    {"RestartPolicy": {"Name": "always", "MaximumRetryCount": 0}},
    {"PidsLimit": None},
    {"PidsLimit": -1},
    {"Memory": 0, "MemorySwap": 0},
    {"MemorySwap": -1},
    {"NanoCpus": 0},
    {"OomKillDisable": True},
    {"Ulimits": None},
    {"Ulimits": [{"Name": "core", "Soft": 0, "Hard": 0}]},
    {"LogConfig": {"Type": "json-file", "Config": {}}},
    {"Tmpfs": {"/x": "rw,nosuid,nodev,noexec"}},
    {"Tmpfs": {"/tmp": "rw,nosuid,nodev,exec,size=1m,nr_inodes=9"}},
    {"Tmpfs": {"/work": "rw,exec,nodev,size=1m,nr_inodes=9"}},
    {"Mounts": [{"Type": "bind", "Source": "/s/2", "Target": "/submission"}]},
    {"Mounts": [{"Type": "bind", "Source": "/s/2", "Target": "/output"}]},
    {"Mounts": [{"Type": "volume", "Source": "v", "Target": "/data", "ReadOnly": True}]},
    {
        "Mounts": [
            {
                "Type": "bind",
                "Source": "/var/run/docker.sock",
                "Target": "/x",
                "ReadOnly": True,
                "BindOptions": {"Propagation": "rprivate"},
            }
        ]
    },
]


@pytest.mark.parametrize("weaker", WEAKER_HOST, ids=str)
def test_each_weakening_of_the_container_is_seen(weaker: Mapping[str, Any]) -> None:
    seen = live()
    seen["HostConfig"].update(weaker)
    assert len(violations(seen)) == 1


@pytest.mark.parametrize(
    "weaker",
    [
        {"User": ""},
        {"User": "0:0"},
        {"User": "1000:1000"},
        {"User": "65534:65534"},
        {"User": "20001:0"},
        {"Entrypoint": None},
        {"Entrypoint": ["timeout", "9"]},
        {"Labels": {}},
        {"Healthcheck": {"Test": ["CMD", "true"]}},
        {"AttachStdout": True},
    ],
    ids=str,
)
def test_each_weakening_of_what_runs_is_seen(weaker: Mapping[str, Any]) -> None:
    seen = live()
    seen["Config"].update(weaker)
    assert len(violations(seen)) == 1


def test_limits_are_the_stages_own() -> None:
    host = container_body(PLAN)["HostConfig"]
    assert (host["Memory"], host["MemorySwap"]) == (512 << 20, 512 << 20)
    assert (host["PidsLimit"], host["NanoCpus"]) == (200, 1_500_000_000)
    assert {"Name": "fsize", "Soft": 64 << 20, "Hard": 64 << 20} in host["Ulimits"]
    assert "size=64m" in host["Tmpfs"]["/work"]
    assert "uid=20000,gid=20000" in host["Tmpfs"]["/work"]


def test_the_deadman_comes_after_the_deadline() -> None:
    assert container_body(PLAN)["Entrypoint"] == ["timeout", "-s", "KILL", "13"]


def test_a_stages_own_environment_is_laid_over_ours() -> None:
    env = container_body(PLAN)["Env"]
    assert "A=b" in env
    assert "OMP_NUM_THREADS=1" in env
    assert not [e for e in env if "proxy" in e.lower()]


@pytest.mark.parametrize("uid", [0, 1000, 19_999, 65_534, 65_535])
def test_a_uid_that_is_not_ours_to_give_away_is_refused(uid: int) -> None:
    with pytest.raises(ValueError, match="uid"):
        container_body(Plan(**{**PLAN.__dict__, "uid": uid}))


def test_a_runtime_and_a_control_group_are_asked_for_only_when_given() -> None:
    assert not {"Runtime", "CgroupParent"} & set(container_body(PLAN)["HostConfig"])
    chosen = Plan(**{**PLAN.__dict__, "runtime": "runsc", "cgroup_parent": "/g"})
    host = container_body(chosen)["HostConfig"]
    assert (host["Runtime"], host["CgroupParent"]) == ("runsc", "/g")
    assert violations(live(chosen)) == []


def test_a_limit_that_the_engine_only_takes_note_of_is_told() -> None:
    able = dict.fromkeys(("MemoryLimit", "SwapLimit", "CpuCfsQuota", "PidsLimit"), True)
    assert unenforced(able) == ()
    assert unenforced({**able, "SwapLimit": False}) == ("the engine does not limit swap",)
    assert len(unenforced({})) == 4


SERVER = Plan(**{**PLAN.__dict__, "output": None, "workdir": "/app"})
PROBER = Plan(**{**PLAN.__dict__, "beside": "abc"})


def test_a_server_is_a_container_like_any_other_in_a_folder_of_its_image() -> None:
    body = container_body(SERVER)
    assert violations(live(SERVER)) == []
    assert (body["WorkingDir"], body["NetworkDisabled"], body["HostConfig"]["NetworkMode"]) == (
        "/app", True, "none",
    )  # fmt: skip
    assert "/work" not in body["HostConfig"]["Tmpfs"]


def test_a_prober_differs_from_the_policy_in_the_network_it_joins_and_in_nothing_else() -> None:
    assert violations(live(PROBER)) == ["it has a network"]
    assert joined_violations(live(PROBER), "abc") == []
    assert "Hostname" not in container_body(PROBER)


@pytest.mark.parametrize("server", ["", "abcd", "other"])
def test_a_prober_may_join_the_server_it_is_for_and_no_other(server: str) -> None:
    assert joined_violations(live(PROBER), server) == ["it has a network"]


@pytest.mark.parametrize("mode", ["host", "bridge", "container:", "container:other"])
def test_no_other_network_passes_for_a_joined_one(mode: str) -> None:
    seen = live(PROBER)
    seen["HostConfig"]["NetworkMode"] = mode
    assert joined_violations(seen, "abc") == ["it has a network"]


@pytest.mark.parametrize("weaker", [w for w in WEAKER_HOST if "NetworkMode" not in w], ids=str)
def test_each_weakening_of_a_prober_is_seen(weaker: Mapping[str, Any]) -> None:
    seen = live(PROBER)
    seen["HostConfig"].update(weaker)
    assert len(joined_violations(seen, "abc")) == 1
