"""python -m escalation.predict --model DIR --input DIR --output FILE"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from escalation.model import load, probabilities
from escalation.tickets import ticket_id
from escalation.train import TABLE, read


def main() -> None:
    """One line a ticket, in the order they came."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("model", "input", "output"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    tickets = read(args.input / TABLE)
    with args.output.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        for ticket, chance in zip(tickets, probabilities(load(args.model), tickets), strict=True):
            writer.writerow([ticket_id(ticket), repr(float(chance))])


if __name__ == "__main__":
    main()
