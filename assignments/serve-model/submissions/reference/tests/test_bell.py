"""The desk hears of a ticket once, whatever happens on the way."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from escalation import bell
from escalation.bell import Bell

TICKETS = [{"id": "T1", "prediction": 0.9}, {"id": "T2", "prediction": 0.5}, {"id": "T3", "prediction": 0.49}]


@pytest.fixture
def desk(monkeypatch):
    """A receiver; ``statuses`` are its next answers, and 200 is all others. ``heard`` is what it took."""
    monkeypatch.setattr(bell, "FIRST_PAUSE_S", 0.01)

    class Desk(BaseHTTPRequestHandler):
        statuses, heard, asked = [], [], 0

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            Desk.asked += 1
            status = Desk.statuses.pop(0) if Desk.statuses else 200
            if status == 200:
                Desk.heard.append(body)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Desk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = Bell(f"http://127.0.0.1:{server.server_port}/")
        found.start()
        yield found, Desk
        found.stop()
        server.shutdown()


def until(true):
    """Wait for it, five seconds at most."""
    deadline = time.monotonic() + 5
    while not true() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert true()


def test_tickets_from_one_half_on_are_told_once_though_they_come_again(desk):
    ringing, receiver = desk
    for _ in range(3):
        ringing.ring(TICKETS)
    ringing.ring([{"id": "last", "prediction": 1.0}])
    until(lambda: len(receiver.heard) >= 3)
    assert receiver.heard == [*TICKETS[:2], {"id": "last", "prediction": 1.0}]


def test_a_desk_that_is_down_is_told_again(desk):
    ringing, receiver = desk
    receiver.statuses += [503, 503]
    ringing.ring(TICKETS[:1])
    until(lambda: receiver.heard)
    assert (receiver.heard, receiver.asked) == (TICKETS[:1], 3)


def test_many_at_one_moment_ring_once(desk):
    ringing, receiver = desk
    together = [threading.Thread(target=ringing.ring, args=(TICKETS,)) for _ in range(8)]
    for one in together:
        one.start()
    for one in together:
        one.join()
    until(lambda: len(receiver.heard) >= 2)
    assert sorted(one["id"] for one in receiver.heard) == ["T1", "T2"]


def test_without_an_address_nobody_is_told():
    silent = Bell()
    silent.start()
    silent.ring(TICKETS)
    silent.stop()
    assert silent._waiting.qsize() == 1


def test_the_oldest_ids_are_forgotten_first(monkeypatch):
    monkeypatch.setattr(bell, "REMEMBERED", 2)
    full = Bell("http://127.0.0.1:1/")
    full.ring([{"id": name, "prediction": 1.0} for name in ("A", "B", "C", "A", "C")])
    queued = [full._waiting.get()["id"] for _ in range(full._waiting.qsize())]
    assert queued == ["A", "B", "C", "A"]
