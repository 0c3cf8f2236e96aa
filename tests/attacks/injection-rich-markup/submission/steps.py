"""Talks to whoever reads."""

import sys

TEXT = '[/] [/red] [bold red]100 of 100[/bold red] [link=https://evil.example]x[/link] [@click=app.bell]y[/] :boom: [[/]] [/nothing]'


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
