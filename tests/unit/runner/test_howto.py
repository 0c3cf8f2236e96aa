"""howto.py: what a README tells a reader to type, whatever it is written in."""

from __future__ import annotations

from pathlib import Path

import documents
import howto
import pytest


def told(tmp_path: Path, text: str, *, name: str = "README.md", **files: str) -> list[dict]:
    (tmp_path / name).write_text(text)
    for path, content in files.items():
        (tmp_path / path).write_text(content)
    return howto.read(documents.read_all(tmp_path))["commands"]


def runs(tmp_path: Path, text: str, **rest) -> list[str]:
    return [c["run"] for c in told(tmp_path, text, **rest) if c["kind"] == "run"]


def fenced(*lines: str, language: str = "bash") -> str:
    return "\n".join([f"```{language}", *lines, "```", ""])


@pytest.mark.parametrize(
    "text",
    [
        fenced("python train.py --data data"),
        fenced("$ python train.py --data data", "AUC 0.81", language="console"),
        fenced("(venv) ann@laptop:~/churn$ python train.py --data data", "done", language=""),
        fenced("python train.py --data data", language=""),
        fenced("python train.py \\", "  --data data"),
        fenced("PS C:\\churn> python train.py --data data", language="powershell"),
        fenced("python train.py `", "  --data data", language="powershell"),
        fenced(".venv/bin/python train.py --data data"),
        fenced("pip install -r requirements.txt && python train.py --data data"),
        fenced("source .venv/bin/activate && python train.py --data data"),
        fenced("git clone https://example.org/ann/churn.git", "cd churn", "python train.py --data data"),
        fenced("cd churn && python train.py --data data"),
        "    python train.py --data data\n",
        "Train it with `python train.py --data data`, then have tea.\n",
        "1. Train\n\n    ```bash\n    python train.py --data data\n    ```\n",
        "1. Train\n   ```sh\n   python train.py --data data\n   ```\n",
        "## Entraîner\n\nLancez ceci :\n\n" + fenced("python train.py --data data", language="shell"),
    ],
)
def test_one_command_is_read_however_it_is_written(tmp_path, text):
    (found,) = runs(tmp_path, text)
    assert " ".join(found.split()) == "python train.py --data data"


def test_restructured_text_is_read_too(tmp_path):
    text = "Churn\n=====\n\n.. code-block:: bash\n\n    python train.py --data data\n"
    assert runs(tmp_path, text, name="README.rst") == ["python train.py --data data"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("python -m venv .venv", "setup"),
        ("source .venv/bin/activate", "setup"),
        (".venv\\Scripts\\activate", "setup"),
        ("pip install -r requirements.txt", "setup"),
        ("python -m pip install -e .", "setup"),
        ("uv sync --frozen", "setup"),
        ("poetry install", "setup"),
        ("conda env create -f environment.yml", "setup"),
        ("sudo apt-get install -y libgomp1", "setup"),
        ("make setup", "setup"),
        ("git lfs pull", "setup"),
        ("curl -X POST localhost:8080/predict -d @row.json", "setup"),
        ("takehome check . --data ..", "setup"),
        ("ruff check .", "setup"),
        ("mlflow ui", "setup"),
        ("docker build -t churn .", "docker"),
        ("docker compose up", "docker"),
        ("jupyter nbconvert --to notebook --execute solution.ipynb", "notebook"),
        ("uv run python -m churn.train", "run"),
        ("uv run pytest", "run"),
        ("poetry run python train.py", "run"),
        ("make train", "run"),
        ("./run.sh", "run"),
        ("PYTHONPATH=src python -m churn.train", "run"),
        ("export MODEL=model", "aside"),
        ("mkdir -p model", "aside"),
        ("echo id,prediction > predictions.csv", "aside"),
        ("true", "aside"),
    ],
)
def test_what_a_command_is_decides_what_becomes_of_it(tmp_path, line, kind):
    (found,) = told(tmp_path, fenced(line))
    assert found["kind"] == kind
    assert (found["kind"] != "setup") or found["why"]


def test_wrappers_are_seen_through(tmp_path):
    text = fenced(
        "uv run --with rich train.py --data data", "poetry run pytest -q", "FOO=1 python3 -u -m churn.train"
    )
    assert [c["parts"][0][:3] for c in told(tmp_path, text)] == [
        ["python", "train.py", "--data"],
        ["pytest", "-q"],
        ["python", "-m", "churn.train"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        fenced("train.py   trains the model", "predict.py predicts", language=""),
        fenced("├── train.py", "└── data/", language="text"),
        fenced("[commands]", 'train = "python train.py"', language="toml"),
        fenced("import pandas", "print(1)", language="python"),
        "<!--\n" + fenced("python train.py") + "-->\n",
        "`train.py` calls `model.py`, which `pip` knows nothing of.\n",
    ],
)
def test_what_is_no_command_is_none(tmp_path, text):
    assert told(tmp_path, text) == []


@pytest.mark.parametrize(
    ("line", "run"),
    [
        ("python train.py --data <data_dir>", "python train.py --data data"),
        ("python train.py --data path/to/data", "python train.py --data data"),
        ("python predict.py --input {input} --output {output}",
         "python predict.py --input data/validation --output predictions.csv"),
    ],
)  # fmt: skip
def test_holes_are_noted_and_filled_with_what_is_at_hand(tmp_path, line, run):
    (found,) = told(tmp_path, fenced(line))
    assert found["run"] == run
    assert found["holes"]


def test_here_documents_and_chains_stay_whole(tmp_path):
    text = fenced("cat > row.json <<'EOF'", '{"a": 1}', "EOF", "python train.py; python predict.py | tee log")
    here, chain = told(tmp_path, text)
    assert here["text"].endswith("EOF")
    assert chain["run"] == "python train.py ; python predict.py | tee log"
    assert len(chain["parts"]) == 2


def test_a_script_that_is_spoken_of_again_is_not_run_again(tmp_path):
    text = fenced("python train.py --data data") + "\n`python train.py` takes 5 s. Tests: `pytest`.\n"
    assert [(c["run"], c["inline"]) for c in told(tmp_path, text)] == [
        ("python train.py --data data", False),
        ("pytest", True),
    ]


def test_lines_are_those_of_the_file(tmp_path):
    found = told(
        tmp_path, "# Churn\n\n```bash\n# first\npython a.py\n\npython b.py\n```\n\n    python c.py\n"
    )
    assert [c["line"] for c in found] == [5, 7, 10]


def test_a_thousand_commands_are_cut_and_said_to_be(tmp_path):
    (tmp_path / "README.md").write_text(fenced(*(f"python a{n}.py" for n in range(1000))))
    report = howto.read(documents.read_all(tmp_path))
    assert len(report["commands"]) == howto.MAX_COMMANDS
    assert report["truncated"]


def test_the_readme_nearest_the_root_is_the_one(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "README.md").write_text(fenced("python other.py"))
    assert runs(tmp_path, fenced("python train.py")) == ["python train.py"]


def test_without_a_readme_there_is_nothing_to_follow(tmp_path):
    assert howto.read(documents.read_all(tmp_path)) == {
        "path": "", "names": [], "commands": [], "truncated": False,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["`" * 5_000, "$ " * 20_000, "<<" * 9_000, "<a " * 20_000, "\\\n" * 20_000])
def test_no_text_keeps_the_reader_for_long(tmp_path, text):
    told(tmp_path, fenced(text))
