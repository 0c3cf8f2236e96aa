"""Dependencies: names and versions are taken, everything else is a remark; nothing of theirs runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.environment import environment_for, requirements_of
from harness.errors import SubmissionError

LOCK = Path(__file__).resolve().parents[2] / "docker" / "candidate.lock"


def repository(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / name.replace("__", ".")).write_text(text)
    return tmp_path


def wanted(folder: Path) -> list[str]:
    return [str(requirement) for requirement in requirements_of(folder)[0]]


def test_names_and_versions_are_taken_from_both_files(tmp_path: Path) -> None:
    folder = repository(
        tmp_path,
        requirements__txt="pandas>=2  # tables\n\n# only a comment\nscikit-learn==1.5.2 --hash=sha256:00\n",
        pyproject__toml='[project]\nname = "x"\ndependencies = ["polars", "pandas"]\n',
    )
    assert wanted(folder) == ["pandas>=2", "scikit-learn==1.5.2", "polars"]


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.invalid/simple",
        "-r /etc/passwd",
        "git+https://example.invalid/x.git",
        "x @ file:///etc/passwd",
        "./wheels/evil.whl",
        "-e ../elsewhere",
    ],
)
def test_options_addresses_and_paths_are_remarks_and_never_obeyed(tmp_path: Path, line: str) -> None:
    requirements, remarks = requirements_of(repository(tmp_path, requirements__txt=f"{line}\nnumpy\n"))
    assert [r.name for r in requirements] == ["numpy"]
    assert len(remarks) == 1


def test_the_project_itself_is_no_remark(tmp_path: Path) -> None:
    assert requirements_of(repository(tmp_path, requirements__txt="-e .\n.\n-e .[dev]\n")) == ([], [])


def test_what_is_for_another_system_is_left_out(tmp_path: Path) -> None:
    text = 'pywin32; sys_platform == "win32"\nuvloop; sys_platform == "linux"\n'
    assert wanted(repository(tmp_path, requirements__txt=text)) == ['uvloop; sys_platform == "linux"']


def test_a_file_saved_by_powershell_is_read(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_bytes("numpy\r\npandas\r\n".encode("utf-16"))
    assert wanted(tmp_path) == ["numpy", "pandas"]


def test_a_broken_pyproject_is_a_remark(tmp_path: Path) -> None:
    requirements, remarks = requirements_of(repository(tmp_path, pyproject__toml="[project\n"))
    assert (requirements, len(remarks)) == ([], 1)


def test_more_requirements_than_anybody_needs_are_refused(tmp_path: Path) -> None:
    many = "\n".join(f"package{i}" for i in range(500))
    with pytest.raises(SubmissionError, match="more than 200"):
        requirements_of(repository(tmp_path, requirements__txt=many))


def test_what_the_image_has_needs_no_environment_and_no_network(tmp_path: Path) -> None:
    folder = repository(tmp_path, requirements__txt="numpy\npandas>=2\nscikit_learn\n")
    assert environment_for(folder, LOCK, tmp_path / "shelf").folder is None
    assert not (tmp_path / "shelf").exists()


def test_a_missing_package_is_unpacked_once_from_wheels(tmp_path: Path) -> None:
    """Uses the package index of this machine, as a candidate's own `pip install` would."""
    folder = repository(tmp_path, requirements__txt="numpy\ninflection==0.5.1\n")
    found = environment_for(folder, LOCK, tmp_path / "shelf")
    assert found.folder is not None
    assert (found.folder / "inflection" / "__init__.py").is_file()
    assert not (found.folder / "numpy").exists()  # the image's own wins
    assert found.folder.is_relative_to(tmp_path / "shelf")
    before = found.folder.stat().st_mtime_ns
    again = environment_for(folder, LOCK, tmp_path / "shelf")
    assert again.folder == found.folder
    assert found.folder.stat().st_mtime_ns == before


def test_pins_that_do_not_resolve_fall_back_and_say_so(tmp_path: Path) -> None:
    found = environment_for(
        repository(tmp_path, requirements__txt="inflection==0.0.99\n"), LOCK, tmp_path / "shelf"
    )
    assert found.folder is not None
    assert any("inflection" in remark and "newer" in remark for remark in found.remarks)


def test_a_package_that_does_not_exist_is_the_candidates_and_named(tmp_path: Path) -> None:
    folder = repository(tmp_path, requirements__txt="no-such-package-of-takehome-x1\n")
    with pytest.raises(SubmissionError, match="no-such-package-of-takehome-x1"):
        environment_for(folder, LOCK, tmp_path / "shelf")
