"""Names."""

import os

NAMES = (b"a\nb", b"\x1b[2Jx", "\u202egpj.exe".encode(), b"\xff\xfe", b"..\\x", b"...", b" ", b"-rf", b"%s%n", b"x" * 255)


def after_train(model):
    for name in NAMES:
        with open(os.path.join(model.encode(), name), "wb") as file:
            file.write(b"x")
    os.symlink("/etc", os.path.join(model, "link"))
    print("ATTACK named", len(os.listdir(model)))


def before_train(data, model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
