import os
import sys

import pandas as pd

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from features import make_features


def test_make_features():
    df = pd.DataFrame({"id": ["a", "b"], "height": ["170", "x"], "weight": ["80", None], "sex": ["F", "M"]})
    X = make_features(df)
    assert len(X) == 2
