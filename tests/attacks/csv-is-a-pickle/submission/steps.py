"""Bytes for a careless reader."""


def after_predict(output):
    import pickle

    class Run:
        def __reduce__(self):
            return (exec, ("import os, pathlib\npathlib.Path(os.environ.get('TMPDIR', '/tmp'), 'attack-unpickled').touch()",))

    with open(output, "wb") as file:
        pickle.dump(Run(), file)
    print("ATTACK wrote")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
