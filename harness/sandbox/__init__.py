"""Stage -> StageResult, in a fresh container each. The only package that speaks to a container engine.

`DockerSandbox` is the real one, `harness.sandbox.fake.FakeSandbox` a script that keeps the same promises,
`Twice` reruns what must not be charged at first sight, `reap` removes what dead processes left,
`protections` tells which defences are active on this machine.
"""

from harness.sandbox.docker_sandbox import DockerSandbox
from harness.sandbox.doctor import Protection, State, protections
from harness.sandbox.engine import Engine
from harness.sandbox.reaper import reap
from harness.sandbox.retry import Twice
from harness.sandbox.scratch import scratch_folder
from harness.sandbox.verdict import is_suspect

__all__ = [
    "DockerSandbox",
    "Engine",
    "Protection",
    "State",
    "Twice",
    "is_suspect",
    "protections",
    "reap",
    "scratch_folder",
]
