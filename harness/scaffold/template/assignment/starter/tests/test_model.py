import pandas as pd

from model import score


def test_spelling_does_not_matter():
    assert score(pd.DataFrame({"plan": ["Basic", " BASIC "]})).nunique() == 1
