"""Candidates who try: to get out, to look around, to use everything up, to stay. Real containers."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.errors import InfraError
from harness.model import Ended, Mount, Stage
from harness.sandbox import DockerSandbox, is_suspect

pytestmark = pytest.mark.docker
Python = Callable[..., Stage]

# ------------------------------------------------------------------------------- files


def test_pipes_sockets_and_links_to_folders_stay_behind(
    sandbox: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    code = """
import os, socket
os.mkfifo('/output/pipe.csv')
socket.socket(socket.AF_UNIX).bind('/output/socket.csv')
os.mkdir('/output/folder.csv')
os.mkdir('/output/m'); os.symlink('/proc', '/output/m/proc'); os.mkfifo('/output/m/p')
"""
    keep = ("pipe.csv", "socket.csv", "folder.csv", "m/**")
    result = sandbox.run(python(code, keep=keep), tmp_path)
    assert (result.ended, result.files) == (Ended.FINISHED, ())
    for name in ("pipe.csv", "folder.csv", "m/proc", "m/p"):
        assert f"{name} was left out" in result.reason
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


def test_a_device_cannot_be_made(host: DockerSandbox, python: Python, tmp_path: Path) -> None:
    code = "import os, stat; os.mknod('/output/d', stat.S_IFBLK | 0o600, os.makedev(254, 0))"
    result = host.run(python(code), tmp_path)
    assert result.ended is Ended.FAILED
    assert "PermissionError" in result.tail


def test_a_sparse_terabyte_is_refused_by_the_kernel(
    host: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    stage = python("").model_copy(update={"argv": ("truncate", "-s", "1T", "/output/a.csv")})
    result = host.run(stage, tmp_path)
    assert result.ended is Ended.OVER_QUOTA
    assert "larger than 64 MB" in result.reason


def test_many_sparse_files_cost_us_nothing(sandbox: DockerSandbox, python: Python, tmp_path: Path) -> None:
    code = """
import os
os.mkdir('/output/m')
for n in range(90): open(f'/output/m/{n}', 'wb').truncate(60 << 20)
"""
    began = time.monotonic()
    result = sandbox.run(python(code, keep=("m/**",)), tmp_path)
    assert (result.ended, result.files) == (Ended.OVER_QUOTA, ())
    assert time.monotonic() - began < 10


def test_an_inode_bomb_hits_the_output_folders_own_limit(
    sandbox: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    code = "n = 0\nwhile True: open(f'/output/{n}', 'w').close(); n += 1"
    result = sandbox.run(python(code), tmp_path)
    assert (result.ended, result.exit_code) == (Ended.OVER_QUOTA, 1)
    assert "100 files" in result.reason


def test_a_folder_five_thousand_deep_neither_stops_nor_slows_collection(
    sandbox: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    code = """
import os
open('/output/a.csv', 'w').write('a')
os.mkdir('/output/m'); os.chdir('/output/m')
for _ in range(5000): os.mkdir('d'); os.chdir('d')
"""
    began = time.monotonic()
    stage = python(code, keep=("a.csv", "m/**"), limits={"output_files": 6000})
    result = sandbox.run(stage, tmp_path)
    assert (result.ended, result.files) == (Ended.FINISHED, ("a.csv",))
    assert time.monotonic() - began < 15


def test_undecodable_and_endless_names_stay_behind(
    sandbox: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    code = r"""
import os
os.mkdir('/output/m'); os.chdir('/output/m')
open(b'\xff\xfe', 'w').close()
for _ in range(5): os.mkdir('x' * 255); os.chdir('x' * 255)
open('y' * 255, 'w').close()
"""
    result = sandbox.run(python(code, keep=("m/**",)), tmp_path)
    assert result.files == ()
    assert result.reason.isascii()
    assert result.reason.count("left out") == 2
    assert len(result.reason) < 600


def test_nothing_runs_from_the_output_folder_or_tmp_but_work_may(
    host: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    code = """
import os, subprocess
for folder in ('/output', '/tmp', '/dev/shm', '/work'):
    path = folder + '/x'
    open(path, 'w').write('#!/bin/sh\\nexit 0\\n'); os.chmod(path, 0o755)
    try: print(folder, subprocess.run([path]).returncode)
    except PermissionError: print(folder, 'refused')
"""
    tail = host.run(python(code), tmp_path).tail
    assert tail.splitlines() == ["/output refused", "/tmp refused", "/dev/shm refused", "/work 0"]


# --------------------------------------------------------------------------- resources


def test_a_fork_bomb_ends_at_the_deadline(host: DockerSandbox, python: Python, tmp_path: Path) -> None:
    code = "import os\nwhile True:\n try: os.fork()\n except OSError: pass"
    began = time.monotonic()
    result = host.run(python(code, limits={"timeout_s": 2}), tmp_path)
    assert result.ended is Ended.TIMEOUT
    assert time.monotonic() - began < 12


def test_a_childs_death_for_memory_is_told_though_the_command_reported_success(
    host: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = bytearray(900 << 20)'])"
    result = host.run(python(code), tmp_path)
    assert (result.ended, result.exit_code) == (Ended.FINISHED, 0)
    assert "the kernel killed one of its processes" in result.reason


def test_filling_the_scratch_folders_ends_in_their_own_limit(
    host: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    code = "f = open('/work/x', 'wb')\nwhile True: f.write(bytes(1 << 20)); f.flush()"
    result = host.run(python(code, limits={"scratch_mb": 16}), tmp_path)
    assert result.ended in (Ended.FAILED, Ended.OVER_QUOTA)
    assert result.exit_code == 1


@pytest.mark.parametrize("newline", [True, False])
def test_a_log_flood_is_cut_on_disk_and_in_memory(
    host: DockerSandbox, python: Python, tmp_path: Path, newline: bool
) -> None:
    code = "import os\nwhile True: os.write(1, b'x' * 4095 + END)".replace(
        "END", "b'\\n'" if newline else "b'x'"
    )
    began = time.monotonic()
    result = host.run(python(code, limits={"timeout_s": 2}), tmp_path)
    assert result.ended is Ended.TIMEOUT
    assert 0 < len(result.tail) <= 8192
    assert time.monotonic() - began < 12


def test_bytes_that_are_no_text_are_still_a_tail(host: DockerSandbox, python: Python, tmp_path: Path) -> None:
    result = host.run(python("import os; os.write(1, bytes(range(256)))"), tmp_path)
    assert "\ufffd" in result.tail


def test_ignoring_every_signal_does_not_outlast_the_deadline(
    host: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    code = """
import signal
for s in set(range(1, 32)) - {9, 19}: signal.signal(s, signal.SIG_IGN)
while True: pass
"""
    result = host.run(python(code, limits={"timeout_s": 1}), tmp_path)
    assert result.ended is Ended.TIMEOUT
    assert result.seconds < 3


def test_a_daemon_dies_with_the_command_that_left_it(
    host: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    code = """
import os, time
if os.fork() == 0:
    os.setsid()
    time.sleep(1.5); open('/output/late.csv', 'w').write('late'); time.sleep(60)
"""
    result = host.run(python(code, keep=("late.csv",)), tmp_path)
    assert (result.ended, result.files) == (Ended.FINISHED, ())
    assert result.seconds < 1.5


def test_killing_the_deadman_ends_the_stage(host: DockerSandbox, python: Python, tmp_path: Path) -> None:
    result = host.run(python("import os, time; os.kill(os.getppid(), 9); time.sleep(30)"), tmp_path)
    assert result.ended is Ended.FAILED
    assert is_suspect(result)
    assert result.seconds < 10


def test_what_it_used_is_measured_after_it_is_gone(
    host: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    code = "import time; x = bytearray(b'x') * (120 << 20)\nwhile time.process_time() < 0.5: pass"
    result = host.run(python(code), tmp_path)
    assert result.unmeasured == ()
    assert 120 <= (result.peak_memory_mb or 0) <= 256
    assert 0.5 <= (result.cpu_seconds or 0) <= result.seconds + 0.2


# ------------------------------------------------------------------------ looking around


def test_there_is_no_network_but_loopback(host: DockerSandbox, python: Python, tmp_path: Path) -> None:
    code = """
import os, socket
print(os.listdir('/sys/class/net'))
for address in ('192.0.2.1', '169.254.169.254', '172.17.0.1'):
    try: socket.create_connection((address, 80), 2); print('reached')
    except OSError as error: print(error.strerror)
try: socket.getaddrinfo('example.org', 80); print('resolved')
except OSError: print('no names')
server = socket.create_server(('localhost', 0))
socket.create_connection(server.getsockname()); print('loopback')
"""
    tail = host.run(python(code), tmp_path).tail
    assert tail.splitlines() == ["['lo']", *["Network is unreachable"] * 3, "no names", "loopback"]


def test_the_root_file_system_and_the_kernels_files_are_read_only(
    host: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    code = """
import os
for path in ('/x', '/etc/x', '/opt/x', '/opt/venv/bin/python', '/proc/sys/kernel/hostname', '/etc/hosts',
             '/proc/sysrq-trigger', '/sys/fs/cgroup/memory/memory.limit_in_bytes', '/dev/x'):
    try: open(path, 'a').write('x'); print('wrote', path)
    except OSError: pass
for path in ('/etc/shadow', '/proc/kcore', '/var/run/docker.sock', '/run/docker.sock'):
    try: open(path, 'rb').read(1); print('read', path)
    except OSError: pass
"""
    result = host.run(python(code), tmp_path)
    assert (result.ended, result.tail) == (Ended.FINISHED, "")


def test_privileges_are_nil_and_stay_so(host: DockerSandbox, python: Python, tmp_path: Path) -> None:
    code = """
import ctypes, os
lines = open('/proc/self/status').read().splitlines()
status = dict(line.split(':\\t', 1) for line in lines if ':\\t' in line)
print(*(status[k] for k in ('CapEff', 'CapPrm', 'CapBnd', 'NoNewPrivs', 'Seccomp')))
libc = ctypes.CDLL(None, use_errno=True)
print(libc.mount(b't', b'/tmp', b'tmpfs', 0, None), libc.unshare(0x10000000), libc.ptrace(16, 1, 0, 0))
print(os.getuid() >= 20000, os.getuid() != 65534, os.getgroups() == [os.getgid()])
"""
    lines = host.run(python(code), tmp_path).tail.splitlines()
    nil = "0" * 16
    assert lines == [f"{nil} {nil} {nil} 1 2", "-1 -1 -1", "True True True"]


def test_mounts_are_read_only_copies_whose_paths_tell_nothing(
    sandbox: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    source = tmp_path / "telling-name-of-a-candidate"
    (source / "bin").mkdir(parents=True)
    (source / "data.csv").write_text("id\n1\n")
    (source / "data.csv").chmod(0o600)
    (source / "bin" / "go.sh").write_text("#!/bin/sh\n")
    (source / "bin" / "go.sh").chmod(0o700)
    code = """
import os
print(open('/submission/data.csv').read().split(), os.access('/submission/bin/go.sh', os.R_OK))
print({os.stat('/submission/' + p).st_mtime for p in ('data.csv', 'bin/go.sh')}, open('/one.csv').read())
for path in ('/submission/data.csv', '/submission/new', '/one.csv'):
    try: open(path, 'a'); print('writable')
    except OSError: pass
print(open('/proc/self/mountinfo').read(), open('/proc/self/cgroup').read(), os.environ)
"""
    (tmp_path / "one.csv").write_text("one")
    mounts = (
        Mount(source=source, target="/submission"),
        Mount(source=tmp_path / "one.csv", target="/one.csv"),
    )
    result = sandbox.run(python(code, mounts=mounts), tmp_path / "out")
    head = result.tail.splitlines()[:2]
    assert head == ["['id', '1'] True", "{1577836800.0} one"]
    assert "writable" not in result.tail
    assert not re.search(r"telling|candidate-name|pytest|takehome_", result.tail)
    assert (source / "data.csv").stat().st_mode & 0o777 == 0o600


def test_a_link_in_a_mounts_source_is_our_fault_and_never_followed(
    host: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to("/etc/shadow")
    with pytest.raises(InfraError, match="no file or folder"):
        host.run(python("", mounts=(Mount(source=tmp_path / "in", target="/submission"),)), tmp_path / "out")


def test_nothing_of_our_environment_is_handed_on(
    host: DockerSandbox, python: Python, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_SECRET_OF_OURS", "canary-7361")
    monkeypatch.setenv("HTTP_PROXY", "http://user:canary-7361@127.0.0.1:1")
    code = "import os; print(dict(os.environ)); print(open('/proc/1/environ').read())"
    result = host.run(python(code, env={"TAKEHOME_MODEL": "/model"}), tmp_path)
    assert "canary" not in result.tail
    assert "'TAKEHOME_MODEL': '/model'" in result.tail


def test_nothing_stays_from_one_stage_to_the_next(
    host: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    folders = "('/work', '/tmp', '/output', '/dev/shm')"
    plant = f"for f in {folders}: open(f + '/left', 'w').write('x')"
    look = f"import os; print([os.listdir(f) for f in {folders}], os.getuid())"
    first = host.run(python(plant), tmp_path / "a")
    seen = [host.run(python(look), tmp_path / n).tail for n in ("b", "c")]
    assert first.ended is Ended.FINISHED
    assert all(tail.startswith("[[], [], [], []]") for tail in seen)
    assert seen[0] != seen[1], "two runs had one uid"


def test_locks_between_processes_work(host: DockerSandbox, python: Python, tmp_path: Path) -> None:
    code = "import multiprocessing as m\nwith m.get_context('fork').Pool(2) as p: print(p.map(abs, [1, -2]))"
    assert host.run(python(code), tmp_path).tail == "[1, 2]\n"
