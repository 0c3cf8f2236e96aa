"""A: model and data. Predictions on hidden rows against the answer key."""
