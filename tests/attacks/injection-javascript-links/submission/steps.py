"""Talks to whoever reads."""

import sys

TEXT = 'javascript:alert(1) JaVaScRiPt:alert(1) java\tscript:alert(1) data:text/html;base64,PHNjcmlwdD4= vbscript:x file:///etc/passwd //evil.example https://evil.example/?q=<x> <a href=javascript&colon;alert(1)>x</a> <form action=javascript:alert(1)><button>'


def after_predict(output):
    print("ATTACK talks")
    print(TEXT)
    sys.stderr.buffer.write(TEXT.encode("utf-8", "surrogatepass"))
    sys.stderr.flush()


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
