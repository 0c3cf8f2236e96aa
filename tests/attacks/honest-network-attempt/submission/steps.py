"""Falls back when there is no network."""

import urllib.request


def before_train(data, model):
    try:
        urllib.request.urlopen("https://example.com/embeddings.bin", timeout=3)
    except OSError as error:
        print("no network, going on:", type(error).__name__)


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
