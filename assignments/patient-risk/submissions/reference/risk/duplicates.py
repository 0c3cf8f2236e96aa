"""Patients who were registered twice under different ids -> one group a patient."""

from __future__ import annotations

import pandas as pd

FEWEST_TESTS = 3  # fewer may be equal by chance


def groups(labs: pd.DataFrame, ids: pd.Index) -> pd.Series:
    """A group number by patient id: patients with the same tests on the same days are one.

    ``labs`` as `features.tests` gives it. Who has hardly any tests to compare stays alone.
    """
    line = labs["test"] + ":" + labs["days"].astype(str) + ":" + labs["value"].astype(str)
    by_patient = line.groupby(labs["patient_id"])
    prints = by_patient.agg("|".join)
    prints = prints.where(by_patient.size() >= FEWEST_TESTS).reindex(ids)
    prints = prints.where(prints.notna(), prints.index.to_series())
    return pd.Series(pd.factorize(prints)[0], index=ids)
