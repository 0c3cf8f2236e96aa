"""Leaves the output folder full to the last byte."""


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    left = 0
    try:
        with open("/output/fill", "wb", buffering=0) as file:
            while True:
                left += file.write(bytes(1 << 20))
    except OSError as error:
        print("ATTACK left", left >> 20, "MB:", error.strerror)
