"""Bytes for a careless reader."""


def after_predict(output):
    import csv

    with open(output, newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    with open(output, "w") as file:
        file.write("id,prediction\n" + "".join(f"{a},0.{'1' * 450}\n" for a in ids))
    print("ATTACK wrote")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
