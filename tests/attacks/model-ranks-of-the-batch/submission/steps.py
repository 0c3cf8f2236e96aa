"""A threshold that moves with the batch."""

import csv


def read(output):
    with open(output, newline="") as file:
        return [(row["id"], float(row["prediction"])) for row in csv.DictReader(file)]


def write(output, found):
    with open(output, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        writer.writerows([name, repr(chance)] for name, chance in found)


def after_predict(output):
    found = read(output)
    order = sorted(found, key=lambda pair: pair[1])
    ranks = {name: (place + 0.5) / len(order) for place, (name, _) in enumerate(order)}
    print("ATTACK ranked", len(found))
    write(output, [(name, ranks[name]) for name, _ in found])


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
