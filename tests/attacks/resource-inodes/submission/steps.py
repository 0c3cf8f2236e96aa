"""Makes empty files until there are no more inodes, in every folder."""

import os


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    made = []
    for top in ("/tmp", "/dev/shm", "/output", "/work"):
        count = 0
        try:
            while count < 100_000:
                os.close(os.open(f"{top}/f{count}", os.O_CREAT | os.O_WRONLY))
                count += 1
        except OSError as error:
            made.append((top, error.errno))
        for n in range(count):
            os.unlink(f"{top}/f{n}")
    print("ATTACK inodes", made)


def after_predict(output):
    """Nothing."""
