"""Bytes for a careless reader."""


def after_predict(output):
    with open(output, "w") as file:
        file.write('id,prediction\n"' + 'a""b\n' * 3_000)
    print("ATTACK wrote")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
