"""readme.py and followed.py: a README's commands in one shell, and what is seen of them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import followed
import pytest
import readme
import shell_words

SECONDS = {"train": 20.0, "predict": 20.0, "test": 20.0, "other": 20.0, "whole": 60.0}
DECLARED = {
    "train": "python3 train.py --data {data} --model {model}",
    "predict": "python3 predict.py --model {model} --input {input} --output {output}",
    "test": "pytest",
}


@pytest.fixture(autouse=True)
def _spare_others(monkeypatch):
    monkeypatch.setenv("TAKEHOME_SPARE_OTHERS", "1")
    monkeypatch.delenv("TAKEHOME_MODEL", raising=False)
    before = dict(os.environ)
    yield
    os.environ["PATH"] = before["PATH"]


def follow(places, tmp_path: Path, *lines: str, kind: str = "run", **limits: float) -> list[dict]:
    commands = [
        {"line": n, "text": line, "run": line, "kind": kind, "parts": [shell_words.inner(line)]}
        for n, line in enumerate(lines, 1)
    ]
    plan = tmp_path / "howto.json"
    plan.write_text(json.dumps({"commands": commands}))
    settings = {"limits": SECONDS | limits, "declared": DECLARED, "health": "/health"}
    words = ["--settings", json.dumps(settings)]
    assert readme.main(words, places, plan, tmp_path / "scratch" / "takehome") == 0
    return json.loads((places.output / readme.FILE).read_text())["commands"]


def test_the_folder_variables_and_functions_are_carried_on(places, tmp_path):
    (places.submission / "src").mkdir()
    (places.submission / "src" / "here.txt").write_text("x")
    lines = (
        "cd src",
        "X='a b'",
        'export Y="$X c"',
        "f() { echo f-$1; }",
        'f 1; cat here.txt; sh -c "echo $Y"',
    )
    last = follow(places, tmp_path, *lines)[-1]
    assert (last["ended"], last["exit"]) == ("exit", 0)
    assert last["tail"].split() == ["f-1", "xa", "b", "c"]


def test_a_command_that_leaves_the_shell_ends_only_itself(places, tmp_path):
    first, second = follow(places, tmp_path, "exit 3", "true")
    assert (first["exit"], second["exit"]) == (3, 0)


def test_what_is_written_is_seen_and_predictions_are_kept(places, tmp_path):
    first, second = follow(
        places, tmp_path, "mkdir model; echo w > model/m.bin", "printf 'id,prediction\\na,0.5\\n' > out.csv"
    )
    assert first["wrote"] == [f"{places.work}/model/m.bin"]
    assert first["predictions"] == ""
    assert (places.output / second["predictions"]).read_text() == "id,prediction\na,0.5\n"


def test_the_data_lies_where_readmes_have_it(places, tmp_path):
    (places.data / "validation").mkdir()
    (places.data / "customers.csv").write_text("id\n")
    (places.data / "validation" / "customers.csv").write_text("id\nv\n")
    lines = (
        "cat data/customers.csv",
        "cat data/raw/customers.csv",
        "cat data/validation/customers.csv",
        "ls data/new",
        "cat input/customers.csv",
    )
    assert [c["exit"] for c in follow(places, tmp_path, *lines)] == [0, 0, 0, 0, 0]


def test_what_never_ends_is_ended_and_the_next_is_run(places, tmp_path):
    first, second = follow(places, tmp_path, "while :; do echo y; done", "echo on", other=1.0)
    assert (first["ended"], second["exit"]) == ("timeout", 0)
    assert len(first["tail"]) <= followed.TAIL_BYTES


def test_when_the_time_is_up_the_rest_is_not_reached(places, tmp_path):
    assert [c["ended"] for c in follow(places, tmp_path, "sleep 9", "true", whole=0.5)] == [
        "timeout",
        "not reached",
    ]


def test_a_question_gets_no_answer_and_nobody_waits_for_one(places, tmp_path):
    (only,) = follow(places, tmp_path, "read answer")
    assert (only["ended"], only["exit"]) == ("exit", 1)


@pytest.mark.parametrize("ends", ["", " & sleep 2"])
def test_a_server_that_stays_is_asked_for_its_health(places, tmp_path, ends):
    (places.submission / "health").write_text("ok")
    command = f"python3 -m http.server 0 --bind 127.0.0.1 >/dev/null 2>&1{ends}"
    first, second = follow(places, tmp_path, command, "echo on")
    for pid in readme.living():
        if b"http.server" in _words(pid) and Path(f"/proc/{pid}/cwd").readlink() == places.work:
            os.kill(pid, 9)
    assert first["port"] > 0
    assert (first["health"], second["exit"]) == (200, 0)


def _words(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def test_tests_are_counted_by_their_report_and_by_unittests_last_words(places, tmp_path):
    (places.submission / "test_a.py").write_text(
        "import unittest\nclass T(unittest.TestCase):\n    def test_a(self): self.assertTrue(True)\n"
    )
    first, second = follow(places, tmp_path, "python3 -m pytest -q test_a.py", "python3 -m unittest test_a")
    assert (first["tests"], first["failed"], second["tests"]) == (1, 0, 1)


def test_a_wrong_training_command_does_not_take_predicting_with_it(places, tmp_path):
    lines = ("python3 train.py --dta data --model artefacts", "cat artefacts/m")
    (places.submission / "train.py").write_text(
        "import sys\nif '--data' not in sys.argv: sys.exit(2)\n"
        "open(sys.argv[sys.argv.index('--model') + 1] + '/m', 'w').write('w')\n"
    )
    first, second = follow(places, tmp_path, *lines)
    assert (first["exit"], second["exit"]) == (2, 0)


def test_what_lies_in_the_output_is_theirs_and_goes(places, tmp_path):
    lines = (
        f"mkdir -p {places.output}/readme.json {places.output}/predictions",
        f"echo x > {places.output}/predictions/9.csv; ln -s /etc/passwd {places.output}/link",
    )
    assert len(follow(places, tmp_path, *lines)) == 2
    assert sorted(p.name for p in places.output.rglob("*")) == ["predictions", "readme.json"]


def test_setup_is_passed_over_and_stands_in_inside_a_script(places, tmp_path):
    (places.submission / "run.sh").write_text("set -e\nrye sync\nrye run echo ran\npoetry install\n")
    assert follow(places, tmp_path, "pip install x", kind="setup") == []
    (only,) = follow(places, tmp_path, "bash run.sh")
    assert only["exit"] == 0
    assert "ran" in only["tail"]


def test_nothing_of_a_command_reaches_the_shell_around_it(places, tmp_path):
    first, second = follow(places, tmp_path, "'; touch /tmp/escaped; '", "trap - EXIT; cd /; exit 0")
    assert first["exit"] == 127
    assert second["exit"] == 0
    assert not Path("/tmp/escaped").exists()
