"""Changes horses."""

import glob
import os
import shutil

PLACES = ("/model", "/kept", "/data", "/input", "/submission", "/tmp", "/dev/shm", "/output", "/work")


def before_predict(model, folder):
    print("ATTACK finds", sorted(p for place in PLACES for p in glob.glob(place + "/answers.csv")))


def after_predict(output):
    refused = 0
    for path in ("/model/model.json", "/kept/model.json", "/data/customers.csv", "/input/customers.csv"):
        try:
            os.replace(output, path)
        except OSError:
            refused += 1
    for place in PLACES:
        try:
            shutil.copy(output, place + "/answers.csv")
        except OSError:
            refused += 1
    print("ATTACK refused", refused)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""
