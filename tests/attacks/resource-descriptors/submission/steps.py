"""Opens files, pipes and sockets until there are no more descriptors."""

import os
import resource


def before_train(data, model):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    held, why = [], "never refused"
    try:
        while len(held) < 100_000:
            held.append(os.open("/dev/null", os.O_RDONLY))
    except OSError as error:
        why = error.strerror
    for handle in held:
        os.close(handle)
    print("ATTACK opened", len(held), why)


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
