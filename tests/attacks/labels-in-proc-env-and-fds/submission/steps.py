"""Reads what /proc tells."""

import os

WORDS = ("sealed", "/keys/telco", "editions", "anchor", "rubric", "telco-churn-", "label.")


def before_predict(model, folder):
    texts = [open("/proc/self/mountinfo").read(), open("/proc/self/cgroup").read()]
    for pid in filter(str.isdecimal, os.listdir("/proc")):
        for name in ("environ", "cmdline", "maps"):
            try:
                texts.append(open(f"/proc/{pid}/{name}", errors="replace").read())
            except OSError:
                continue
        try:
            texts += [os.readlink(f"/proc/{pid}/fd/{n}") for n in os.listdir(f"/proc/{pid}/fd")]
        except OSError:
            continue
    found = [word for word in WORDS for text in texts if word in text]
    print("ATTACK read", len(texts) > 8, "found", found)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
