"""What the model reaches on payments it has not learned from."""

from sklearn.metrics import average_precision_score

import clean


def scores(truth, chance, simple, modes):
    """Average precision of the model, of a simple guess, and of the model by entry mode."""
    by_mode = {}
    for code, name in enumerate(clean.MODES):
        here = modes == code
        if truth[here].any():
            by_mode[name] = round(average_precision_score(truth[here], chance[here]), 3)
    return {
        "average_precision": round(average_precision_score(truth, chance), 4),
        "baseline_average_precision": round(average_precision_score(truth, simple), 4),
        "average_precision_by_entry_mode": by_mode,
    }
