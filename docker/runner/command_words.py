"""The first words of commands, by what is done with such a command. For howto.py, beside it."""

from __future__ import annotations


def _of(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHELLS = _of(
    "bash sh shell zsh console shell-session sh-session bash-session terminal commandline shellscript "
    "cmd powershell ps1 pwsh bat batch"
)
POWERSHELL = _of("powershell ps1 pwsh bat batch cmd")
PLAIN = frozenset({"", "text", "txt", "plaintext", "none"})
# what a line of a block without a language begins with when it is a command
STARTS = _of(
    "python make pytest uvicorn gunicorn flask fastapi streamlit bash sh source export pip pip3 uv uvx "
    "poetry pipenv pdm hatch rye conda mamba tox nox just task docker docker-compose podman git cd curl "
    "jupyter papermill coverage takehome ruff mypy"
)
INSTALLERS = _of(
    "pip pip3 apt apt-get brew apk yum dnf choco winget npm nvm pyenv virtualenv uv poetry pipenv pdm "
    "hatch rye conda mamba micromamba pipx deactivate asdf"
)
FETCHERS = _of("git gh wget dvc kaggle gdown aws gsutil scp unzip tar 7z")
ASKERS = _of("curl http https xh hey ab wrk locust telnet nc Invoke-WebRequest")
CONTAINERS = _of("docker docker-compose podman podman-compose kubectl helm")
CHECKERS = _of("ruff black isort flake8 mypy pyright pylint pre-commit bandit hadolint ty")
VIEWERS = _of("streamlit mlflow tensorboard open xdg-open code start explorer less vim nano")
NOTEBOOKS = _of("jupyter papermill jupyter-lab jupyter-notebook jupytext nbconvert")
# run for what they leave to others; whether they end well is nobody's loss, and no effect counts
ASIDES = _of(
    "echo printf ls dir cat head tail less mkdir cp mv ln rm touch cd pwd export set unset alias which "
    "tree chmod sleep true false date wc diff sort time clear type copy ulimit exit : test [ kill wait "
    "tee grep find awk sed xargs yes seq install dd if for while then do done fi pushd popd"
)
TASK_FILES = {
    "just": ("justfile", ".justfile"),
    "task": ("taskfile.yml", "taskfile.yaml"),
    "tox": ("tox.ini", "setup.cfg", "pyproject.toml"),
    "nox": ("noxfile.py",),
    "invoke": ("tasks.py",),
    "inv": ("tasks.py",),
}
WHY_SETUP = "packages are installed beforehand, from what is declared"
WHY_FETCH = "the repository and the data are there already, and there is no network"
PASSED_OVER = (
    (FETCHERS, WHY_FETCH),
    (ASKERS, "it asks something over the network; a service is asked by our own prober"),
    (CHECKERS, "checks of form are not part of running it"),
    (VIEWERS, "it is there to look at, and ends nowhere"),
    (frozenset({"takehome"}), "it is the self-check"),
)
