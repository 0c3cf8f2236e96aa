"""The service answers what the batch answers, and refuses what it cannot read."""

import json

import pytest
from fastapi.testclient import TestClient

from escalation.model import features, load, pipeline, probabilities, store, version
from escalation.service import create
from tests.test_tickets import TICKET

TICKETS = [TICKET | {"id": f"T{n}", "wait_minutes": 5 * n + 1, "sentiment": (n % 9 - 4) / 4} for n in range(60)]


@pytest.fixture(scope="module")
def model():
    return pipeline().fit(features(TICKETS), [ticket["wait_minutes"] > 150 for ticket in TICKETS])


@pytest.fixture
def client(model):
    with TestClient(create(lambda: model)) as found:
        yield found


def test_a_list_and_single_tickets_get_the_batch_numbers(client, model):
    batch = dict(zip([t["id"] for t in TICKETS], probabilities(model, TICKETS), strict=True))
    many = client.post("/predict", json={"rows": TICKETS}).json()["predictions"]
    assert {one["id"]: one["prediction"] for one in many} == pytest.approx(batch, abs=1e-9)
    for ticket in TICKETS[:5]:
        one = client.post("/predict", json=ticket).json()["predictions"][0]
        assert one["prediction"] == pytest.approx(batch[ticket["id"]], abs=1e-9)


def test_who_waits_longer_is_likelier_to_be_escalated(model):
    short, long = (probabilities(model, [TICKET | {"wait_minutes": wait}])[0] for wait in (2, 280))
    assert short < 0.5 < long


def test_health_is_well_and_the_api_describes_itself(client):
    assert client.get("/health").status_code == 200
    assert "/predict" in client.get("/openapi.json").json()["paths"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"[]", b'{"rows": []}', b'{"rows": [1]}', b'{"rows": "x"}', b'{"rows": [{}]}']
)
def test_nonsense_is_refused_with_words(client, body):
    answer = client.post("/predict", content=body, headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500
    assert answer.json()["detail"]


def test_a_body_of_another_kind_is_said_to_be_one(client):
    answer = client.post("/predict", content=b"id=A1", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 415


def test_a_ticket_without_a_plan_is_refused_by_name(client):
    ticket = {k: v for k, v in TICKET.items() if k != "plan"}
    answer = client.post("/predict", json={"rows": [ticket]})
    assert answer.status_code == 422
    assert answer.json()["field"] == "plan"


def test_health_states_which_model_is_served(model, tmp_path):
    store(model, tmp_path)
    with TestClient(create(lambda: model, version(tmp_path))) as found:
        assert found.get("/health").json()["model_version"] == version(tmp_path) != ""


def test_a_stored_model_says_what_it_said(model, tmp_path):
    store(model, tmp_path)
    assert (probabilities(load(tmp_path), TICKETS) == probabilities(model, TICKETS)).all()


def test_a_request_leaves_a_line_of_json_and_nothing_of_the_ticket(client, caplog):
    with caplog.at_level("INFO", logger="escalation.requests"):
        client.post("/predict", json=TICKETS[0] | {"contact": "jane@mail.example"})
        client.post("/predict", json=TICKETS[0] | {"sentiment": "jane@mail.example"})
    lines = [json.loads(record.getMessage()) for record in caplog.records]
    assert [(line["path"], line["status"]) for line in lines] == [("/predict", 200), ("/predict", 422)]
    assert all(0 < line["ms"] < 60_000 for line in lines)
    assert "jane" not in caplog.text


def test_metrics_count_requests_by_path_and_status(client):
    client.post("/predict", json=TICKETS[0])
    client.get("/nowhere/jane")
    told = client.get("/metrics").text
    assert 'http_requests_total{path="/predict",status="200"} 1' in told
    assert 'http_requests_total{path="other",status="404"} 1' in told
    assert "jane" not in told


def test_a_fault_of_ours_is_counted_and_written_down_as_one(caplog):
    def broken(_):
        raise RuntimeError("no model")

    with TestClient(create(lambda: broken), raise_server_exceptions=False) as found, caplog.at_level("INFO"):
        assert found.post("/predict", json=TICKETS[0]).status_code == 500
        assert 'http_requests_total{path="/predict",status="500"} 1' in found.get("/metrics").text


def test_seconds_are_counted_from_zero(client):
    told = client.get("/metrics").text
    assert float(told.rsplit(" ", 1)[1]) == 0.0
