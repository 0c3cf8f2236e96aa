"""A case: a fault, what it is done to, and the function that does it and answers with what went wrong."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass

from harness.sandbox import DockerSandbox, Engine
from harness.store import read_run
from tests.faults.nursery import Nursery
from tests.faults.oracle import Ideal, contract
from tests.faults.proxy import engine_socket
from tests.faults.world import World, new_world

Act = Callable[[World, Ideal], list[str]]


@dataclass(frozen=True)
class Case:
    """``quick``: part of the pytest run. ``alone``: it measures time, or fills the machine.

    The commands of the others are forked by a nursery; those of one alone start from nothing.
    """

    fault: str
    name: str
    act: Act
    quick: bool = False
    alone: bool = False
    empty_home: bool = False

    @property
    def id(self) -> str:
        """Fault and name, as one word."""
        return f"{self.fault}-{self.name}".replace(" ", "_")


class Ground:
    """The template home that worlds are copied from, and the fault-free grading they are held against.

    Both hold for the images they were made with: when somebody builds others meanwhile, they are made anew.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._nursery = Nursery()
        self._retired: list[World] = []
        self._images: dict[str, str] = {}
        self._laid()

    def _laid(self) -> None:
        """Grade a neighbour once for the data, the answer key and the run log; then the submission itself."""
        self._images = images()
        template = new_world(nursery=self._nursery)
        (template.source / "NOTES.md").write_text("Another submission than the one under test.\n")
        first = template.grade()
        assert first.code == 0, first.err
        world = new_world(template, self._nursery)
        try:
            done, cached = world.grade(), world.grade()
            assert (done.code, cached.code) == (0, 0), done.err + cached.err
            assert done.run is not None
            card = (done.run / "scorecard.json").read_bytes()
            key = read_run(done.run)["key"]
            ideal = Ideal(card, key, done.seconds)
            assert contract(cached, world, ideal, codes=(0,)) == []
        finally:
            world.close()
        self.template, self.ideal = template, ideal

    def run(self, case: Case) -> list[str]:
        """What went wrong in a case, tried again when the images changed under it."""
        while True:
            with self._lock:
                if images() != self._images:
                    self._retired.append(self.template)
                    self._laid()
                before, template, ideal = self._images, self.template, self.ideal
            world = new_world(None if case.empty_home else template, None if case.alone else self._nursery)
            try:
                told = case.act(world, ideal)
            finally:
                world.close()
                shutil.rmtree(world.folder.parent, ignore_errors=True)
            if images() == before:
                return told

    def close(self) -> None:
        """Remove the templates."""
        for template in (*self._retired, self.template):
            template.close()
            shutil.rmtree(template.folder.parent, ignore_errors=True)
        self._nursery.close()


def images() -> dict[str, str]:
    """What identifies the sandbox: part of every key."""
    return DockerSandbox(engine=Engine(host=f"unix://{engine_socket()}")).identity()
