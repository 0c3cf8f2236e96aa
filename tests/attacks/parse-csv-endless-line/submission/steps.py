"""predictions.csv is one line of 40 MB."""


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    with open(output, "w") as file:
        file.write("id,prediction\n")
        for _ in range(40):
            file.write("1" * (1 << 20))
    print("ATTACK wrote")
