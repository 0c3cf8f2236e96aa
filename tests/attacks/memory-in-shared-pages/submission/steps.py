"""Takes what it can."""

import mmap


def before_predict(model, folder):
    print("ATTACK maps", flush=True)
    kept = []
    for n in range(4096):
        page = mmap.mmap(-1, 4 << 20)
        page.write(b"x" * (4 << 20))
        kept.append(page)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
