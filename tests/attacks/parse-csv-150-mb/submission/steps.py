"""predictions.csv is filled up to 150 MB or as far as the folder holds."""


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    written = 0
    try:
        with open(output, "ab", buffering=0) as file:
            for _ in range(150):
                written += file.write(b"0,0.5\n" * 174_762)
    except OSError as error:
        print("ATTACK stopped after", written >> 20, "MB:", error.strerror)
    print("ATTACK wrote")
