"""Steps that read files."""

import pandas as pd

from flightkit import clean
from flightkit.core import STEPS, AbstractStep


@STEPS.step("read")
class ReadStep(AbstractStep):
    """Reads the tables of a folder."""

    def apply(self, state):
        folder = state.require("folder")
        return {
            name: pd.read_csv(f"{folder}/{name}.csv", dtype=str, keep_default_na=False)
            for name in self.options["tables"]
        }


@STEPS.step("codes")
class CodesStep(AbstractStep):
    """Brings airlines to their short codes."""

    def apply(self, state):
        flights, airlines = state.require("flights"), state.require("airlines")
        codes = dict(zip(airlines["icao"], airlines["carrier"], strict=True))
        return {"flights": flights.assign(carrier=clean.words(flights["carrier"]).replace(codes))}


@STEPS.step("arrived")
class ArrivedStep(AbstractStep):
    """Keeps flights with an outcome."""

    def apply(self, state):
        flights = state.require("flights")
        flights = flights[flights["late"].isin(["yes", "no"])].reset_index(drop=True)
        return {"flights": flights, "target": flights["late"].eq("yes").astype(int)}
