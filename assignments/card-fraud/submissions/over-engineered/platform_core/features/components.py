"""Feature components."""

from typing import Any, List

import numpy as np
import pandas as pd

from platform_core import clean
from platform_core.registry import REGISTRY, AbstractComponent, ExecutionContext


@REGISTRY.register("io", "read")
class ReadComponent(AbstractComponent):
    """Reads and cleans a folder."""

    def execute(self, context: ExecutionContext) -> ExecutionContext:
        tables = clean.read(context.get("folder"))
        asked = clean.purchases(tables["transactions"], tables["cards"], tables["merchants"])
        asked["row"] = np.arange(len(asked))
        old = clean.purchases(tables["history"], tables["cards"], tables["merchants"])
        everything = pd.concat([old, asked], ignore_index=True)
        everything = everything[everything["eur"].fillna(1).gt(0) & clean.first_tries(everything)]
        context.with_value("ids", tables["transactions"]["id"]).with_value("raw", tables["transactions"])
        return context.with_value("asked", asked).with_value("everything", everything)


class AbstractFeatureComponent(AbstractComponent):
    """Template method: compute a block and append it."""

    def execute(self, context: ExecutionContext) -> ExecutionContext:
        blocks: List[pd.DataFrame] = context.get("blocks", [])
        return context.with_value("blocks", [*blocks, self.compute(context)])

    def compute(self, context: ExecutionContext) -> pd.DataFrame:
        raise NotImplementedError


@REGISTRY.register("feature", "itself")
class ItselfComponent(AbstractFeatureComponent):
    """The payment alone."""

    def compute(self, context: ExecutionContext) -> pd.DataFrame:
        asked = context.get("asked")
        table = asked[["eur", "hour", "abroad"]].copy()
        for name in clean.MODES:
            table["mode " + name] = asked["mode"].eq(name).astype(float)
        for name in ("electronics", "jewellery", "gift cards", "digital goods", "travel", "clothing", "transport"):
            table["category " + name] = asked["category"].eq(name).astype(float)
        return table


@REGISTRY.register("feature", "history")
class HistoryComponent(AbstractFeatureComponent):
    """Counts in windows, the last wait and the amount against the mean."""

    def compute(self, context: ExecutionContext) -> pd.DataFrame:
        asked, everything = context.get("asked"), context.get("everything")
        left = asked[["row", "card", "t", "eur", "shop"]]
        past = left.merge(everything[["card", "t", "eur", "shop"]], on="card", suffixes=("", "_then"))
        past["ago"] = past["t"] - past["t_then"]
        past = past[past["ago"].gt(0) & past["ago"].le(30 * 86400)]
        table = pd.DataFrame(index=asked["row"])
        table["purchases"] = past.groupby("row").size()
        table["wait"] = past.groupby("row")["ago"].min()
        for window in self.options["windows_s"]:
            table[f"in {window}"] = past[past["ago"] <= window].groupby("row").size()
        table["known shop"] = past["shop"].eq(past["shop_then"]).groupby(past["row"]).max()
        mean = past.groupby("row")["eur_then"].mean().reindex(table.index)
        table["above mean"] = np.log(asked["eur"].clip(lower=0.01)) - np.log(mean)
        counts: Any = [name for name in table if name.startswith("in ")] + ["purchases"]
        table[counts] = table[counts].fillna(0)
        return table.astype(float)


@REGISTRY.register("label", "matured")
class MaturedLabelComponent(AbstractComponent):
    """Rows that can be learned from."""

    def execute(self, context: ExecutionContext) -> ExecutionContext:
        asked, raw = context.get("asked"), context.get("raw")
        fraud = raw["fraud"].eq("yes")
        age = (asked["t"].max() - asked["t"]) / 86400
        usable = clean.first_tries(asked) & asked["eur"].fillna(1).gt(0) & (age.gt(self.options["days"]) | fraud)
        return context.with_value("target", fraud).with_value("usable", usable)
