"""A small made-up export: enough to run every step, nothing of the real data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from churn import settings
from churn.reading import Exports

ADD_ONS = (
    "online_security",
    "online_backup",
    "device_protection",
    "tech_support",
    "streaming_tv",
    "streaming_movies",
)


@pytest.fixture
def tuned() -> settings.Settings:
    return settings.load()


@pytest.fixture
def exports() -> Exports:
    return make_exports(60)


@pytest.fixture
def folder(tmp_path: Path, exports: Exports) -> Path:
    write(exports, tmp_path / "data")
    return tmp_path / "data"


def write(exports: Exports, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("customers", "usage", "contacts"):
        getattr(exports, name).to_csv(folder / f"{name}.csv", index=False)


def make_exports(count: int) -> Exports:
    """Customers with even numbers left: month to month, falling usage, an open complaint."""
    ids = [f"C{number:03d}" for number in range(count)]
    left = np.arange(count) % 2 == 0
    customers = pd.DataFrame(
        {
            "id": ids,
            "tenure": np.where(left, "4", "40"),
            "contract": np.where(left, "Month-to-month", "Two year"),
            "payment_method": "Mailed check",
            "internet_service": "DSL",
            "monthly_charges": "50.00",
            "total_charges": np.where(left, "200.00", "2000.00"),
            "billing_system": "NOVA",
            "multiple_lines": "No",
            **dict.fromkeys(ADD_ONS, "Yes"),
            **dict.fromkeys(("female", "senior_citizen", "partner", "dependents"), "0"),
            **dict.fromkeys(("phone_service", "paperless_billing"), "1"),
            "closure_code": np.where(left, "R10", ""),
            "churned": np.where(left, "yes", "no"),
        }
    )
    months = [f"2024-{month:02d}" for month in range(1, 7)]
    usage = pd.DataFrame(
        [
            (
                customer,
                month,
                f"{20 + number + (0 if gone and month > '2024-04' else 30)}.50",
                str(100 + number),
                "1",
            )
            for number, (customer, gone) in enumerate(zip(ids, left, strict=True))
            for month in months
        ],
        columns=["customer_id", "month", "gb_used", "minutes", "dropped_calls"],
    )
    contacts = pd.DataFrame(
        {
            "contact_id": [f"K{number}" for number in range(int(left.sum()))],
            "customer_id": np.array(ids)[left],
            "date": "2024-06-10",
            "resolved": "no",
        }
    )
    return Exports(customers, usage, contacts)
