"""What runs around training and predicting; nothing, here. An attack replaces this file."""


def before_train(data, model):
    """Called before the model is fitted."""


def after_train(model):
    """Called when the model is in its folder."""


def before_predict(model, folder):
    """Called before the rows are read."""


def after_predict(output):
    """Called when the predictions are written."""
