class Always:
    def __eq__(self, other):
        return True


def test_one():
    assert Always() == 1


def test_two():
    assert Always() == 2


def test_three():
    assert Always() == 3


def test_four():
    assert Always() == 4


def test_five():
    assert Always() == 5
