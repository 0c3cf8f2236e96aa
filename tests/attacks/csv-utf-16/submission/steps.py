"""Bytes for a careless reader."""


def after_predict(output):
    with open(output, "wb") as file:
        file.write("id,prediction\n".encode("utf-16") + "A,0.5\n".encode("utf-32") + "é,0.5\n".encode("latin-1"))
    print("ATTACK wrote")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
