import pandas as pd
import pytest

LINE = {"card_id": "C1", "gateway": "NORTH", "currency": "EUR", "merchant": "Alder Depot", "entry_mode": "chip"}


@pytest.fixture
def tables():
    """One payment to score, and three lines of its card's past."""
    times = ["2024-05-01T10:00:00Z", "2024-05-01T10:01:00Z", "2024-05-03T10:00:00Z"]
    history = pd.DataFrame([LINE | {"time": time, "amount": "20.00"} for time in times])
    asked = LINE | {"id": "T1", "time": "2024-05-04 12:00:00", "gateway": "SOUTH", "amount": "40,00", "chargeback_note": ""}
    cards = pd.DataFrame([{"card_id": "C1", "country": "DE", "time_zone": "Europe/Berlin", "status": "active"}])
    merchants = pd.DataFrame([{"merchant": "Alder Depot", "category": "Fuel", "country": "DE"}])
    return {"transactions": pd.DataFrame([asked]), "history": history, "cards": cards, "merchants": merchants}


@pytest.fixture
def log(tables):
    """Sixty cards that buy fuel by day; every third pays once online, by night and ten times as much: fraud."""
    lines = []
    for n in range(60):
        usual = LINE | {"card_id": f"C{n}", "chargeback_note": "", "fraud": "no"}
        lines.append(usual | {"id": f"A{n}", "time": f"2024-03-01T12:{n:02d}:00Z", "amount": "20.00"})
        odd = {"time": f"2024-03-05T02:{n:02d}:00Z", "amount": "200.00", "entry_mode": "online", "fraud": "yes"}
        plain = {"time": f"2024-03-05T12:{n:02d}:00Z", "amount": "21.00"}
        lines.append(usual | {"id": f"B{n}"} | (odd if n % 3 == 0 else plain))
    late = LINE | {"card_id": "C1", "chargeback_note": "", "fraud": "no", "id": "Z", "amount": "20.00"}
    lines.append(late | {"time": "2024-06-01T12:00:00Z"})
    card = {"country": "DE", "time_zone": "Europe/Berlin", "status": "active"}
    cards = pd.DataFrame([card | {"card_id": f"C{n}"} for n in range(60)])
    return tables | {"transactions": pd.DataFrame(lines), "cards": cards, "history": tables["history"]}
