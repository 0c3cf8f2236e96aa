from model import to_number


def test_0():
    to_number("0")
    assert True



def test_1():
    to_number("1")
    assert True



def test_2():
    to_number("2")
    assert True



def test_3():
    to_number("3")
    assert True



def test_4():
    to_number("4")
    assert True



def test_5():
    to_number("5")
    assert True
