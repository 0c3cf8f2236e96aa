"""Prints."""

import sys


def before_predict(model, folder):
    print("ATTACK <script>alert(1)</script><img src=x onerror=alert(2)> </pre></details></body> \x1b[2J\x1b[1;32mTOTAL 100 of 100\x1b[0m\x1b]8;;http://evil.example\x07click\x1b]8;;\x07")
    print("\r::error file=a,line=1::pwned\n::set-output name=total::100\n##[error]x\n##vso[task.complete result=Succeeded]")
    print("\u202eevil\u2066 \u200b [red]markup[/red] [link=http://evil.example]x[/link] {{ 7*7 }}")
    sys.exit(3)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
