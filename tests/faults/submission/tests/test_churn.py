from churn import chance, features, fit, number


def test_numbers_that_cannot_be_read_have_a_default():
    assert number("x") == 0.0
    assert number("2.5") == 2.5


def test_a_chance_lies_between_none_and_all():
    assert chance([0.0], [1.0]) == 0.5
    assert 0 < chance([-99.0], [1.0]) < chance([99.0], [1.0]) < 1


def test_it_learns_that_short_contracts_leave():
    rows = [features({"contract": text}) for text in ("Month-to-month", "Two year")]
    weights = fit(rows, [1.0, 0.0])
    assert chance(weights, rows[0]) > chance(weights, rows[1])
