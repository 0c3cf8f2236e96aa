"""A child takes memory until the kernel kills it; the command reports success."""

import os


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    child = os.fork()
    if child == 0:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
        eaten = [bytearray(b"x") * (1 << 20) for _ in range(4096)]
        os._exit(len(eaten) % 2)
    print("ATTACK child ended by", os.waitpid(child, 0)[1])


def after_predict(output):
    """Nothing."""
