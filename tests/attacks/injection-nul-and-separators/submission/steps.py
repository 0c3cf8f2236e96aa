"""Bytes."""

import sys

ODD = b"\x00\x0b\x0c\x1c\x85\xff\xfe\xed\xa0\x80\xef\xbf\xbe\xef\xbf\xbf\xe2\x80\xa8\xe2\x80\xa9\xf4\x90\x80\x80\xc0\xaf\x7f\xee\x80\x80\xf0\x9f\xbf\xbf"


def after_predict(output):
    print("ATTACK talks", flush=True)
    for stream in (sys.stdout.buffer, sys.stderr.buffer):
        stream.write(ODD * 20 + b"</script>" + ODD + b"\n")
        stream.flush()


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
