"""From what they declare to a folder of packages: the nearest that can be had, made once, blamed rightly."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harness.environment import Environment, EnvironmentRecord, Outcome, environment_for
from harness.environment import make as environment_make
from harness.errors import InfraError
from tests.unit.environment.conftest import FakeIndex, use

NAMES = {"numpy", "pandas", "rich", "pygments", "markdown-it-py", "mdurl", "jinja2", "markupsafe"}
LOCK = Path(__file__).resolve().parents[3] / "docker" / "candidate.lock"


class Lab:
    """A submission with one requirements.txt, and a shelf."""

    def __init__(self, tmp_path: Path, base_lock: Path) -> None:
        self.root, self.shelf, self.base_lock = tmp_path / "submission", tmp_path / "shelf", base_lock
        self.root.mkdir()

    def get(self, requirements: str, **files: str) -> Environment:
        (self.root / "requirements.txt").write_text(requirements)
        for name, text in files.items():
            (self.root / name.replace("__", ".")).write_text(text)
        return environment_for(self.root, self.base_lock, self.shelf)


@pytest.fixture
def lab(tmp_path: Path, base_lock: Path) -> Lab:
    return Lab(tmp_path, base_lock)


def rules(found: Environment) -> list[str]:
    return [finding.rule for finding in found.record.findings]


def added(found: Environment) -> dict[str, str]:
    return {p.name: p.version for p in found.record.installed if p.origin == "added"}


def test_what_the_image_has_needs_no_folder_and_no_index(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("numpy\npandas>=2\nscikit_learn\nxgboost>=2\n")
    found = environment_for(tmp_path, LOCK, tmp_path / "shelf")
    assert (found.folder, found.remarks, found.record.outcome) == (None, (), Outcome.AS_WRITTEN)
    assert "xgboost-cpu" in [p.name for p in found.record.installed]
    assert not (tmp_path / "shelf").exists()


def test_nothing_declared_is_nothing_asked(lab: Lab) -> None:
    found = lab.get("# none\n")
    assert (found.folder, found.record.outcome, found.record.pinned_share) == (
        None,
        Outcome.NOTHING_ASKED,
        None,
    )


def test_a_missing_package_is_unpacked_beside_the_images_own(lab: Lab, index: FakeIndex) -> None:
    index.wheel("apple", "1.1", needs=("pear>=1",))
    index.wheel("pear", "1.5")
    found = lab.get("basis\napple==1.1\n")
    assert found.folder is not None
    assert (found.folder / "apple" / "__init__.py").is_file()
    assert not (found.folder / "basis").exists()
    record = found.record
    assert added(found) == {"apple": "1.1", "pear": "1.5"}
    assert (record.outcome, record.pinned_share, record.findings) == (Outcome.AS_WRITTEN, 0.5, ())
    assert (record.declared[1].file, record.declared[1].line) == ("requirements.txt", 2)
    assert record.wheel_bytes > 0
    assert EnvironmentRecord.model_validate_json(record.model_dump_json()) == record


def test_the_same_wishes_again_ask_and_make_nothing(lab: Lab, index: FakeIndex) -> None:
    index.wheel("apple")
    first = lab.get("apple\n")
    assert first.folder is not None
    before, asked = first.folder.stat().st_mtime_ns, len(index.asked)
    started = time.process_time()
    again = lab.get("apple\n")
    assert time.process_time() - started < 0.1
    assert (again.folder, again.record.resolved_now) == (first.folder, False)
    assert again.folder is not None
    assert again.folder.stat().st_mtime_ns == before
    assert len(index.asked) == asked


def test_other_words_for_the_same_lock_use_the_same_folder(lab: Lab, index: FakeIndex) -> None:
    index.wheel("apple")
    first = lab.get("apple\n")
    assert first.folder is not None
    before = first.folder.stat().st_mtime_ns
    again = lab.get("apple==1.0\n")
    assert again.folder == first.folder
    assert first.folder.stat().st_mtime_ns == before


@pytest.mark.slow
def test_a_folder_that_was_cleared_away_is_made_again(lab: Lab, index: FakeIndex) -> None:
    index.wheel("apple")
    first = lab.get("apple\n")
    assert first.folder is not None
    shutil.rmtree(first.folder)
    assert lab.get("apple\n").folder == first.folder
    assert (first.folder / "apple").is_dir()


@pytest.mark.slow
def test_twenty_at_once_are_made_once_and_leave_nothing_behind(lab: Lab, index: FakeIndex) -> None:
    index.wheel("apple")
    (lab.root / "requirements.txt").write_text("apple\n")
    with ThreadPoolExecutor(20) as pool:
        jobs = [pool.submit(environment_for, lab.root, lab.base_lock, lab.shelf) for _ in range(20)]
        found = [job.result() for job in jobs]
    assert len({f.folder for f in found}) == 1
    assert sum(f.record.resolved_now for f in found) == 1
    left = [path.name for path in lab.shelf.rglob("*") if path.name.startswith(".")]
    assert left == []
    assert len(list(lab.shelf.iterdir())) == 2


def test_a_pin_that_is_not_there_is_the_nearest_and_told(lab: Lab, index: FakeIndex) -> None:
    for version in ("0.9", "1.2", "1.9", "2.0"):
        index.wheel("apple", version)
    found = lab.get("apple==1.1\n")
    assert added(found) == {"apple": "1.2"}
    (lost,) = found.record.loosened
    assert (lost.name, lost.asked, lost.got, lost.file, lost.line) == (
        "apple",
        "==1.1",
        "1.2",
        "requirements.txt",
        1,
    )
    assert rules(found) == ["pin.loosened"]
    assert "apple==1.1" in found.remarks[0]
    assert "apple==1.2" in found.remarks[0]


@pytest.mark.slow
def test_without_a_nearer_series_the_first_newer_one_is_taken(lab: Lab, index: FakeIndex) -> None:
    for version in ("3.0", "3.0.4", "4.0", "9.0"):
        index.wheel("apple", version)
    assert added(lab.get("apple==1.1\n")) == {"apple": "3.0.4"}


@pytest.mark.slow
def test_a_version_from_the_future_is_the_newest(lab: Lab, index: FakeIndex) -> None:
    index.wheel("apple", "1.0")
    index.wheel("apple", "1.4")
    assert added(lab.get("apple==99\n")) == {"apple": "1.4"}


@pytest.mark.slow
def test_of_two_pins_that_exclude_each_other_one_is_kept_and_all_others_too(
    lab: Lab, index: FakeIndex
) -> None:
    index.wheel("tree", "1.0", needs=("fruit<2",))
    for version in ("1.5", "2.0"):
        index.wheel("fruit", version)
    for i in range(6):
        index.wheel(f"other{i}", "1.0")
        index.wheel(f"other{i}", "2.0")
    others = "".join(f"other{i}==1.0\n" for i in range(6))
    found = lab.get(f"fruit==2.0\n{others}tree==1.0\n")
    assert added(found) == {"fruit": "1.5", "tree": "1.0", **{f"other{i}": "1.0" for i in range(6)}}
    assert [(lost.name, lost.got) for lost in found.record.loosened] == [("fruit", "1.5")]
    assert found.record.outcome is Outcome.LOOSENED


@pytest.mark.slow
def test_what_does_not_exist_is_left_out_by_name_and_the_rest_is_there(lab: Lab, index: FakeIndex) -> None:
    index.wheel("apple")
    index.sdist("unbuilt")
    found = lab.get("nobody-has-this==1\napple\nunbuilt\nnor-this\n")
    assert added(found) == {"apple": "1.0"}
    assert found.record.outcome is Outcome.PARTIAL
    assert [(lost.name, lost.line) for lost in found.record.left_out] == [
        ("nobody-has-this", 1),
        ("unbuilt", 3),
        ("nor-this", 4),
    ]
    assert "no wheel" in found.record.left_out[1].why
    assert len(found.remarks) == 3


@pytest.mark.slow
def test_when_nothing_can_be_had_the_images_own_packages_are_all_there_is(lab: Lab, index: FakeIndex) -> None:
    found = lab.get("nobody-has-this\n")
    assert (found.folder, found.record.outcome) == (None, Outcome.FAILED)
    assert "nobody-has-this" in found.record.reason
    assert rules(found) == ["package.left-out", "environment.failed"]


@pytest.mark.slow
def test_a_package_whose_needs_cannot_be_met_is_left_out(lab: Lab, index: FakeIndex) -> None:
    index.wheel("apple")
    index.wheel("broken", needs=("nobody-has-this",))
    found = lab.get("apple\nbroken==1.0\n")
    assert added(found) == {"apple": "1.0"}
    assert [lost.name for lost in found.record.left_out] == ["broken"]


@pytest.mark.slow
def test_a_lock_files_versions_bind_what_else_is_needed(lab: Lab, index: FakeIndex) -> None:
    index.wheel("apple", needs=("pear",))
    for version in ("1.0", "2.0"):
        index.wheel("pear", version)
    lock = '[[package]]\nname = "pear"\nversion = "1.0"\n\n[[package]]\nname = "apple"\nversion = "1.0"\n'
    found = lab.get("apple>=0.5\n", uv__lock=lock)
    assert added(found) == {"apple": "1.0", "pear": "1.0"}
    assert (found.record.lock_file, found.record.pinned_share) == ("uv.lock", 1.0)


@pytest.mark.slow
def test_a_locked_version_that_is_gone_gives_way(lab: Lab, index: FakeIndex) -> None:
    index.wheel("apple", needs=("pear",))
    index.wheel("pear", "2.0")
    lock = '[[package]]\nname = "pear"\nversion = "1.0"\n'
    found = lab.get("apple\n", uv__lock=lock)
    assert added(found)["pear"] == "2.0"
    assert [(lost.name, lost.asked, lost.file) for lost in found.record.loosened] == [
        ("pear", "==1.0", "uv.lock")
    ]


@pytest.mark.slow
def test_old_compiled_wheels_get_a_numpy_they_load_with(lab: Lab, index: FakeIndex) -> None:
    for version in ("1.26.4", "2.1.0"):
        index.wheel("numpy", version)
    tag = "cp311-cp311-manylinux_2_17_x86_64"
    index.wheel("frames", "1.5", needs=("numpy>=1.20",), tag=tag, uploaded="2023-01-01T00:00:00Z")
    found = lab.get("frames==1.5\n")
    assert added(found) == {"frames": "1.5", "numpy": "1.26.4"}
    assert rules(found) == ["package.numpy-1"]
    index.wheel("frames", "1.6", needs=("numpy>=1.20",), tag=tag)
    assert added(lab.get("frames==1.6\n"))["numpy"] == "2.1.0"


@pytest.mark.slow
def test_libraries_for_gpus_are_not_installed(lab: Lab, index: FakeIndex) -> None:
    index.wheel("booster", needs=("nvidia-nccl-cu12", "triton"))
    index.wheel("nvidia-nccl-cu12", size=10**12)
    index.wheel("triton", size=10**12)
    assert added(lab.get("booster\n")) == {"booster": "1.0"}


@pytest.mark.slow
def test_pytorch_keeps_what_it_cannot_be_imported_without_and_says_what_that_costs(
    lab: Lab, index: FakeIndex
) -> None:
    index.wheel("torch", needs=("nvidia-cudnn-cu13", "triton"))
    index.wheel("nvidia-cudnn-cu13")
    index.wheel("triton")
    found = lab.get("torch\n")
    assert added(found) == {"torch": "1.0", "nvidia-cudnn-cu13": "1.0"}
    assert rules(found) == ["package.gpu"]
    assert "UV_TORCH_BACKEND" in found.record.findings[0].fix


def test_gigabytes_are_refused_before_a_byte_of_them_is_fetched(lab: Lab, index: FakeIndex) -> None:
    index.wheel("huge", size=4 * 2**30)
    index.wheel("small")
    found = lab.get("huge\nsmall\n")
    assert (found.folder, found.record.outcome) == (None, Outcome.FAILED)
    assert "huge 4,096 MiB" in found.record.reason
    assert not (lab.shelf / "huge").exists()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's count of bytes written is Linux's")
def test_a_wheel_that_unpacks_without_end_is_stopped(
    lab: Lab, index: FakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.wheel("bomb", files={"bomb.txt": "0" * 300_000_000})
    monkeypatch.setattr("harness.environment.unpack.ALLOWANCE", 2**20)
    monkeypatch.setattr("harness.environment.index.POLL_S", 0.02)
    found = lab.get("bomb\n")
    assert (found.folder, found.record.outcome) == (None, Outcome.FAILED)
    assert "were stopped" in found.record.reason


def test_files_that_run_at_every_start_are_taken_away_and_told(lab: Lab, index: FakeIndex) -> None:
    run = "import os; os.system('id')\n"
    index.wheel("apple", files={"apple.py": "", "evil.pth": run, "apple-nspkg.pth": "import sys\n"})
    found = lab.get("apple\n")
    assert found.folder is not None
    assert list(found.folder.rglob("*.pth")) == []
    assert rules(found) == ["package.pth", "package.pth"]
    assert "namespace" in found.record.findings[0].what
    assert ["evil.pth" in remark for remark in found.remarks] == [True]
    (lab.shelf / "resolutions").rename(lab.shelf / "forgotten")
    assert rules(lab.get("apple\n")) == ["package.pth", "package.pth"]  # kept with the folder


@pytest.mark.parametrize("depth", [1, 12])
def test_scripts_start_the_containers_python_and_name_no_path_of_ours(
    tmp_path: Path, base_lock: Path, index: FakeIndex, depth: int
) -> None:
    deep = tmp_path.joinpath(*["a-long-name-of-a-folder"] * depth)
    deep.mkdir(parents=True)
    index.wheel("apple", scripts="bite = apple:version")
    found = Lab(deep, base_lock).get("apple\n")
    assert found.folder is not None
    text = (found.folder / "bin" / "bite").read_text()
    assert text.startswith("#!/opt/venv/bin/python3\n")
    assert sys.executable not in text
    assert "exec" not in text.split("\n")[1]
    assert stat.S_IMODE((found.folder / "bin" / "bite").stat().st_mode) == 0o755


def test_the_folder_is_compiled_without_running_it_and_readable_by_anybody(
    lab: Lab, index: FakeIndex
) -> None:
    trap = lab.root / "ran"
    index.wheel("apple", files={"apple/__init__.py": f"open({str(trap)!r}, 'w')\n", "apple/bad.py": "def ("})
    old = os.umask(0o077)
    try:
        found = lab.get("apple\n")
    finally:
        os.umask(old)
    assert found.folder is not None
    assert not trap.exists()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (found.folder, *found.folder.rglob("*"))}
    assert modes <= {0o755, 0o644}
    if sys.version_info[:2] == (3, 11):
        (compiled,) = (found.folder / "apple" / "__pycache__").glob("__init__.*.pyc")
        assert compiled.read_bytes()[4:8] == b"\x01\0\0\0"  # by hash, never looked at again
        assert str(found.folder).encode() not in compiled.read_bytes()
        assert b"/env/apple/__init__.py" in compiled.read_bytes()


@pytest.mark.parametrize(
    "status", [404, 500, *(pytest.param(code, marks=pytest.mark.slow) for code in (401, 403, 503))]
)
def test_an_index_that_is_ill_is_ours_and_never_the_candidates(
    lab: Lab, index: FakeIndex, status: int
) -> None:
    index.status = status
    with pytest.raises(InfraError, match="package index") as raised:
        lab.get("apple==1.0\n")
    assert "UV_INDEX_URL" in raised.value.hint
    index.status = 0
    index.wheel("apple")
    assert added(lab.get("apple==1.0\n")) == {"apple": "1.0"}  # and it was not remembered


def test_an_index_out_of_reach_is_ours(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, "http://user:secret@127.0.0.1:9/simple", tmp_path)
    with pytest.raises(InfraError, match="package index") as raised:
        lab.get("apple\n")
    assert "secret" not in str(raised.value)


def test_nothing_in_a_requirements_file_moves_the_index_or_reads_a_file(lab: Lab, index: FakeIndex) -> None:
    index.wheel("apple")
    other = FakeIndex()
    text = (
        f"--index-url http://127.0.0.1:9/simple\n--extra-index-url {index.url}/other\n-r /etc/passwd\n"
        "root @ file:///etc/passwd\n--trusted-host x\napple\n-e /etc\n"
    )
    found = lab.get(text, uv__toml='index-url = "http://127.0.0.1:9"\n')
    assert added(found) == {"apple": "1.0"}
    assert not any("other" in path for path in index.asked)
    assert other.asked == []
    assert [f.place.line for f in found.record.findings[:6]] == [1, 2, 3, 4, 5, 7]
    assert "root:x" not in found.record.model_dump_json()


@pytest.mark.slow
def test_a_requirements_file_of_many_impossible_pins_ends(lab: Lab, index: FakeIndex) -> None:
    text = "".join(f"nobody-{i}==1.{i}\n" for i in range(40))
    index.wheel("apple")
    started = time.monotonic()
    found = lab.get(text + "apple\n")
    assert added(found) == {"apple": "1.0"}
    assert len(found.record.left_out) == 40
    assert time.monotonic() - started < 60  # measured: 5 s


def test_too_many_requirements_are_refused_with_their_number(lab: Lab) -> None:
    found = lab.get("\n".join(f"p{i}" for i in range(1000)))
    assert found.record.outcome is Outcome.FAILED
    assert f"1,000 requirements; at most {environment_make.MAX_WANTED}" in found.record.reason


@pytest.mark.slow
def test_a_freeze_of_a_real_environment_is_the_image_and_a_little_more(tmp_path: Path) -> None:
    """Uses the package index of this machine, as a candidate's own `pip install` would."""
    done = subprocess.run(
        [sys.executable, "-m", "uv", "pip", "freeze", "--python", sys.executable],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    few = [
        line for line in done.stdout.splitlines()
        if line.split("==")[0] in NAMES
    ]  # fmt: skip
    assert len(few) >= 6
    root = tmp_path / "submission"
    root.mkdir()
    (root / "requirements.txt").write_text(
        "\n".join([*few, "-e git+ssh://git@example.invalid/own.git#egg=own"])
    )
    found = environment_for(root, LOCK, tmp_path / "shelf")
    assert found.folder is not None
    assert (found.folder / "jinja2").is_dir()
    assert found.record.pinned_share == 1.0
    assert [f.rule for f in found.record.findings] == ["requirement.editable"]
