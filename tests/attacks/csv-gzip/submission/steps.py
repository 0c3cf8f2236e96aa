"""Bytes for a careless reader."""

import gzip


def after_predict(output):
    with open(output, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=1) as file:
        file.write(b"id,prediction\n")
        for _ in range(200):
            file.write(b"\0" * (1 << 20))
    print("ATTACK wrote")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
