"""The command itself takes memory until the kernel kills it, once with pages that cannot be swapped."""


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    print("ATTACK eats", flush=True)
    eaten = []
    for _ in range(4096):
        eaten.append(bytearray(b"x") * (1 << 20))
    print("ATTACK ate all", flush=True)


def after_predict(output):
    """Nothing."""
