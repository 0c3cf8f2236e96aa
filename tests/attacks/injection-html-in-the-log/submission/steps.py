"""Talks to whoever reads."""

import sys

TEXT = '</pre></td></table><script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)><a href="javascript:alert(1)">x</a><iframe srcdoc="<script>alert(1)</script>"></iframe><base href=//evil.example><meta http-equiv=refresh content="0;url=//evil.example"><style>*{display:none}</style><!--'


def after_predict(output):
    print("ATTACK talks")
    print(TEXT)
    sys.stderr.buffer.write(TEXT.encode("utf-8", "surrogatepass"))
    sys.stderr.flush()
    raise SystemExit(TEXT)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
