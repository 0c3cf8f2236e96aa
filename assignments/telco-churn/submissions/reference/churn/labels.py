"""The outcome as it was booked -> the outcome as it was."""

from __future__ import annotations

import logging

import pandas as pd

from churn import cleaning

log = logging.getLogger(__name__)


def outcomes(customers: pd.DataFrame) -> pd.Series:
    """1 for who left, by customer id.

    An account with a closure code is closed, whatever `churned` says: the booking came late. The code is
    used for nothing but this, since it does not exist yet when a customer is scored.
    """
    booked = cleaning.truth(customers["churned"])
    closed = customers["closure_code"].str.strip().ne("") if "closure_code" in customers else booked
    log.info(
        "%d customers booked as staying have a closure code: counted as left", int((closed & ~booked).sum())
    )
    return (booked | closed).astype(int).set_axis(customers["id"])


def check_share(outcome: pd.Series, most_left: float) -> None:
    """A file with the two outcomes swapped trains as well as the right one.

    Raises:
        ValueError: more customers left than ever did.
    """
    if outcome.mean() > most_left:
        raise ValueError(f"{outcome.mean():.0%} of customers.csv left: is the column `churned` swapped?")
