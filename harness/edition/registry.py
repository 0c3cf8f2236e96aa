"""Internal keys -> published ids: random, unique in the edition, and no word of order, origin or role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from harness.mess.draws import stream

LETTERS = np.array(list("ABCDEFGHJKLMNPQRSTUVWXYZ"))
SIGNS = np.array(list("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"))
LENGTH = 10

Tables = Mapping[str, pd.DataFrame]


class Registry:
    """Gives out the ids of one edition and remembers whose they are. The same seed gives the same ids."""

    def __init__(self, seed: int) -> None:
        """No id is given out yet."""
        self.seed = seed
        self.ids: dict[str, str] = {}
        self._taken: set[str] = set()

    def publish(
        self, part: str, tables: Tables, keys: Mapping[str, str], *, own: Mapping[str, str] | None = None
    ) -> dict[str, pd.DataFrame]:
        """The tables of one part under fresh ids, rows of every table shuffled.

        ``keys``: table -> the column with the entity's key. ``own``: table -> a column with a record's own
        number; a record of an entity keeps one id in all rows that show it. A key may come in one part only.
        """
        rng = stream(self.seed, part, "id", "draw")
        named = [tables[name][column] for name, column in keys.items()]
        self.ids |= self.fresh(rng, pd.concat(named).drop_duplicates())
        published = {}
        for name, table in tables.items():
            shown = table.copy()
            if own and name in own:
                record = table[keys[name]].astype(str) + "#" + table[own[name]].astype(str)
                shown[own[name]] = record.map(self.fresh(rng, record.drop_duplicates()))
            if name in keys:
                shown[keys[name]] = table[keys[name]].map(self.ids)
            published[name] = shown.iloc[rng.permutation(len(shown))].reset_index(drop=True)
        return published

    def copies(self, mark: str = "|copy") -> tuple[tuple[str, str], ...]:
        """Published ids of what was entered twice: of a key, and of the same key with ``mark`` at its end."""
        twice = [key for key in self.ids if key.endswith(mark) and key.removesuffix(mark) in self.ids]
        return tuple((self.ids[key.removesuffix(mark)], self.ids[key]) for key in twice)

    def fresh(self, rng: np.random.Generator, keys: Iterable[str]) -> dict[str, str]:
        """A new id for each key, a letter first, so that no reader takes one for a number."""
        wanted, given = [str(key) for key in keys], {}
        while wanted:
            first = LETTERS[rng.integers(0, len(LETTERS), (len(wanted), 1))]
            rest = SIGNS[rng.integers(0, len(SIGNS), (len(wanted), LENGTH - 1))]
            again = []
            for key, signs in zip(wanted, np.hstack([first, rest]), strict=True):
                new = "".join(signs)
                if new in self._taken:
                    again.append(key)
                else:
                    self._taken.add(new)
                    given[key] = new
            wanted = again
        return given

    def published(self, mask: pd.DataFrame) -> pd.DataFrame:
        """A mask whose keys, also where one stands as old or new text of an added row, are published ids."""
        shown = mask.assign(key=mask["key"].map(self.ids).fillna(mask["key"]))
        added = mask["effect"].eq("added")
        shown.loc[added, "new"] = mask.loc[added, "new"].map(self.ids).fillna(mask.loc[added, "new"])
        return shown
