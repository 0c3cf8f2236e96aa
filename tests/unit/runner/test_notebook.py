"""notebook.py: what is taken for a notebook, what is stripped from it, and how a failure is put."""

from __future__ import annotations

import json

import notebook
import pytest

CELL = {"cell_type": "code", "metadata": {}, "source": "1", "outputs": [], "execution_count": 3}


def write(work, *, name="nb.ipynb", cells=(CELL,), metadata=None):
    document = {"cells": list(cells), "metadata": metadata or {}, "nbformat": 4, "nbformat_minor": 4}
    (work / name).write_text(json.dumps(document))
    return work / name


def test_stored_outputs_counts_and_tags_are_dropped(tmp_path):
    hiding = {
        **CELL,
        "metadata": {"tags": ["raises-exception", "skip-execution"]},
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "AUC 0.99"}],
    }
    path = write(tmp_path, cells=[hiding], metadata={"kernelspec": {"name": "forged", "display_name": "x"}})
    cleaned = notebook.clean(notebook.read(path))
    assert cleaned.metadata == {}
    (cell,) = cleaned.cells
    assert (cell.metadata, cell.outputs, cell.execution_count, cell.source) == ({}, [], None, "1")


@pytest.mark.parametrize(
    "content", ["", "not json", "5", "[]", "[" * 100_000, '{"cells": 5}', '{"cells": [{}]}']
)
def test_what_is_no_notebook_is_refused_and_not_a_crash(tmp_path, content):
    (tmp_path / "nb.ipynb").write_text(content)
    with pytest.raises(notebook.NotANotebookError):
        notebook.read(tmp_path / "nb.ipynb")


def test_a_notebook_in_another_language_is_refused(tmp_path):
    path = write(tmp_path, metadata={"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}})
    with pytest.raises(notebook.NotANotebookError, match="in R: only Python"):
        notebook.read(path)


@pytest.mark.parametrize("name", ["../outside.ipynb", "/etc/passwd", "absent.ipynb", "link.ipynb", "folder"])
def test_only_a_regular_file_of_the_repository_is_run(tmp_path, name):
    work = tmp_path / "work"
    (work / "folder").mkdir(parents=True)
    outside = write(tmp_path, name="outside.ipynb")
    (work / "link.ipynb").symlink_to(outside)
    with pytest.raises(notebook.NotANotebookError, match="no such file"):
        notebook.inside(name, work)


def test_a_failure_names_the_line_of_the_cell_and_is_short():
    traceback = "\x1b[0;31mE\x1b[0m\nCell In[2], line 2\n      1 x = 1\n\x1b[1;32m----> 2\x1b[0m 1/0\n"
    found = notebook.failure("ZeroDivisionError", "d" * 9000, traceback)
    assert found == {"name": "ZeroDivisionError", "message": "d" * 500, "line": 2, "source": "1/0"}


def test_a_failure_without_a_traceback_still_has_every_field():
    assert notebook.failure("KernelDied", "x", "") == {
        "name": "KernelDied", "message": "x", "line": None, "source": "",
    }  # fmt: skip
