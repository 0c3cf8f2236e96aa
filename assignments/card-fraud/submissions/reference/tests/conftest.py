"""A small made-up export: enough to run every step, nothing of the real data."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from fraud import settings
from fraud.reading import Exports


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRAUD_SETTINGS", str(Path(__file__).parent / "settings.toml"))


@pytest.fixture
def tuned() -> settings.Settings:
    return settings.load()


@pytest.fixture
def exports() -> Exports:
    return make_exports()


@pytest.fixture
def folder(tmp_path: Path, exports: Exports) -> Path:
    write(exports, tmp_path / "data")
    return tmp_path / "data"


def write(exports: Exports, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("transactions", "history", "cards", "merchants"):
        getattr(exports, name).to_csv(folder / f"{name}.csv", index=False)


def line(card: str, time: str, amount: str, **other: str) -> dict[str, str]:
    """One line of a gateway: 20 euros or so at a known shop unless told otherwise."""
    plain = {"gateway": "NORTH", "currency": "EUR", "merchant": "Alder Depot", "entry_mode": "chip"}
    return {"card_id": card, "time": time, "amount": amount, **plain, **other}


def make_exports(cards: int = 30) -> Exports:
    """Each card buys fuel for 20 euros on five days; every third is robbed online by night on the sixth."""
    rows = []
    for number in range(cards):
        card = f"C{number:03d}"
        for day in range(1, 6):
            rows.append(line(card, f"2024-03-{day:02d}T12:{number:02d}:00Z", "20.00") | {"fraud": "no"})
        robbed = number % 3 == 0
        last = line(card, "2024-03-06T02:00:00Z", "200.00", merchant="Umber House", entry_mode="online")
        honest = line(card, "2024-03-06T12:00:00Z", "21.00")
        rows.append((last if robbed else honest) | {"fraud": "yes" if robbed else "no"})
    # so that everything before is old enough to be believed
    rows.append(line("C001", "2024-06-01T12:00:00Z", "20.00") | {"fraud": "no"})
    transactions = pd.DataFrame(rows)
    transactions.insert(0, "id", [f"T{n:04d}" for n in range(len(transactions))])
    names = [f"C{n:03d}" for n in range(cards)]
    return Exports(
        transactions=transactions,
        history=pd.DataFrame([line("C000", "2024-02-28T12:00:00Z", "20.00")]),
        cards=pd.DataFrame({"card_id": names, "country": "DE", "time_zone": "Europe/Berlin", "issued": "2020-01-01"}),
        merchants=pd.DataFrame(
            {"merchant": ["Alder Depot", "Umber House"], "category": ["Fuel", "gift cards"], "country": ["DE", "US"]}
        ),
    )
