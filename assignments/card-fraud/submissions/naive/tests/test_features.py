import os
import sys

import pandas as pd

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from features import make_features


def test_make_features():
    df = pd.DataFrame({"amount": ["1.5", "x"], "time": ["2024-05-01T03:00:00Z"] * 2, "chargeback_note": ["CB", None]})
    for name in ["gateway", "currency", "entry_mode", "country", "status", "category", "country_merchant"]:
        df[name] = "a"
    assert len(make_features(df)) == 2
