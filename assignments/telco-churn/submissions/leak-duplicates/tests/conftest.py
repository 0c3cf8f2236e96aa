"""A small made-up export: customers with even numbers left."""

import pandas as pd
import pytest

MONTHS = [f"2024-0{month}" for month in range(1, 7)]


@pytest.fixture
def tables():
    ids = [f"C{number:02d}" for number in range(80)]
    left = [number % 2 == 0 for number in range(80)]
    customers = pd.DataFrame({"id": ids})
    customers["tenure"] = ["3" if gone else "40" for gone in left]
    customers["contract"] = ["Month-to-month" if gone else "Two year" for gone in left]
    customers["internet_service"] = "DSL"
    customers["monthly_charges"] = "50.00"
    customers["total_charges"] = ["150.00" if gone else "2000.00" for gone in left]
    customers["billing_system"] = "NOVA"
    for column in ("senior_citizen", "partner", "dependents", "paperless_billing"):
        customers[column] = "1"
    for column in ("online_security", "tech_support"):
        customers[column] = "No"
    customers["closure_code"] = ["R10" if gone else "" for gone in left]
    customers["churned"] = ["yes" if gone else "no" for gone in left]
    usage = pd.DataFrame(
        [
            (customer, month, f"{number + (20 if gone and month >= '2024-05' else 40)}.50", str(100 + number), "1")
            for number, (customer, gone) in enumerate(zip(ids, left))
            for month in MONTHS
        ],
        columns=["customer_id", "month", "gb_used", "minutes", "dropped_calls"],
    )
    contacts = pd.DataFrame(
        {
            "contact_id": ["K1", "K2", "K3"],
            "customer_id": ["C00", "C02", "C04"],
            "date": ["10/06/2024", "2024-01-10", "2024-06-10"],
            "resolved": ["no", "N", "Yes"],
        }
    )
    return {"customers": customers, "usage": usage, "contacts": contacts}


@pytest.fixture
def folder(tables, tmp_path):
    """The handout's layout: the tables, and a validation folder with labels."""
    data = tmp_path / "data"
    (data / "validation").mkdir(parents=True)
    for name, table in tables.items():
        table.to_csv(data / f"{name}.csv", index=False)
        table.drop(columns="churned", errors="ignore").to_csv(data / "validation" / f"{name}.csv", index=False)
    customers = tables["customers"]
    labels = pd.DataFrame({"id": customers["id"], "label": customers["churned"].eq("yes").astype(int)})
    labels.to_csv(data / "validation" / "labels.csv", index=False)
    return data
