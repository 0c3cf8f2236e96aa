"""What a Dockerfile asks for is read by us alone; what is not done is said with its line."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.dockerfile import Copy, Recipe, Run, read
from harness.dockerfile.lexer import words
from harness.dockerfile.syntax import KEYWORDS
from harness.model import Severity
from harness.sandbox.context import glob_matches, path_matches, survey


def recipe(text: str) -> Recipe:
    return read(text.encode())


def steps(text: str) -> list[Copy | Run]:
    found = recipe(f"FROM python:3.11\n{text}")
    assert found.refused == ""
    return list(found.final.steps)


def only_run(text: str) -> Run:
    (step,) = steps(text)
    assert isinstance(step, Run)
    return step


def only_copy(text: str) -> Copy:
    (step,) = steps(text)
    assert isinstance(step, Copy)
    return step


def rules(found: Recipe) -> set[str]:
    return {f.rule for f in found.findings}


# ------------------------------------------------------------------------------ reading


def test_continuations_skip_comments_and_blank_lines_and_keep_the_first_line_number() -> None:
    step = only_run("\n# a comment\nRUN one && \\\n  # not part of it\n\n  two \\  \n  three")
    assert step.argv == ("/bin/sh", "-c", "one &&   two   three")
    assert step.line == 4


def test_the_escape_directive_changes_what_continues_a_line() -> None:
    found = recipe("# escape=`\nFROM python:3.11\nRUN a `\n  b c:\\\\\n")
    assert [s.argv[-1] for s in found.final.steps if isinstance(s, Run)] == ["a   b c:\\\\"]


def test_windows_line_ends_and_byte_order_marks_mean_nothing() -> None:
    found = read(b"\xef\xbb\xbfFROM python:3.11\r\nRUN a \\\r\n b\r\n")
    assert [s.argv[-1] for s in found.final.steps if isinstance(s, Run)] == ["a  b"]


def test_a_list_is_run_without_a_shell_and_a_broken_list_with_one() -> None:
    assert only_run('RUN ["a", "b c"]').argv == ("a", "b c")
    assert only_run("RUN ['a', 'b']").argv == ("/bin/sh", "-c", "['a', 'b']")


def test_a_heredoc_is_a_script_and_one_for_a_program_stays_with_it() -> None:
    assert only_run("RUN <<EOF\na\n  # b\nEOF\n").argv[-1] == "a\n  # b\n"
    assert only_run("RUN <<-EOF\n\ta\n\tEOF\n").argv[-1] == "a\n"
    assert only_run("RUN python <<'X' && b\nprint(1)\nX\n").argv[-1] == "python <<'X' && b\nprint(1)\nX\n"


def test_shell_changes_what_runs_later_commands() -> None:
    found = steps('SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN a | b\n')
    assert isinstance(found[0], Run)
    assert found[0].argv == ("/bin/bash", "-o", "pipefail", "-c", "a | b")


def test_variables_are_put_in_as_docker_does() -> None:
    env = {"A": "1", "E": ""}
    cases = {
        "$A ${A}x $B": ["1", "1x", ""],
        "${B:-d} ${E:-d} ${E-d} ${A:+p} ${B:+p}": ["d", "d", "", "p", ""],
        "'$A' \"$A b\" \\$A": ["$A", "1 b", "$A"],
        "${B:-${A}}": ["1"],
        "a\\ b": ["a b"],
        '"a\\"b" "a\\n"': ['a"b', "a\\n"],
    }
    for text, expected in cases.items():
        got = words(text, env)
        assert [w for w in got if w] == [w for w in expected if w], text


def test_arguments_reach_their_own_stage_only_and_environment_reaches_the_image() -> None:
    found = recipe(
        "ARG V=3.11\nARG X=1\nFROM python:$V\nARG X\nARG Y=2\nENV Z=$X$Y\nRUN a\nFROM python:3.11\nRUN b\n"
    )
    first, second = (stage.steps[0] for stage in found.stages)
    assert isinstance(first, Run)
    assert isinstance(second, Run)
    assert first.env == {"X": "1", "Y": "2", "Z": "12"}
    assert second.env == {}
    assert found.stages[0].image.env == {"Z": "12"}


def test_a_stage_continues_an_earlier_one() -> None:
    found = recipe("FROM python:3.11 AS Base\nENV A=1\nWORKDIR /a\nUSER u\nFROM base\nWORKDIR b\nRUN x\n")
    assert found.final.parent == 0
    assert (found.final.image.workdir, found.final.image.user) == ("/a/b", "u")


def test_stages_that_the_last_one_does_not_need_are_neither_built_nor_judged() -> None:
    found = recipe("FROM evil AS a\nFROM python:3.11 AS b\nRUN x\nFROM python:3.11\nCOPY --from=b /x /x\n")
    assert [stage.needed for stage in found.stages] == [False, True, True]
    assert found.refused == ""


def test_settings_of_the_image_are_kept() -> None:
    image = recipe(
        'FROM python:3.11\nEXPOSE 8080 53/udp\nHEALTHCHECK --interval=3s CMD curl x\nLABEL a="b c"\n'
        'ENTRYPOINT ["e"]\nCMD ["c"]\nUSER 1:2\nVOLUME /v\n'
    ).final.image
    assert image.ports == ("8080/tcp", "53/udp")
    assert (image.healthcheck, image.labels) == (("curl x",), {"a": "b c"})
    assert (image.entrypoint, image.cmd, image.user) == (("e",), ("c",), "1:2")


def test_an_entrypoint_forgets_the_command_before_it() -> None:
    assert recipe('FROM python:3.11\nCMD ["c"]\nENTRYPOINT ["e"]\n').final.image.cmd == ()


def test_shell_form_is_told() -> None:
    found = recipe("FROM python:3.11\nCMD python app.py\n")
    assert found.final.image.shell_form == ("CMD",)
    assert "dockerfile.shell-form" in rules(found)


# ------------------------------------------------------------------------------- copying


def test_targets_are_absolute_and_folders_end_with_a_slash() -> None:
    assert only_copy("WORKDIR /a\nCOPY x y").target == "/a/y"
    assert only_copy("WORKDIR /a\nCOPY x .").target == "/a/"
    assert only_copy("COPY x y /z").target == "/z/"
    assert only_copy("COPY . .").target == "/"
    assert only_copy('COPY ["a b", "/c"]').sources == ("a b",)


def test_inline_files_take_variables_and_keep_quotes() -> None:
    found = steps("ENV A=1\nCOPY <<EOF /x\na=\"$A\" 'b'\nEOF\n")[0]
    assert isinstance(found, Copy)
    assert found.texts == (("EOF", "a=\"1\" 'b'\n"),)


def test_owner_and_mode_are_read() -> None:
    step = only_copy("COPY --chown=app:app --chmod=0755 --link x /y")
    assert (step.owner, step.mode) == ("app:app", 0o755)


def test_uvs_image_is_stood_in_for() -> None:
    assert only_copy("COPY --from=ghcr.io/astral-sh/uv:0.9.1 /uv /uvx /bin/").provided


@pytest.mark.parametrize("source", ["..", "../x", "a/../../x", "./../x"])
def test_copying_from_outside_is_refused(source: str) -> None:
    assert "outside the build context" in recipe(f"FROM python:3.11\nCOPY {source} /y\n").refused


@pytest.mark.parametrize("source", ["/../in.txt", "/x/../../in.txt", "in.txt", "./in.txt", "/in.*"])
def test_however_a_path_is_written_it_stays_inside(tmp_path: Path, source: str) -> None:
    (tmp_path / "context").mkdir()
    for folder in (tmp_path, tmp_path / "context"):
        (folder / "in.txt").write_text(folder.name)
    found = survey(tmp_path / "context", "Dockerfile", max_bytes=100, max_files=10)
    assert found.below(source) == {"in.txt": "in.txt"}
    assert found.read("in.txt") == b"context"


def test_what_is_ignored_is_not_there_and_exceptions_bring_it_back(tmp_path: Path) -> None:
    (tmp_path / ".dockerignore").write_text("# no\n*\n!src\nsrc/**/*.csv\n!src/keep.csv\n")
    (tmp_path / "src" / "deep").mkdir(parents=True)
    for name in ("a.py", "src/b.py", "src/deep/c.csv", "src/keep.csv", "src/d.csv"):
        (tmp_path / name).write_text("x")
    found = survey(tmp_path, "Dockerfile", max_bytes=1000, max_files=10)
    assert sorted(found.files) == ["src/b.py", "src/keep.csv"]


# -------------------------------------------------------------------------------- policy


@pytest.mark.parametrize(
    "reference",
    [
        "python:3.11-slim",
        "python:3.11.9-slim-bookworm",
        "docker.io/library/python:3.11",
        "python:3.11@sha256:" + "0" * 64,
        "debian:bookworm-slim",
        "ubuntu:22.04",
        "ghcr.io/astral-sh/uv:python3.11-bookworm-slim",
    ],
)
def test_usual_bases_are_stood_in_for(reference: str) -> None:
    found = recipe(f"FROM --platform=linux/amd64 {reference}\n")
    assert found.refused == ""
    assert {f.severity for f in found.findings} == {Severity.INFO}


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("python", "no tag"),
        ("python:latest", "latest"),
        ("python:3.12-slim", "built with 3.11"),
        ("python:3.110", "built with 3.11"),
        ("python:3.11-alpine", "Alpine"),
    ],
)
def test_a_base_that_differs_is_told(reference: str, words: str) -> None:
    found = recipe(f"FROM {reference}\n")
    assert found.refused == ""
    assert any(words in f.what for f in found.findings)


@pytest.mark.parametrize(
    "reference",
    [
        "scratch",
        "alpine:3.20",
        "nvidia/cuda:12",
        "continuumio/miniconda3",
        "evil.example.org/python:3.11",
        "someone/python:3.11",
        "takehome-candidate:local",
        "python:2.7",
        "python:3.11-windowsservercore",
        "$NOTHING",
        "sha256:" + "0" * 64,
    ],
)
def test_other_bases_are_refused_with_what_would_work(reference: str) -> None:
    found = recipe(f"FROM {reference}\nRUN x\n")
    assert found.refused.startswith("line 1: ")
    assert found.findings[0].fix


@pytest.mark.parametrize(
    ("syntax", "refused"),
    [
        ("docker/dockerfile:1", False),
        ("docker/dockerfile:1.7-labs", False),
        ("docker/dockerfile:evil", True),
        ("evil/frontend", True),
        ("docker/dockerfile:1@sha256:" + "0" * 64, False),
    ],
)
def test_no_frontend_is_run_and_one_that_is_not_dockers_own_refuses_the_file(
    syntax: str, refused: bool
) -> None:
    found = recipe(f"# Syntax = {syntax}\nFROM python:3.11\n")
    assert bool(found.refused) is refused
    assert rules(found) & {"dockerfile.syntax", "dockerfile.refused"}


@pytest.mark.parametrize(
    "line",
    [
        "ADD https://example.org/x /x",
        "ADD git@example.org:x.git /x",
        "ADD data.tar.gz /x",
        "COPY --from=evil /x /x",
        "COPY --from=7 /x /x",
        "COPY --parents a /x",
        "COPY x",
        "RUN",
        "RUN []",
        "RUN --mount=type=bind,from=other,target=/x true",
        "RUN --mount=type=secret,id=a,required true",
        "RUN --device=gpu true",
        "RUN <<EOF\nnever ended",
        "ENV A",
        'ENV A="open',
        "ENV A=${A%x}",
        "SHELL sh",
        "HEALTHCHECK maybe",
        "FORM x",
        'CMD ["\\ud800"]',
    ],
)
def test_what_is_not_done_here_is_refused_at_its_line(line: str) -> None:
    found = recipe(f"FROM python:3.11\n{line}\n")
    assert "line 2: " in found.refused
    assert found.findings[-1].place.line == 2
    assert found.findings[-1].severity is Severity.CRITICAL


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("RUN --network=host true", "dockerfile.flag"),
        ("RUN --security=insecure true", "dockerfile.flag"),
        ("RUN --mount=type=ssh true", "dockerfile.flag"),
        ("RUN curl -sSL https://example.org | sh", "dockerfile.network"),
        ("RUN set -e; cd /x && git clone https://example.org/x", "dockerfile.network"),
        ("RUN pip install --index-url=http://evil x", "dockerfile.index"),
        ("RUN python -m pip install -i http://evil x", "dockerfile.index"),
        ("RUN apt-get update && apt-get install -y gcc", "dockerfile.system-packages"),
        ("ONBUILD RUN x", "dockerfile.onbuild"),
        ("VOLUME /x", "dockerfile.volume"),
        ("EXPOSE 99999", "dockerfile.expose"),
    ],
)
def test_what_is_not_obeyed_is_told_and_the_rest_is_built(line: str, rule: str) -> None:
    found = recipe(f"FROM python:3.11\n{line}\n")
    assert found.refused == ""
    assert rule in rules(found)


def test_system_packages_are_named_by_what_the_base_lacks() -> None:
    found = recipe("FROM python:3.11\nRUN apt-get install -y --no-install-recommends make gcc=4 libgomp1\n")
    (finding,) = [f for f in found.findings if f.rule == "dockerfile.system-packages"]
    assert finding.what.endswith("the base lacks gcc")


def test_packages_on_command_lines_are_handed_to_the_resolver() -> None:
    wanted = recipe(
        'FROM python:3.11\nRUN pip install --no-cache-dir "gunicorn>=20" -r req/prod.txt ./x git+https://e/x\n'
        "RUN uv pip install --system polars==1.0\n"
    ).wanted()
    assert wanted.requirements == ("gunicorn>=20", "polars==1.0")
    assert wanted.files == ("req/prod.txt",)


def test_too_many_instructions_and_steps_are_refused() -> None:
    assert "more than 200" in recipe("FROM python:3.11\n" + "ENV A=1\n" * 300).refused
    assert "61 RUN" in recipe("FROM python:3.11\n" + "RUN x\n" * 61).refused
    assert "larger than" in read(b"#" * 300_000).refused
    assert "NUL" in read(b"FROM python:3.11\0").refused


def test_values_that_double_are_stopped() -> None:
    began = time.monotonic()
    found = recipe("FROM python:3.11\nENV A=xxxxxxxxxxxxxxxx\n" + "ENV A=$A$A\n" * 150)
    assert "grows past" in found.refused
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    "text",
    [
        "RUN " + "[" * 100_000,
        "ENV A=" + "${A:-" * 30_000,
        "CMD [" + '"a",' * 60_000,
        "RUN " + "<<A " * 5_000,
        "\\\n" * 100_000,
    ],
    ids=["brackets", "braces", "list", "heredocs", "continuations"],
)
def test_a_file_made_to_be_slow_is_read_at_once(text: str) -> None:
    began = time.monotonic()
    recipe(f"FROM python:3.11\n{text}\n")
    assert time.monotonic() - began < 3


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([*sorted(KEYWORDS), "#", "", "from"]), st.text(max_size=40)), max_size=8
    )
)
def test_any_text_becomes_a_recipe_that_survives_json(lines: list[tuple[str, str]]) -> None:
    text = "FROM python:3.11\n" + "\n".join(f"{a} {b}" for a, b in lines)
    found = read(text.encode("utf-8", "surrogatepass"))
    assert Recipe.model_validate_json(json.dumps(found.model_dump(mode="json"))) == found
    assert all(f.what.isprintable() for f in found.findings)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_become_a_recipe(raw: bytes) -> None:
    assert isinstance(read(raw), Recipe)


# ------------------------------------------------------------------------------ patterns


@pytest.mark.parametrize(
    ("pattern", "name", "matches"),
    [
        ("**/*.csv", "a.csv", True),
        ("**/*.csv", "a/b/c.csv", True),
        ("*.csv", "a/b.csv", False),
        ("a/**", "a/b/c", True),
        ("a/**/c", "a/c", True),
        ("a/**/c", "b/c", False),
        ("**", "x/y", True),
    ],
)
def test_ignore_patterns_match_as_docker_says(pattern: str, name: str, matches: bool) -> None:
    assert path_matches(pattern.split("/"), name.split("/")) is matches


@pytest.mark.parametrize(
    ("pattern", "name", "matches"),
    [
        ("*", "", True),
        ("a*c", "abbc", True),
        ("a?c", "abc", True),
        ("[a-c]x", "bx", True),
        ("[^a-c]x", "bx", False),
        ("\\*", "*", True),
        ("\\*", "a", False),
        ("[", "[", True),
        ("*a*b", "aab", True),
    ],
)
def test_globs_match_as_go_says(pattern: str, name: str, matches: bool) -> None:
    assert glob_matches(pattern, name) is matches


def test_a_glob_made_to_be_slow_is_not() -> None:
    began = time.monotonic()
    assert not glob_matches("*a" * 100 + "b", "a" * 255)
    assert not path_matches(["**"] * 100 + ["x"], ["a"] * 24)
    assert time.monotonic() - began < 1
