"""Names and versions are taken from what they wrote; all else is a finding with its place. Nothing runs."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from harness.environment import Declarations, Named, declarations_of

ROOM_S = 5.0  # for files made to take for ever; measured: all below half a second


def declared(folder: Path, **files: str) -> Declarations:
    for name, text in files.items():
        path = folder / name.replace("__", ".").replace("_IN_", "/").replace("_DASH_", "-")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return declarations_of(folder)


def wanted(found: Declarations) -> list[str]:
    return [w.with_specifier(w.specifier) for w in found.wanted]


def told(found: Declarations) -> list[tuple[str, str]]:
    return [(f.rule, str(f.place)) for f in found.findings]


def test_names_and_versions_are_taken_from_both_files_with_their_lines(tmp_path: Path) -> None:
    found = declared(
        tmp_path,
        requirements__txt="pandas>=2  # tables\n\n# only a comment\nscikit-learn==1.5.2 --hash=sha256:00\n",
        pyproject__toml='[project]\nname = "x"\ndependencies = [\n "polars",\n "pandas"]\n',
    )
    assert wanted(found) == ["pandas>=2", "scikit-learn==1.5.2", "polars"]
    assert [(w.file, w.line) for w in found.wanted] == [
        ("requirements.txt", 1),
        ("requirements.txt", 4),
        ("pyproject.toml", 4),
    ]
    assert found.sources == ("requirements.txt", "pyproject.toml")
    assert found.findings == ()


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("--index-url https://example.invalid/simple", "requirement.index"),
        ("--extra-index-url=https://example.invalid/simple", "requirement.index"),
        ("-i https://example.invalid", "requirement.index"),
        ("--find-links /etc", "requirement.index"),
        ("--global-option=--x", "requirement.option"),
        ("-r /etc/passwd", "requirement.include-outside"),
        ("-r../../../../etc/passwd", "requirement.include-outside"),
        ("-r https://example.invalid/r.txt", "requirement.include-outside"),
        ("-c file:///etc/passwd", "requirement.include-outside"),
        ("-r link.txt", "requirement.include-outside"),
        ("-r absent.txt", "requirement.include-missing"),
        ("git+https://example.invalid/x.git", "requirement.address"),
        ("git+ssh://git@example.invalid/x.git@main#egg=x", "requirement.address"),
        ("https://example.invalid/x-1.0-py3-none-any.whl", "requirement.address"),
        ("./wheels/evil.whl", "requirement.path"),
        ("C:\\wheels\\evil.whl", "requirement.path"),
        ("/root/evil", "requirement.path"),
        ("-e ../elsewhere", "requirement.editable"),
        ("-e git+https://example.invalid/x.git", "requirement.editable"),
        ("num\u0440y", "requirement.unreadable"),  # a Cyrillic letter
        ("numpy\u202e==1", "requirement.unreadable"),
        ("nump\x00y", "requirement.unreadable"),
        ("numpy===1.0;evil", "requirement.unreadable"),
        ("numpy===$(id)", "requirement.unreadable"),
        ("numpy==" + "1" * 350, "requirement.unreadable"),
        ("numpy==" + "1." * 300, "requirement.too-long"),
        ("a" * 5000, "requirement.too-long"),
        ("numpy; " + "(" * 150 + "os_name=='x'" + ")" * 150, "requirement.unreadable"),
        ("${SECRET}", "requirement.unreadable"),
        ("${SECRET}==1", "requirement.unreadable"),
    ],
)
def test_what_is_no_name_with_versions_is_a_finding_with_its_line_and_never_obeyed(
    tmp_path: Path, line: str, rule: str
) -> None:
    (tmp_path / "link.txt").symlink_to("/etc/passwd")
    found = declared(tmp_path, requirements__txt=f"numpy\n{line}\n")
    assert [w.name for w in found.wanted if w.name != "numpy"] == []
    assert "numpy" in [w.name for w in found.wanted]
    if "os_name" not in line:  # parentheses that the parser follows are just another system
        assert told(found) == [(rule, "requirements.txt:2")]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "git+https://example.invalid/numpy.git", "file:///croot/numpy/work"]
)
def test_a_name_at_an_address_is_the_indexs_package_of_that_name(tmp_path: Path, address: str) -> None:
    """`pip freeze` in a conda environment writes such lines for everything."""
    found = declared(tmp_path, requirements__txt=f"numpy @ {address}\n")
    assert wanted(found) == ["numpy"]
    assert told(found) == [("requirement.address", "requirements.txt:1")]
    assert "passwd" not in "".join(wanted(found))


def test_included_files_are_followed_inside_the_submission_and_in_no_circle(tmp_path: Path) -> None:
    found = declared(
        tmp_path,
        requirements__txt="-r requirements/base.txt\n-c bounds.txt\nrich\n",
        requirements_IN_base__txt="-r ../requirements.txt\n--requirement=more.txt\nnumpy\n",
        requirements_IN_more__txt="scipy\n",
        bounds__txt="pandas==2.0.0\n",
    )
    assert wanted(found) == ["scipy", "numpy", "rich"]
    assert [pin.name for pin in found.pins] == ["pandas"]
    assert found.findings == ()


def test_includes_end_somewhere(tmp_path: Path) -> None:
    for i in range(40):
        (tmp_path / f"r{i}.txt").write_text(f"-r r{i + 1}.txt\np{i}\n")
    found = declared(tmp_path, requirements__txt="-r r0.txt\n")
    assert len(found.wanted) < 10
    assert [rule for rule, _ in told(found)] == ["requirement.include-depth"]


def test_the_project_itself_is_no_finding(tmp_path: Path) -> None:
    found = declared(tmp_path, requirements__txt="-e .\n.\n-e .[dev]\n--editable=.\n")
    assert (found.wanted, found.findings) == ((), ())


def test_what_is_for_another_system_is_left_out(tmp_path: Path) -> None:
    text = (
        'pywin32; sys_platform == "win32"\nuvloop; sys_platform == "linux"\n'
        'tomli; python_version < "3.11"\nappnope; platform_system == "Darwin"\n'
    )
    found = declared(tmp_path, requirements__txt=text)
    assert wanted(found) == ["uvloop"]
    assert found.findings == ()


def test_what_a_freeze_lists_of_another_system_is_no_loss(tmp_path: Path) -> None:
    found = declared(tmp_path, requirements__txt="pywin32==306\nnumpy\npkg_resources==0.0.0\n")
    assert wanted(found) == ["numpy"]
    assert told(found) == [
        ("requirement.other-system", "requirements.txt:1"),
        ("requirement.other-system", "requirements.txt:3"),
    ]


def test_the_hosts_own_system_does_not_answer_markers(tmp_path: Path) -> None:
    text = (
        f'a; platform_release == "{os.uname().release}"\nb; platform_version != ""\nc; os_name == "posix"\n'
    )
    assert wanted(declared(tmp_path, requirements__txt=text)) == ["c"]


def test_a_file_saved_by_powershell_is_read(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_bytes("numpy\r\npandas\r\n".encode("utf-16"))
    assert wanted(declarations_of(tmp_path)) == ["numpy", "pandas"]


def test_hashed_locks_with_continued_lines_are_read(tmp_path: Path) -> None:
    hashed = "numpy==2.0.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via x\n"
    text = hashed + "scipy==1.0 \\\n  --hash=sha256:c"
    found = declared(tmp_path, requirements__txt=text)
    assert wanted(found) == ["numpy==2.0.0", "scipy==1.0"]
    assert [w.line for w in found.wanted] == [1, 5]


def test_a_module_written_for_its_package_is_that_package(tmp_path: Path) -> None:
    found = declared(tmp_path, requirements__txt="sklearn\n")
    assert wanted(found) == ["scikit-learn"]
    assert told(found) == [("requirement.module-name", "requirements.txt:1")]


def test_two_places_that_disagree_are_told(tmp_path: Path) -> None:
    found = declared(
        tmp_path,
        requirements__txt="numpy==1.26.4\n",
        pyproject__toml='[project]\nname = "x"\ndependencies = ["numpy==2.0.0"]\n',
    )
    assert wanted(found) == ["numpy==1.26.4"]
    assert told(found) == [("requirement.twice", "pyproject.toml:3")]


def test_a_poetry_project_is_read(tmp_path: Path) -> None:
    found = declared(
        tmp_path,
        pyproject__toml="""
[tool.poetry]
name = "churn"
[tool.poetry.dependencies]
python = "^3.12"
pandas = "^2.1"
numpy = "~1.26.2"
zerover = "^0.2.3"
rich = "*"
exact = "1.4.2"
uvicorn = { version = ">=0.20,<1", extras = ["standard"] }
private = { git = "https://example.invalid/p.git" }
gpu = { version = "^1", optional = true }
[tool.poetry.group.dev.dependencies]
pytest = "^8"
[tool.poetry.group.docs.dependencies]
sphinx = "*"
""",
    )
    assert wanted(found) == [
        "pandas<3,>=2.1", "numpy<1.27,>=1.26.2", "zerover<0.3,>=0.2.3", "rich", "exact==1.4.2",
        "uvicorn[standard]<1,>=0.20", "private", "pytest<9,>=8",
    ]  # fmt: skip
    assert [w.scope for w in found.wanted][-1] == "test"
    assert told(found) == [
        ("requirement.address", "pyproject.toml:12"),
        ("python.version", "pyproject.toml:5"),
    ]


def test_extras_and_groups_for_tests_are_taken_and_others_are_not(tmp_path: Path) -> None:
    found = declared(
        tmp_path,
        pyproject__toml="""
[project]
name = "churn"
requires-python = ">=3.10"
dependencies = ["numpy"]
[project.optional-dependencies]
test = ["pytest>=8", "churn[plots]"]
docs = ["sphinx"]
[dependency-groups]
dev = [{include-group = "lint"}, "hypothesis", {include-group = "dev"}]
lint = ["ruff"]
""",
    )
    assert wanted(found) == ["numpy", "pytest>=8", "ruff", "hypothesis"]
    assert found.findings == ()


def test_a_conda_environment_is_read(tmp_path: Path) -> None:
    found = declared(
        tmp_path,
        environment__yml="""
name: churn
channels: [conda-forge]
dependencies:
  - python=3.10
  - numpy=1.26.4=py310hb13e2d6_0
  - conda-forge::pandas=2.1
  - pytorch>=2.0
  - scikit-learn
  - matplotlib-base 3.8.*
  - libgcc-ng=13.2.0
  - openssl
  - pip
  - pip:
    - polars==1.0.0
    - --index-url https://example.invalid
    - git+https://example.invalid/x.git
""",
    )
    assert wanted(found) == [
        "numpy==1.26.4", "pandas==2.1.*", "torch>=2.0", "scikit-learn", "matplotlib==3.8.*", "polars==1.0.0",
    ]  # fmt: skip
    assert told(found) == [
        ("requirement.index", "environment.yml:16"),
        ("requirement.address", "environment.yml:17"),
        ("conda.only", "environment.yml"),
        ("python.version", "environment.yml:5"),
    ]


def test_a_conda_file_beside_a_requirements_file_is_not_needed(tmp_path: Path) -> None:
    found = declared(tmp_path, requirements__txt="numpy\n", environment__yml="dependencies: [pandas]\n")
    assert wanted(found) == ["numpy"]


def test_older_projects_are_read_and_never_run(tmp_path: Path) -> None:
    trap = tmp_path / "ran"
    found = declared(
        tmp_path,
        setup__cfg="[options]\ninstall_requires =\n    numpy>=1.20\n    pandas\n"
        "[options.extras_require]\ntest = pytest\n",
        setup__py=f"open({str(trap)!r}, 'w')\nsetup(install_requires=['evil'])\n",
    )
    assert wanted(found) == ["numpy>=1.20", "pandas", "pytest"]
    assert not trap.exists()


def test_a_literal_list_in_setup_py_is_read_as_text(tmp_path: Path) -> None:
    text = 'setup(\n  name="x",\n  install_requires=[\n    "numpy>=1.2",  # a "comment"\n'
    text += "    'rich[all]',\n  ],\n  y=['no'])\n"
    assert wanted(declared(tmp_path, setup__py=text)) == ["numpy>=1.2", "rich[all]"]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (
            "uv.lock",
            'version = 1\n[[package]]\nname = "numpy"\nversion = "2.0.1"\n'
            'source = { registry = "https://x/simple" }\n'
            '[[package]]\nname = "own"\nversion = "0.1"\nsource = { editable = "." }\n'
            '[[package]]\nname = "evil"\nversion = "9"\nsource = { git = "https://example.invalid/e.git" }\n',
        ),
        (
            "poetry.lock",
            '[[package]]\nname = "numpy"\nversion = "2.0.1"\noptional = false\n'
            '[package.dependencies]\nname = "x"\n'
            '[[package]]\nname = "evil"\nversion = "9"\n[package.source]\ntype = "git"\nurl = "https://e.invalid"\n'
            '[metadata]\nlock-version = "2.0"\n',
        ),
        (
            "Pipfile.lock",
            '{"default": {"numpy": {"version": "==2.0.1"}, "evil": {"git": "https://e.invalid"}}}',
        ),
    ],
)
def test_a_lock_file_gives_versions_but_no_addresses(tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / file).write_text(text)
    found = declared(tmp_path, requirements__txt="numpy\n")
    assert found.lock_file == file
    assert [(p.name, p.specifier) for p in found.pins if p.name not in ("own",)] == [("numpy", "==2.0.1")]
    assert [rule for rule, _ in told(found)] == ["lock.foreign-source"]


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("runtime.txt", "python-3.9.7\n", True),
        (".python-version", "3.12\n", True),
        (".python-version", "3.11.4\n", False),
        ("pyproject.toml", '[project]\nname = "x"\nrequires-python = "<3.11"\n', True),
        ("pyproject.toml", '[project]\nname = "x"\nrequires-python = ">=3.8,<4"\n', False),
        ("pyproject.toml", '[project]\nname = "x"\nrequires-python = "whatever"\n', True),
        ("environment.yml", "dependencies: [python=3.11.5]\n", False),
        ("environment.yml", "dependencies: [python>=3.9]\n", False),
    ],
)
def test_another_python_is_a_finding_and_no_failure(tmp_path: Path, file: str, text: str, says: bool) -> None:
    (tmp_path / file).write_text(text)
    assert [rule for rule, _ in told(declarations_of(tmp_path))] == ["python.version"] * says


def test_a_million_lines_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("x\n" * 1_000_000)
    found = declarations_of(tmp_path)
    assert found.wanted == ()
    assert told(found) == [("file.too-large", "requirements.txt")]


def test_many_wrong_lines_are_sixty_findings_and_a_count(tmp_path: Path) -> None:
    found = declared(tmp_path, requirements__txt="???\n" * 15_000)
    assert len(found.findings) == 61
    assert "14,940 more" in found.findings[-1].what


def test_more_requirements_than_anybody_needs_are_refused(tmp_path: Path) -> None:
    found = declared(tmp_path, requirements__txt="\n".join(f"package{i}" for i in range(500)))
    assert (found.wanted, found.too_many) == ((), 500)


HOSTILE = {
    "dotted key": ("pyproject.toml", "a" + ".a" * 120_000 + " = 1"),
    "dotted keys": ("pyproject.toml", "\n".join(f"a{i}" + ".b" * 24 + " = 1" for i in range(4500))),
    "dotted headers": ("pyproject.toml", "\n".join(f"[a{i}" + ".b" * 24 + "]" for i in range(4500))),
    "deep arrays": ("pyproject.toml", "a = " + "[" * 100_000),
    "deep tables": ("pyproject.toml", "a = " + "{a = " * 50_000),
    "many digits": ("pyproject.toml", "a = " + "1" * 200_000),
    "wrong types": ("pyproject.toml", 'project = 1\ndependency-groups = "x"\n[tool]\npoetry = []'),
    "wrong lists": ("pyproject.toml", "[project]\nname = 3\ndependencies = {a = 1}\ndynamic = 2"),
    "merged aliases": (
        "environment.yml",
        "a: &a {x: 1}\n" + "".join(f"b{i}: &b{i} {{<<: [*b{i - 1}, *b{i - 1}]}}\n" for i in range(24)),
    ),
    "deep yaml": ("environment.yml", "[" * 60_000),
    "deep blocks": ("environment.yml", "- " * 30_000),
    "yaml objects": ("environment.yml", "dependencies: !!python/object/apply:os.system ['touch ran']"),
    "sexagesimal": ("environment.yml", "dependencies: [" + "1:" * 30_000 + "1]"),
    "wide cfg lines": ("setup.cfg", "[options]\n" + ("a" + " " * 990 + "b\n") * 250),
    "long cfg line": ("setup.cfg", "[options]\na" + " " * 200_000),
    "quotes": ("setup.py", "install_requires=[" + "'\"" * 400 + "\n" + "'" * 900 + "\n" + "x = [\n" * 20_000),
    "long continuation": ("requirements.txt", "a \\\n" * 19_000),
    "markers": ("requirements.txt", ("x; " + " or ".join(["os_name=='a'"] * 22) + "\n") * 600),
    "specifiers": ("requirements.txt", ("x" + ",".join([">=1"] * 90) + "\n") * 600),
    "spaces": ("requirements.txt", ("x" + " " * 990 + "y\n") * 250),
    "dashes": ("requirements.txt", ("-r" + " " * 990 + "\n") * 250),
    "conda spaces": ("environment.yml", "dependencies:\n" + ("  - a " + "1" * 280 + "=" * 5 + "\n") * 200),
    "conda ranges": ("environment.yml", "dependencies:\n" + ("  - a " + "<1," * 90 + "!\n") * 200),
    "deep json": ("Pipfile.lock", "[" * 200_000),
    "lock lines": ("uv.lock", '[[package]]\nname = "a"\nversion = "1"\n' * 6_000),
    "pipfile": ("Pipfile", "[packages]\n" + "".join(f'p{i} = "^1.{i}"\n' for i in range(3000))),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_made_to_take_for_ever_is_over_soon(tmp_path: Path, case: str) -> None:
    file, text = HOSTILE[case]
    (tmp_path / file).write_text(text)
    started = time.process_time()
    found = declarations_of(tmp_path)
    assert time.process_time() - started < ROOM_S
    assert len(found.findings) <= 61
    assert not (Path.cwd() / "ran").exists()


def test_links_pipes_and_folders_in_the_place_of_files_are_nothing(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pyproject.toml")
    (tmp_path / "setup.cfg").mkdir()
    (tmp_path / "environment.yml").symlink_to("/dev/zero")
    assert declarations_of(tmp_path).wanted == ()


def test_what_a_dockerfile_asks_pip_for_counts_and_its_files_go_by_their_last_name(tmp_path: Path) -> None:
    (tmp_path / "reqs.txt").write_text("polars==1.9\n")
    named = Named(("lightgbm>=4", "--index-url=http://192.0.2.1"), ("/tmp/build/reqs.txt", "absent.txt"))
    found = declarations_of(tmp_path, named)
    assert wanted(found) == ["polars==1.9", "lightgbm>=4"]
