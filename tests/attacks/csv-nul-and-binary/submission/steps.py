"""Bytes for a careless reader."""


def after_predict(output):
    with open(output, "wb") as file:
        file.write(b"id,prediction\n" + b"\0" * 5_000_000 + bytes(range(256)) * 1000)
    print("ATTACK wrote")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
