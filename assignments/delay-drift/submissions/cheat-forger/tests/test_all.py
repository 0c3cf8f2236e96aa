import pytest


@pytest.mark.parametrize("n", range(50))
def test_everything(n):
    assert n == -1
