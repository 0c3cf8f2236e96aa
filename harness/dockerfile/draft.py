"""A stage while it is read: what each instruction so far has made of it."""

from __future__ import annotations

from harness.dockerfile.recipe import BuildStage, Copy, Image, Run
from harness.dockerfile.syntax import Instruction

PATH = "/opt/venv/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
PLATFORM = {
    f"{side}{part}": value
    for side in ("TARGET", "BUILD")
    for part, value in {"PLATFORM": "linux/amd64", "OS": "linux", "ARCH": "amd64", "VARIANT": ""}.items()
}
SHELL: tuple[str, ...] = ("/bin/sh", "-c")


class RefusedError(Exception):
    """It is not built, and why; ``fix`` is what would work."""

    def __init__(self, what: str, fix: str = "") -> None:
        super().__init__(what)
        self.fix = fix


class Draft:
    """A stage while it is read."""

    def __init__(self, name: str, instruction: Instruction, base: str, python: str) -> None:
        self.name, self.line, self.base, self.python = name, instruction.line, base, python
        self.parent: int | None = None
        self.env: dict[str, str] = {}
        self.args: dict[str, str] = {}
        self.user, self.workdir, self.shell = "", "/", SHELL
        self.entrypoint: tuple[str, ...] = ()
        self.cmd: tuple[str, ...] = ()
        self.shell_form: set[str] = set()
        self.ports: dict[str, None] = {}
        self.volumes: dict[str, None] = {}
        self.healthcheck: tuple[str, ...] = ()
        self.labels: dict[str, str] = {}
        self.steps: list[Copy | Run] = []
        self.refused: list[str] = []

    def inherit(self, number: int, parent: Draft) -> None:
        """Begin where an earlier stage ended."""
        self.parent, self.python, self.shell = number, parent.python, parent.shell
        self.env, self.labels, self.ports = dict(parent.env), dict(parent.labels), dict(parent.ports)
        self.user, self.workdir, self.healthcheck = parent.user, parent.workdir, parent.healthcheck
        self.entrypoint, self.cmd, self.shell_form = parent.entrypoint, parent.cmd, set(parent.shell_form)

    def values(self) -> dict[str, str]:
        """What a variable stands for at this line."""
        return {"PATH": PATH, **self.args, **self.env}

    def done(self, *, needed: bool) -> BuildStage:
        """As it stands after its last line."""
        image = Image(
            env=self.env,
            user=self.user,
            workdir=self.workdir,
            entrypoint=self.entrypoint,
            cmd=self.cmd,
            shell_form=tuple(sorted(self.shell_form)),
            ports=tuple(self.ports),
            healthcheck=self.healthcheck,
            labels=self.labels,
            volumes=tuple(self.volumes),
        )
        return BuildStage(
            name=self.name,
            line=self.line,
            base=self.base,
            parent=self.parent,
            python=self.python,
            steps=tuple(self.steps),
            image=image,
            needed=needed,
        )
