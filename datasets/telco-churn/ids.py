"""Internal keys -> published ids: random, unique in the edition, and no word of order or origin."""

from __future__ import annotations

import numpy as np
import pandas as pd
import world

LETTERS = np.array(list("ABCDEFGHJKLMNPQRSTUVWXYZ"))
SIGNS = np.array(list("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"))
LENGTH = 10


class Registry:
    """Gives out ids, and remembers whose they are. A contact's id is its own in every row that shows it."""

    def __init__(self, seed: int) -> None:
        """Ids of one edition: the same seed gives the same ids."""
        self.seed = seed
        self.ids: dict[str, str] = {}
        self._taken: set[str] = set()

    def publish(self, part: str, tables: world.Tables) -> world.Tables:
        """The tables under fresh ids, every table shuffled."""
        rng = world.stream(self.seed, part, "id", "draw")
        self.ids |= self._fresh(rng, tables.customers["entity"])
        customers = tables.customers.rename(columns={"entity": "id"})
        customers["id"] = customers["id"].map(self.ids)
        usage = tables.usage.rename(columns={"entity": "customer_id"})
        usage["customer_id"] = usage["customer_id"].map(self.ids)
        contacts = tables.contacts.rename(columns={"entity": "customer_id"})
        record = contacts["customer_id"] + "#" + contacts["contact_id"]
        contacts["contact_id"] = record.map(self._fresh(rng, record.drop_duplicates()))
        contacts["customer_id"] = contacts["customer_id"].map(self.ids)
        return world.Tables(
            *(t.iloc[rng.permutation(len(t))].reset_index(drop=True) for t in (customers, usage, contacts))
        )

    def _fresh(self, rng: np.random.Generator, keys: pd.Series) -> dict[str, str]:
        given = {}
        for key in keys:
            while (new := _draw(rng)) in self._taken:
                pass
            self._taken.add(new)
            given[str(key)] = new
        return given


def _draw(rng: np.random.Generator) -> str:
    """A letter first, so that no reader takes an id for a number."""
    return str(rng.choice(LETTERS)) + "".join(rng.choice(SIGNS, LENGTH - 1))
