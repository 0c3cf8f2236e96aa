"""What dead processes left behind -> gone. Live work, and that of other machines, is never touched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.sandbox import owner
from harness.sandbox.engine import Engine
from harness.sandbox.images import reap_images
from harness.sandbox.meter import leftover_groups, remove_group
from harness.sandbox.scratch import LABEL, claims, discard, scratch_folder


def reap(engine: Engine | None = None, *, scratch_dir: Path | None = None) -> list[str]:
    """Remove orphans: containers, images, volumes, mounts, folders, control groups. Says what it removed.

    Raises:
        InfraError: the engine cannot be asked.
    """
    engine = engine or Engine()
    removed = []
    for container in engine.containers(f"{LABEL}=1"):
        if _is_orphan(container):
            engine.remove(container["Id"])
            removed.append(f"container {container['Names'][0].lstrip('/')}")
    removed += reap_images(engine)
    for volume in engine.volumes(f"{LABEL}=1"):
        if _is_orphan(volume):
            engine.remove_volume(volume["Name"])
            removed.append(f"volume {volume['Name']}")
    for claim, claimed_by in claims(scratch_folder(scratch_dir)):
        if owner.is_dead(claimed_by):
            discard(claim)
            removed.append(f"folder {claim}")
    for group in leftover_groups():
        remove_group(group)
        removed.append(f"control group {group}")
    return removed


def _is_orphan(thing: Mapping[str, Any]) -> bool:
    return owner.is_dead((thing.get("Labels") or {}).get(f"{LABEL}.owner", ""))
