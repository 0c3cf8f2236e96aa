from model import make_model


def test_there_is_a_model():
    assert make_model() is not None
