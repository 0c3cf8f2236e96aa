"""pip, uv, poetry, venv and apt-get in a build without a network -> what they would have left behind.

Nothing is downloaded: packages are in the image's own environment and in /env, resolved before from names
and versions. "Install" means here that they can be imported and their commands called from whichever
environment was meant; a project of the candidate's own is copied or linked in, and no build backend runs.
It says on stderr what it did and exits 0; what is missing is told by the harness's findings.

    standin.py NAME ARGUMENTS...
"""

import importlib.metadata
import os
import pathlib
import shutil
import subprocess
import sys
import tomllib

BASE = pathlib.Path("/opt/venv")
SITE = "lib/python3.11/site-packages"
SHARED = ("/env", str(BASE / SITE))  # importable from every environment
LOCAL = pathlib.Path("/usr/local")
WITH_VALUE = frozenset(
    (
        "-r", "--requirement", "-c", "--constraint", "-t", "--target", "--prefix", "--root", "--python",
        "-p", "-w", "--wheel-dir", "-d", "--dest", "-i", "--index-url", "--extra-index-url", "--index",
        "--default-index", "-f", "--find-links", "--only-binary", "--no-binary", "--group",
        "--only-group", "--extra", "--package", "--project", "--directory", "--cache-dir", "--timeout",
        "--retries", "-E", "--extras", "--with", "--without", "--only", "-o", "--output",
        "--output-file", "--platform", "--python-version", "--src", "--log", "--progress-bar",
        "--link-mode", "--python-preference", "--prompt",
    )
)  # fmt: skip


def main(name: str, argv: list[str]) -> int:
    """Run the command of that name."""
    if name in ("apt-get", "apt", "apk"):
        return say(f"{name} {' '.join(argv[:1])}: skipped, a build has no network")
    return {"pip": pip, "uv": uv, "uvx": uvx, "poetry": poetry}[name](argv)


def say(sentence: str) -> int:
    """A sentence for the log; success."""
    print(f"takehome: {sentence}", file=sys.stderr)
    return 0


# ------------------------------------------------------------------------------- commands


def pip(argv: list[str]) -> int:
    """Install, wheel, list and the like."""
    options, rest = parse(argv)
    verb, names = (rest or ["help"])[0], rest[1:]
    if verb in ("wheel", "download"):
        folder = pathlib.Path(first(options, "-w", "--wheel-dir", "-d", "--dest") or ".")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "takehome.whl").write_text("a stand-in: packages are installed without wheels here\n")
        return say(f"{verb}: packages are at hand without wheels")
    if verb == "install":
        where = target_of(options)
        fill(where)
        for project in projects(options, names):
            install_project(project, where, linked="-e" in options or "--editable" in options)
        return say(f"packages come from the environment resolved before: {where}")
    if verb in ("freeze", "list"):
        for dist in sorted(importlib.metadata.distributions(path=list(SHARED)), key=lambda d: d.name.lower()):
            print(f"{dist.name}=={dist.version}")
    if verb == "--version" or "--version" in options:
        print("pip 25 (a stand-in of takehome's)")
    return 0


def uv(argv: list[str]) -> int:
    """uv pip, venv, sync and run."""
    options, rest = parse(argv, stop_at=("run",))
    verb = rest[0] if rest else ""
    if verb == "pip":
        if "install" in rest or "sync" in rest:
            system = "--system" in options or os.environ.get("UV_SYSTEM_PYTHON", "") not in ("", "0")
            where = first(options, "--prefix", "--target") or ("" if system else venv_at_hand())
            arguments = [*argv[argv.index("pip") + 1 :], *(["--prefix", where] if where else [])]
            return pip([a if a != "sync" else "install" for a in arguments if a != "--system"])
        return pip(argv[argv.index("pip") + 1 :])
    if verb == "venv":
        return make_venv(
            pathlib.Path(rest[1] if len(rest) > 1 else os.environ.get("UV_PROJECT_ENVIRONMENT", ".venv"))
        )
    if verb in ("sync", "add", "lock"):
        return 0 if verb == "lock" else sync("--no-install-project" in options or verb == "add", options)
    if verb == "run":
        return run_in(project_environment(), argv[argv.index("run") + 1 :])
    if verb == "export":
        return export(first(options, "-o", "--output", "--output-file"))
    if verb == "--version" or "--version" in options:
        print("uv 0.9 (a stand-in of takehome's)")
    return say(f"uv {verb}: nothing to do")


def uvx(argv: list[str]) -> int:
    """A command out of the shared environment."""
    return run_in(BASE, argv)


def poetry(argv: list[str]) -> int:
    """Install and run; the rest does nothing."""
    options, rest = parse(argv, stop_at=("run",))
    verb = rest[0] if rest else ""
    if verb in ("install", "sync"):
        return sync(
            "--no-root" in options, options, system=not os.environ.get("POETRY_VIRTUALENVS_IN_PROJECT")
        )
    if verb == "run":
        return run_in(project_environment(), argv[argv.index("run") + 1 :])
    if verb == "export":
        return export(first(options, "-o", "--output"))
    return say(f"poetry {verb}: nothing to do")


def sync(no_project: bool, options: dict[str, list[str]], system: bool = False) -> int:
    """The project's environment, and the project in it."""
    where = LOCAL if system else project_environment()
    if not system and not (where / "bin" / "python").exists():
        make_venv(where)
    fill(where)
    project = pathlib.Path(first(options, "--project", "--directory") or ".")
    if not no_project and (project / "pyproject.toml").is_file():
        install_project(project, where, linked="--no-editable" not in options)
    return say(f"packages come from the environment resolved before: {where}")


def export(output: str) -> int:
    """A list of requirements with nothing in it."""
    if output:
        pathlib.Path(output).write_text("# takehome: the packages are at hand already\n")
    return 0


def run_in(where: pathlib.Path, argv: list[str]) -> int:
    """Become a command, an environment's own first."""
    while argv and argv[0].startswith("-"):
        argv = argv[2 if argv[0] in WITH_VALUE else 1 :]
    if not argv:
        return 0
    if argv[0].endswith(".py"):
        argv = ["python", *argv]
    os.environ["PATH"] = f"{where}/bin:{os.environ.get('PATH', '')}"
    try:
        os.execvp(argv[0], argv)  # noqa: S606 (a shell is what it must not be)
    except OSError as error:
        say(f"{argv[0]}: {error.strerror}")
        return 127


# ---------------------------------------------------------------------------- environments


def parse(argv: list[str], stop_at: tuple[str, ...] = ()) -> tuple[dict[str, list[str]], list[str]]:
    """Options with their values, and the rest."""
    options: dict[str, list[str]] = {}
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        if rest and rest[0] in stop_at:
            break
        name, equals, value = word.partition("=")
        if not word.startswith("-"):
            rest.append(word)
        elif equals:
            options.setdefault(name, []).append(value)
        elif word in ("-e", "--editable") or word in WITH_VALUE:
            options.setdefault(word, []).append(next(words, ""))
        else:
            options.setdefault(word, [])
    return options, rest


def first(options: dict[str, list[str]], *names: str) -> str:
    """The first value of the first option that has one."""
    return next((options[name][0] for name in names if options.get(name)), "")


def target_of(options: dict[str, list[str]]) -> pathlib.Path:
    """The environment or folder that pip was pointed at."""
    if chosen := first(options, "--prefix", "-t", "--target"):
        return pathlib.Path(chosen)
    if "--user" in options:
        return pathlib.Path.home() / ".local"
    interpreter = first(options, "--python", "-p")
    if interpreter and (found := pathlib.Path(interpreter)).is_absolute():
        return found if (found / "pyvenv.cfg").exists() else found.parent.parent
    here = pathlib.Path(sys.prefix)
    return LOCAL if here == BASE or not (here / "pyvenv.cfg").exists() else here


def venv_at_hand() -> str:
    """Where uv pip installs without being told; empty: /usr/local."""
    for chosen in (os.environ.get("VIRTUAL_ENV", ""), ".venv"):
        if chosen and (pathlib.Path(chosen) / "pyvenv.cfg").exists() and pathlib.Path(chosen) != BASE:
            return str(pathlib.Path(chosen).absolute())
    return ""


def project_environment() -> pathlib.Path:
    """Where uv and poetry keep a project's packages."""
    return pathlib.Path.cwd() / (os.environ.get("UV_PROJECT_ENVIRONMENT") or ".venv")


def venv(argv: list[str]) -> int:
    """``python -m venv``: at once, and with a pip that knows where packages are."""
    options, folders = parse(argv)
    for folder in folders:
        where = pathlib.Path(folder).absolute()
        if "--clear" in options and where != BASE:
            shutil.rmtree(where, ignore_errors=True)
        make_venv(where)
    return 0


def make_venv(where: pathlib.Path) -> int:
    """An environment that sees the shared packages."""
    for name in ("pip", "pip3"):
        where.joinpath("bin").mkdir(parents=True, exist_ok=True)
        path = where.absolute() / "bin" / name
        path.write_text(f'#!/bin/sh\nexec {path.parent}/python {__file__} pip "$@"\n')
        path.chmod(0o755)
    if where.absolute() == BASE:
        return say(f"{BASE} is the image's own environment: it is kept")
    subprocess.run([str(BASE / "bin/python3"), "-I", "-m", "venv", "--without-pip", str(where)], check=True)
    fill(where)
    return 0


def fill(where: pathlib.Path) -> None:
    """Make what is shared importable and callable from an environment, without copying it."""
    site, commands = where / SITE, where / "bin"
    site.mkdir(parents=True, exist_ok=True)
    commands.mkdir(parents=True, exist_ok=True)
    if where == LOCAL:
        return  # everything shared is on its paths already
    (site / "takehome.pth").write_text("".join(f"{path}\n" for path in SHARED))
    python = where / "bin/python" if (where / "pyvenv.cfg").exists() else BASE / "bin/python3"
    for dist in importlib.metadata.distributions(path=list(SHARED)):
        for entry in dist.entry_points:
            if entry.group == "console_scripts":
                write_command(commands / entry.name, python, entry.value)


def write_command(path: pathlib.Path, python: pathlib.Path, entry: str) -> None:
    """A console script, unless something of that name is there."""
    module, _, attribute = entry.partition("[")[0].strip().partition(":")
    if path.exists() or "/" in path.name or not module.replace(".", "").isidentifier():
        return
    top = (attribute or "main").split(".")[0]
    path.write_text(
        f"#!{python}\nimport sys\nfrom {module} import {top}\nsys.exit({attribute or 'main'}())\n"
    )
    path.chmod(0o755)


# --------------------------------------------------------------------- the candidate's own project


def projects(options: dict[str, list[str]], names: list[str]) -> list[pathlib.Path]:
    """Folders that are asked to be installed."""
    asked = [*names, *options.get("-e", []), *options.get("--editable", [])]
    paths = [pathlib.Path(name.partition("[")[0]) for name in asked if name.startswith((".", "/"))]
    return [p for p in paths if (p / "pyproject.toml").is_file() or (p / "setup.py").is_file()]


def install_project(project: pathlib.Path, where: pathlib.Path, *, linked: bool) -> None:
    """Its packages and commands, as a copy or a link."""
    source = project / "src" if (project / "src").is_dir() else project
    site = where / SITE
    site.mkdir(parents=True, exist_ok=True)
    if linked:
        (site / f"takehome-{project.absolute().name or 'project'}.pth").write_text(f"{source.absolute()}\n")
    else:
        for package in source.iterdir():
            if (package / "__init__.py").is_file():
                shutil.copytree(package, site / package.name, dirs_exist_ok=True)
            elif package.suffix == ".py" and package.name not in ("setup.py", "conftest.py"):
                shutil.copy(package, site / package.name)
    try:
        scripts = (
            tomllib.loads((project / "pyproject.toml").read_text()).get("project", {}).get("scripts", {})
        )
    except (OSError, ValueError):
        scripts = {}
    python = where / "bin/python" if (where / "pyvenv.cfg").exists() else BASE / "bin/python3"
    (where / "bin").mkdir(parents=True, exist_ok=True)
    for name, entry in scripts.items():
        write_command(where / "bin" / name, python, str(entry))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
