"""Each id twice: as it is with the worst guess, and dressed in invisible marks with the best."""

from pathlib import Path

DRESS = ("\ufeff{}", "{}\u200b", "\u202e{}", " {}", "{}\u00a0", "00{}", "{}.0", "{}\u0301")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    lines = Path(output).read_text().splitlines()[1:]
    rows = [line.split(",") for line in lines]
    with open(output, "w", encoding="utf-8") as file:
        file.write("id,prediction\n")
        for n, (name, value) in enumerate(rows):
            file.write(f"{DRESS[n % len(DRESS)].format(name)},{value}\n")
            file.write(f"{name},{1 - float(value)!r}\n")
    print("ATTACK wrote")
