"""A ticket says the same in every desk's way of writing, and what cannot be read is refused by its field."""

import math

import pytest

from escalation.tickets import TicketError, ticket_id, typed

TICKET = {
    "id": "A1", "desk": "CENTRAL", "opened_on": "2025-03-17", "opened_hour": 9, "channel": "Live chat",
    "product": "Web shop", "plan": "Enterprise", "wait_minutes": 30, "open_tickets": 1,
    "customer_age_days": 400, "contract_value": 12345.6, "sentiment": -0.5, "resolution_code": None,
}


@pytest.mark.parametrize(
    "same",
    [
        {"desk": "north", "wait_minutes": 1800, "opened_on": "17/03/2025"},
        {"desk": " NORTH ", "wait_minutes": "1800", "opened_on": "17.03.2025"},
        {"contract_value": "12.345,60"},
        {"contract_value": "12 345,60"},
        {"channel": " LIVE_CHAT", "product": "web  shop", "plan": "enterprise"},
        {"resolution_code": "E7"},
        {"assigned_to": "nobody"},
    ],
)
def test_the_same_ticket_is_read_alike(same):
    assert typed(TICKET | same) == typed(TICKET)


@pytest.mark.parametrize("unknown", [-1, "-1", "N/A", "", None])
def test_an_age_that_is_not_known_is_no_number(unknown):
    assert math.isnan(typed(TICKET | {"customer_age_days": unknown})["age"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("wait_minutes", "a while"), ("wait_minutes", -5), ("wait_minutes", None), ("wait_minutes", True),
        ("wait_minutes", float("nan")), ("opened_on", "2025-02-30"), ("opened_on", 20250317),
        ("opened_hour", 24), ("channel", 5), ("plan", None), ("product", " "), ("sentiment", 2),
        ("contract_value", {"eur": 1}),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_field(field, value):
    with pytest.raises(TicketError) as caught:
        typed(TICKET | {field: value})
    assert caught.value.field == field


@pytest.mark.parametrize("name", [None, 5, "", " ", ["A"]])
def test_an_id_is_a_text(name):
    with pytest.raises(TicketError):
        ticket_id({"id": name})
