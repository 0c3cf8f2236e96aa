import math

import pytest

from serve import answer
from tickets import number, row_of

TICKET = {
    "id": "A", "desk": "CENTRAL", "opened_on": "2025-03-17", "opened_hour": 9, "channel": "Phone",
    "product": "Ledger", "plan": "Basic", "wait_minutes": 30, "open_tickets": 1,
    "customer_age_days": -1, "contract_value": "1.234,50", "sentiment": None,
}


class Half:
    def predict_proba(self, rows):
        return rows[["night", "weekend"]].to_numpy() + 0.5


def test_north_counts_seconds_and_writes_the_day_first():
    north = {**TICKET, "desk": "NORTH", "wait_minutes": "1800", "opened_on": "17/03/2025"}
    assert str(row_of(north)) == str(row_of(TICKET))


def test_a_decimal_comma_is_read():
    assert number(TICKET, "contract_value") == 1234.5


def test_an_unknown_age_is_no_number():
    assert math.isnan(row_of(TICKET)["age"])


@pytest.mark.parametrize("body", [b"", b"[]", b'{"rows": []}', b'{"rows": [{}]}'])
def test_nonsense_is_refused(body):
    with pytest.raises(ValueError):
        answer(Half(), body)


def test_a_ticket_is_answered_under_its_id():
    import json

    assert answer(Half(), json.dumps(TICKET).encode())["predictions"] == [{"id": "A", "prediction": 0.5}]
