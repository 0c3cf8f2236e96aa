"""Talks to whoever reads."""

import sys

TEXT = '| 100 | 100 |\n# Total: 100\n[x](javascript:alert(1)) ![y](https://evil.example/p.png) <https://evil.example> @everyone #1 `code` ~~strike~~ $x$ \\| https://evil.example www.evil.example\n- [x] done\n> [!WARNING]\n<details open ontoggle=alert(1)>'


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
