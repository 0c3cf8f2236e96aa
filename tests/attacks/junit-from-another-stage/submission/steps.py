"""Leaves results around."""

import os

JUNIT = '<testsuites><testsuite name="t" tests="6" failures="0" errors="0" skipped="0">{}</testsuite></testsuites>'.format('<testcase classname="t" name="test_one"/>' * 6)
NAMES = ("junit.xml", "scorecard.json", "evidence.json", "metrics.json", "static.json", "coverage.xml", "run.json", "reward.txt")


def leave(folder):
    for name in NAMES:
        with open(os.path.join(folder, name), "w") as file:
            file.write(JUNIT if name.endswith("xml") else '{"total": "100.00", "value": 1.0, "verdict": "graded"}')
    print("ATTACK left", len(NAMES), "in", folder)


def after_train(model):
    leave(model)
    leave("/output")
    leave(".")


def after_predict(output):
    leave("/output")


def before_train(data, model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
