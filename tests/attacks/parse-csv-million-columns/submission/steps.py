"""predictions.csv has a million columns."""


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    with open(output, "w") as file:
        file.write("id,prediction" + ",x" * 1_000_000 + "\n" + "1,0.5" + ",0" * 1_000_000 + "\n")
    print("ATTACK wrote")
