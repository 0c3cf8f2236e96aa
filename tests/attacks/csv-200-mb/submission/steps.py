"""Bytes for a careless reader."""


def after_predict(output):
    with open(output, "wb") as file:
        file.write(b"id,prediction\n")
        for _ in range(60):
            file.write(b"A1,0.5\n" * 149_000)
    print("ATTACK wrote")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
