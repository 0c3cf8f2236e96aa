"""predictions.csv has NUL bytes in ids, in numbers and before the end."""


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    with open(output, "r+b") as file:
        data = file.read()
        file.seek(0)
        file.write(data.replace(b"0.", b"0\x00.") + b"\x00" * 4096)
    print("ATTACK wrote")
