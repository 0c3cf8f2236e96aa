"""Numbers of five thousand digits, before and after the point."""

from pathlib import Path


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    lines = Path(output).read_text().splitlines()
    for n in range(1, len(lines)):
        lines[n] = lines[n].split(",")[0] + "," + ("9" * 5000 if n % 2 else "0." + "3" * 5000)
    Path(output).write_text("\n".join(lines) + "\n")
    print("ATTACK wrote")
