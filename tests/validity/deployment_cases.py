"""Planted in a service and its image: what D1 to D9 must see."""

from __future__ import annotations

from tests.validity.case import Case
from tests.validity.edits import body, both, remove, swap, write

ON = "serve-model/reference"
SERVICE, BELL, FILE = "escalation/service.py", "escalation/bell.py", "Dockerfile"
DOWN = ("D1", "D2", "D3")  # what is not up answers nothing
AFTER = ("D4", "D5", "D6", "D7", "D8", "D9")
TESTED = ("C1", "C2", "C3", "C4", "E1")

CASES = (
    Case(
        "file-not-copied",
        ON,
        swap(FILE, "COPY escalation escalation\n", ""),
        falls=DOWN,
        may=AFTER,
        in_ci=True,
    ),
    Case(
        "loopback-only", ON, swap(SERVICE, 'host="0.0.0.0"', 'host="127.0.0.1"'), falls=("D1",), may=("B3",)
    ),
    Case("root", ON, swap(FILE, "USER app\n", ""), falls=("D5",)),
    Case(
        "latest-and-no-healthcheck",
        ON,
        both(
            swap(FILE, "FROM python:3.11-slim", "FROM python:latest"),
            swap(
                FILE,
                'HEALTHCHECK --interval=10s --timeout=4s CMD ["python", "-m", "escalation.healthcheck"]\n',
                "",
            ),
        ),
        falls=("D5",),
    ),
    Case(
        "shell-form",
        ON,
        swap(FILE, 'CMD ["python", "-m", "escalation.service"]', "CMD python -m escalation.service"),
        falls=("D5",),
        may=("D6",),
    ),
    Case(
        "everything-copied",
        ON,
        both(
            swap(FILE, "COPY escalation escalation", "COPY . ."),
            remove(".dockerignore"),
            write("data/tickets.csv", "id,plan\n" + "".join(f"T{n},Business\n" for n in range(50_000))),
        ),
        falls=("D5",),
        may=("B5", "B6", "E1"),
    ),
    Case(
        "five-hundred-on-bad-input",
        ON,
        swap(SERVICE, "    app.add_exception_handler(TicketError, _refused)\n", ""),
        falls=("D3",),
        may=(*TESTED, "D8"),
    ),
    Case(
        "two-hundred-on-nonsense",
        ON,
        body(
            SERVICE,
            "_predict",
            '"""Whatever is asked, an answer."""\n'
            "try:\n"
            "    tickets = tickets_of(await _json(request))\n"
            "    names = [ticket_id(ticket) for ticket in tickets]\n"
            "    chances = probabilities(request.app.state.model, tickets)\n"
            "except (TicketError, HTTPException):\n"
            '    return {"predictions": [{"id": "", "prediction": 0.5}]}\n'
            'return {"predictions": [{"id": n, "prediction": float(p)} for n, p in zip(names, chances, strict=True)]}',
        ),
        falls=("D3",),
        may=(*TESTED, "B1", "D9"),
    ),
    Case(
        "skew",
        ON,
        swap(
            SERVICE,
            "run_in_threadpool(probabilities, request.app.state.model, tickets)",
            'run_in_threadpool(probabilities, request.app.state.model, [{**t, "desk": "south"} for t in tickets])',
        ),
        falls=("D2",),
        may=(*TESTED, "D3", "D4"),  # times move by some hundredths whatever is done
    ),
    Case(
        "canned",
        ON,
        swap(SERVICE, '"prediction": float(p)}', '"prediction": 0.5 + 0 * float(p)}'),
        falls=("D2",),
        may=(*TESTED, *AFTER),
    ),
    Case(
        "not-thread-safe",
        ON,
        both(
            swap(
                SERVICE,
                "    chances = await run_in_threadpool(probabilities, request.app.state.model, tickets)\n",
                "    app = request.app\n    app.state.tickets = tickets\n    await asyncio.sleep(0.02)\n    chances = await run_in_threadpool(probabilities, app.state.model, app.state.tickets)\n",
            ),
            swap(SERVICE, "import json\nimport logging", "import asyncio\nimport json\nimport logging"),
            swap(SERVICE, "zip(names, chances, strict=True)", "zip(names, chances)"),
        ),
        falls=("D6",),
        may=("D2", "D3", "D4", "D9", "B3", *TESTED),
    ),
    Case(
        "ignores-sigterm",
        ON,
        both(
            swap(
                SERVICE,
                "import logging\nimport os",
                "import contextlib\nimport logging\nimport os\nimport signal",
            ),
            swap(
                SERVICE,
                "    uvicorn.run(app,",
                "    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
                "    uvicorn.Server.capture_signals = lambda _: contextlib.nullcontext()\n"
                "    uvicorn.run(app,",
            ),
        ),
        falls=("D6",),
        may=("B3", "B2", *TESTED),
    ),
    Case(
        "request-logged-whole",
        ON,
        swap(
            SERVICE,
            "    names = [ticket_id(ticket) for ticket in tickets]\n",
            '    logging.getLogger("escalation").info("asked for %s", tickets)\n'
            "    names = [ticket_id(ticket) for ticket in tickets]\n",
        ),
        falls=("D8",),
        may=TESTED,
    ),
    Case(
        "refused-value-logged",
        ON,
        both(
            swap(
                SERVICE,
                "async def _refused(_: Request, error: Exception) -> JSONResponse:\n",
                "async def _refused(request: Request, error: Exception) -> JSONResponse:\n"
                '    logging.getLogger("escalation").warning("refused %s", await request.body())\n',
            ),
        ),
        falls=("D8",),
        may=TESTED,
    ),
    Case(
        "metrics-that-stand-still",
        ON,
        swap(
            "escalation/watch.py",
            "            self._requests[path, status] += 1\n",
            "            self._requests[path, status] = 1\n",
        ),
        falls=("D8",),
        may=TESTED,
    ),
    Case(
        "told-once-and-never-again",
        ON,
        swap(BELL, "while not self._over.is_set() and not self._heard(one):", "if not self._heard(one):"),
        falls=("D9",),
        may=TESTED,
    ),
    Case(
        "told-whenever-asked",
        ON,
        swap(BELL, "            if name in self._known:\n                return False\n", ""),
        falls=("D9",),
        may=TESTED,
    ),
    Case(
        "told-while-the-caller-waits",
        ON,
        swap(BELL, "                self._waiting.put(one)", "                self._heard(one)"),
        falls=("D9",),
        may=(*TESTED, "D4"),
    ),
)
