"""A notebook -> run from top to bottom, and /output/notebook.jsonl: one line a cell.

    /opt/runner/bin/python -I notebook.py PATH --timeout-s N

Each line: {cell, kind, seconds, ok, error: null | {name, message, line, source}}; cells count from 1 over all
cells, and the file ends at the first cell that failed. Stored outputs, tags and metadata are dropped first:
what hid a failure at home hides nothing here. What cells print goes to stdout. Exit code 0, 1 (a cell failed
or time ran out), 2 (not a Python notebook). The kernel belongs to the candidate, who could forge all this: it
is a claim; only prediction files are scored.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves the script's folder out

import workspace

KERNEL_PYTHON = "/opt/venv/bin/python"
SCRATCH = Path("/tmp/jupyter")  # noqa: S108
NOT_A_NOTEBOOK = 2
MAX_MESSAGE = 500
COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
ARROW = re.compile(r"^-+> *(\d+) ?(.*)$", re.MULTILINE)


class NotANotebookError(Exception):
    """Why the file cannot be run as one."""


def main(words: list[str], places: workspace.Places) -> int:
    """Parse, prepare, run."""
    parser = argparse.ArgumentParser(prog="notebook.py")
    parser.add_argument("path")
    parser.add_argument("--timeout-s", type=float, required=True)
    asked = parser.parse_args(words)
    try:
        workspace.prepare(places, os.environ)
        path = inside(asked.path, places.work)
        notebook = clean(read(path))
    except NotANotebookError as error:
        workspace.say(f"{asked.path}: {error}")
        return NOT_A_NOTEBOOK
    except OSError as error:
        workspace.say(f"stopped: {error}")
        return workspace.CANNOT_KEEP
    places.output.mkdir(parents=True, exist_ok=True)
    with (places.output / "notebook.jsonl").open("w", encoding="utf-8") as log:

        def record(line: dict[str, Any]) -> None:
            print(json.dumps(line), file=log, flush=True)

        return execute(notebook, path.parent, deadline=time.monotonic() + asked.timeout_s, record=record)


def inside(name: str, work: Path) -> Path:
    """The notebook's path in the copy.

    Raises:
        NotANotebookError: there is no such regular file in the repository.
    """
    pure = PurePosixPath(name)
    path = work / pure
    if pure.is_absolute() or ".." in pure.parts or not path.is_file() or path.is_symlink():
        raise NotANotebookError("no such file in the repository")
    return path


def read(path: Path) -> Any:
    """The notebook, from .ipynb or from a script or Markdown that jupytext knows.

    Raises:
        NotANotebookError: it is not one, or not in Python.
    """
    try:
        notebook = _parse(path.read_text(encoding="utf-8-sig"), path.suffix)
        shapes = {(type(cell.cell_type), type(cell.source)) for cell in notebook.cells}
        language = str(notebook.metadata.get("kernelspec", {}).get("language", "python"))
    except Exception as error:  # noqa: BLE001 - readers of untrusted JSON raise nearly anything; it all means this
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise NotANotebookError(f"not a notebook: {reason[:200]}") from None
    if not shapes <= {(str, str)}:
        raise NotANotebookError("not a notebook: a cell without a type or a source")
    if language.lower() not in {"python", "python3", "ipython"}:
        raise NotANotebookError(f"a notebook in {language}: only Python is run")
    return notebook


def _parse(text: str, suffix: str) -> Any:
    if suffix == ".ipynb":
        import nbformat

        warnings.simplefilter("ignore")  # old notebooks have no cell ids; nothing the candidate must hear of
        return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    import jupytext  # type: ignore[import-not-found]

    return jupytext.reads(text, fmt=suffix)


def clean(notebook: Any) -> Any:
    """Without stored outputs, counts, metadata and tags (``raises-exception``, ``skip-execution``)."""
    notebook.metadata.clear()
    for cell in notebook.cells:
        cell.metadata.clear()
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def execute(notebook: Any, folder: Path, *, deadline: float, record: Callable[[dict[str, Any]], None]) -> int:
    """Run the cells in order; 0, or 1 at the first that fails."""
    from nbclient.exceptions import DeadKernelError

    client = _client(notebook, folder, deadline)
    try:
        with client.setup_kernel():
            for place, cell in enumerate(notebook.cells):
                started = time.monotonic()
                error = _execute(client, cell, place)
                seconds = round(time.monotonic() - started, 3)
                line = {"cell": place + 1, "kind": cell.cell_type, "seconds": seconds}
                record({**line, "ok": error is None, "error": error})
                if error:
                    workspace.say(f"cell {place + 1}: {error['name']}: {error['message']}")
                    return 1
    except (RuntimeError, DeadKernelError) as error:
        workspace.say(f"the kernel did not start: {error}")
        return 1
    return 0


def _execute(client: Any, cell: Any, place: int) -> dict[str, Any] | None:
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        client.execute_cell(cell, place)
    except CellExecutionError as error:
        return failure(error.ename, error.evalue, error.traceback)
    except CellTimeoutError:
        return failure("Timeout", "the time of the stage ran out in this cell", "")
    except DeadKernelError:
        return failure("KernelDied", "the kernel ended during this cell", "")
    return None


def _client(notebook: Any, folder: Path, deadline: float) -> Any:
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    class Client(NotebookClient):
        """Prints what cells print; keeps no outputs, so that a flood of them costs no memory."""

        def output(self, outs: Any, msg: Any, display_id: str | None, cell_index: int) -> None:
            content = msg["content"]
            text = (
                content.get("text")
                if msg["msg_type"] == "stream"
                else content.get("data", {}).get("text/plain")
            )
            if isinstance(text, str):
                with contextlib.suppress(OSError, UnicodeError):
                    print(text, end="" if text.endswith("\n") else "\n", flush=True)

    specs = SCRATCH / "kernels"
    (specs / "takehome").mkdir(parents=True, exist_ok=True)
    argv = [KERNEL_PYTHON, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (specs / "takehome" / "kernel.json").write_text(
        json.dumps({"argv": argv, "display_name": "takehome", "language": "python"}), encoding="utf-8"
    )
    os.environ |= {"JUPYTER_RUNTIME_DIR": str(SCRATCH / "runtime"), "IPYTHONDIR": str(SCRATCH / "ipython")}
    os.environ |= {"JUPYTER_CONFIG_DIR": str(SCRATCH / "config"), "JUPYTER_DATA_DIR": str(SCRATCH / "data")}
    manager = AsyncKernelManager(
        kernel_name="takehome",
        transport="ipc",  # sockets in a private folder: no port that another process could speak to
        ip=str(SCRATCH / "kernel"),
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(specs)], ensure_native_kernel=False),
    )
    return Client(
        notebook,
        km=manager,
        kernel_name="takehome",
        allow_errors=False,
        timeout_func=lambda _cell: max(1, int(deadline - time.monotonic())),
        startup_timeout=60,
        resources={"metadata": {"path": str(folder)}},
    )


def failure(name: str, message: str, traceback: str) -> dict[str, Any]:
    """What went wrong in a cell; ``line`` and ``source`` are the cell's own, if the traceback names them."""
    plain = COLOURS.sub("", traceback)
    arrow = ARROW.search(plain)
    return {
        "name": str(name)[:100],
        "message": COLOURS.sub("", str(message))[:MAX_MESSAGE],
        "line": int(arrow.group(1)) if arrow else None,
        "source": arrow.group(2).strip()[:200] if arrow else "",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], workspace.Places()))
