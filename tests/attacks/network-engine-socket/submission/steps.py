"""Looks for the engine's socket, and any other, at the usual places and everywhere."""

import os
import stat

USUAL = (
    "/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/run/podman/podman.sock",
    "/run/crio/crio.sock", "/run/dbus/system_bus_socket", "/run/systemd/private", "/run/snapd.socket",
    "/run/user/0/docker.sock", "/var/run/secrets", "/host", "/hostfs", "/.dockerenv.sock",
)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    found = [path for path in USUAL if os.path.exists(path)]
    for folder, _, names in os.walk("/"):
        if folder.startswith(("/proc", "/sys")):
            continue
        for name in names:
            path = os.path.join(folder, name)
            try:
                if stat.S_ISSOCK(os.lstat(path).st_mode):
                    found.append(path)
            except OSError:
                continue
    print("ATTACK found", found)


def after_predict(output):
    """Nothing."""
