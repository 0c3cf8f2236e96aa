"""A declared drift is found in training put in the order of time, and only where there is one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from harness.audit import Weight, traps
from harness.audit.drift import betrayed
from harness.audit.laid import read_edition
from harness.edition import Trap
from tests.unit.audit.world import World, clean


def late(world: World) -> np.ndarray:
    return np.asarray(world.train["joined"] > "2021-09-01")


def told(world: World, column: str, folder: Path) -> str:
    """How a drift of ``column`` is betrayed; the day of joining is the time."""
    world.about["time"] = "joined"
    trap = Trap(
        name="drift",
        table="people.csv",
        column=column,
        kind="drift",
        cue="The age is in years.",
        where="dictionary.md",
    )
    return betrayed(read_edition(world.write(folder)), trap)


def new_kinds(world: World) -> str:
    world.train["plan"] = np.where(late(world), world.train["plan"] + " 2", world.train["plan"])
    return "plan"


def new_numbers(world: World) -> str:
    world.train["income"] = world.train["income"] * np.where(late(world), 1.6, 1.0)
    return "income"


def another_concept(world: World) -> str:
    world.train["age"] = np.where(late(world), 108 - world.train["age"], world.train["age"])
    return "left"


@pytest.mark.parametrize(
    ("plant", "words"),
    [
        (new_kinds, "plan differs before and after"),
        (new_numbers, "income differs before and after"),
        (another_concept, "what age said of it"),
    ],
)
def test_a_declared_drift_is_found_by_the_order_of_time(
    tmp_path: Path, plant: Callable[[World], str], words: str
) -> None:
    world = clean(7, train=4000)
    assert words in told(world, plant(world), tmp_path / "edition")


@pytest.mark.parametrize("column", ["plan", "income", "left"])
@pytest.mark.parametrize("seed", range(4))
def test_a_drift_that_is_only_declared_is_not_found(tmp_path: Path, column: str, seed: int) -> None:
    assert told(clean(seed, train=4000), column, tmp_path / "edition") == ""


def test_a_drift_that_only_training_shows_makes_no_flaw(tmp_path: Path) -> None:
    world = clean(7, train=4000)
    column = another_concept(world)
    world.about["time"] = "joined"
    world.about["traps"] = [
        {
            "name": "turned", "table": "people.csv", "column": column, "kind": "drift",
            "cue": "The age is in years.", "where": "dictionary.md",
        }
    ]  # fmt: skip
    measured = traps.scan(read_edition(world.write(tmp_path / "edition")))
    assert (Weight.FOUND, "left") in [(n.weight, n.column) for n in measured.noted]
