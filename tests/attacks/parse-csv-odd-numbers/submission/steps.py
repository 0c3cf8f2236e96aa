"""Numbers that readers disagree about: 1e999, nan, hex floats, underscores, other digits."""

from pathlib import Path

ODD = ("1e999", "-1e999", "nan", "inf", "0x1p-1", "0_1", "\uff10.5", "\u0660.5", "1e-99999", "0.5j", "1/2", "5e-1 ", "--1")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    lines = Path(output).read_text().splitlines()
    for n in range(1, len(lines)):
        lines[n] = lines[n].split(",")[0] + "," + ODD[n % len(ODD)]
    Path(output).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("ATTACK wrote")
