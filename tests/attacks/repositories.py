"""A folder -> the same with a .git, honest or one whose hooks, configuration and pointers would run or read.

Whatever runs leaves a file in the temporary folder of the process that grades: there it is found.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

HOOKS = (
    "applypatch-msg", "pre-applypatch", "post-applypatch", "pre-commit", "prepare-commit-msg", "commit-msg", "post-commit",
    "pre-rebase", "post-checkout", "post-merge", "pre-push", "pre-receive", "update", "post-update", "fsmonitor-watchman",
    "post-index-change", "reference-transaction", "pre-auto-gc", "post-rewrite", "sendemail-validate",
)  # fmt: skip


def honest_git(folder: Path) -> None:
    _git(folder, "init", "-q", "-b", "main")
    for path in sorted(folder.glob("*.py")):
        _git(folder, "add", path.name)
        _git(folder, "commit", "-q", "-m", f"Add {path.name}")
    _git(folder, "add", ".")
    _git(folder, "commit", "-q", "-m", "Add the rest")


def git_hooks(folder: Path) -> None:
    honest_git(folder)
    for name in HOOKS:
        _program(folder / ".git" / "hooks" / name)


def git_config_runs(folder: Path) -> None:
    honest_git(folder)
    run = str(_program(folder / ".git" / "run.sh"))
    settings = {
        "core.fsmonitor": run, "core.pager": run, "core.editor": run, "core.sshCommand": run, "core.askPass": run,
        "core.hooksPath": str(folder / ".git"), "credential.helper": f"!{run}", "diff.external": run, "gpg.program": run,
        "alias.log": f"!{run}", "alias.status": f"!{run}", "uploadpack.packObjectsHook": run, "core.gitProxy": run,
        "core.alternateRefsCommand": run, "sequence.editor": run, "core.worktree": "/etc", "include.path": "/etc/passwd",
    }  # fmt: skip
    lines = []
    for key, value in settings.items():
        section, _, name = key.rpartition(".")
        lines.append(f'[{section}]\n\t{name} = "{value}"\n')
    with (folder / ".git" / "config").open("a") as file:
        file.writelines(lines)


def git_filters(folder: Path) -> None:
    honest_git(folder)
    run = _program(folder / ".git" / "run.sh")
    kinds = {
        'filter "evil"': ("smudge", "clean", "process"),
        'diff "evil"': ("textconv", "command"),
        'merge "evil"': ("driver",),
    }
    with (folder / ".git" / "config").open("a") as file:
        for kind, names in kinds.items():
            file.write(
                f"[{kind}]\n" + "".join(f'\t{name} = "{run}"\n' for name in names) + "\trequired = true\n"
            )
    (folder / ".gitattributes").write_text("* filter=evil diff=evil merge=evil\n")
    (folder / ".git" / "info" / "attributes").write_text("* filter=evil diff=evil\n")


def git_alternates(folder: Path) -> None:
    honest_git(folder)
    (folder / ".git" / "objects" / "info").mkdir(exist_ok=True)
    (folder / ".git" / "objects" / "info" / "alternates").write_text("/etc\n../../../../../../..\n" * 500)
    (folder / ".git" / "commondir").write_text("/etc\n")
    (folder / ".git" / "HEAD").write_text("ref: ../../../../etc/passwd\n")
    (folder / ".git" / "packed-refs").write_text("0" * 40 + " refs/heads/\x1b[2J\n" * 10_000)
    (folder / ".git" / "shallow").write_text("z" * 100_000)


def git_is_a_file(folder: Path) -> None:
    (folder / ".git").write_text("gitdir: /etc\n")
    (folder / ".gitmodules").write_text(
        '[submodule "evil"]\n\tpath = ../../evil\n\turl = -u./run.sh\n\tupdate = !touch /tmp/attack-submodule\n'
        '[submodule "ext"]\n\tpath = ext\n\turl = ext::sh -c touch% /tmp/attack-ext\n'
    )


def _program(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\ntouch {tempfile.gettempdir()}/attack-git-ran-{path.name}\nexit 0\n")
    path.chmod(0o755)
    return path


def _git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=A Candidate", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    when = {"GIT_AUTHOR_DATE": "2026-01-01T12:00:00Z", "GIT_COMMITTER_DATE": "2026-01-01T12:00:00Z"}
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", **when}
    subprocess.run(["git", *identity, "-C", str(folder), *words], check=True, env=env, capture_output=True)


REPOSITORIES: dict[str, Callable[[Path], Path | None]] = {
    builder.__name__: builder
    for builder in (honest_git, git_hooks, git_config_runs, git_filters, git_alternates, git_is_a_file)
}
