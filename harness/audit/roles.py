"""Can a classifier tell natural from stressed from probe rows? Mess must show: told, not judged."""

from __future__ import annotations

import numpy as np
import pandas as pd

from harness.audit import trees
from harness.audit.columns import Alone
from harness.audit.features import Feature, features_of
from harness.audit.findings import Measured, Noted, Weight
from harness.audit.laid import NATURAL, Laid
from harness.audit.signal import Bools, area, area_se, crossfitted

SCAN = "roles"
FOLDS = 3
EASY = 0.95


def scan(laid: Laid) -> Measured:
    """One advice a role that trees recognise easily, and the column that betrays it most."""
    measured = Measured()
    assert laid.hidden.rows is not None
    role = laid.hidden.rows["role"].to_numpy(dtype=object)
    entity = pd.factorize(laid.hidden.rows["entity"])[0].astype(np.int64)
    features = features_of(laid.hidden, laid.about)
    for other in sorted({str(r) for r in role} - {NATURAL}):
        keep = np.isin(role, (NATURAL, other))
        # folds by entity: the rows of one customer must not help to recognise each other
        auc = trees.reached(features, role == other, entity % FOLDS, keep)
        if auc <= EASY:
            continue
        clearest = max((_alone(f, role == other, keep) for f in features), key=lambda a: a.auc)
        measured.noted.append(
            Noted(
                scan=SCAN,
                weight=Weight.ADVICE,
                table=f"{laid.hidden.folder}/{laid.about.table}",
                column=clearest.feature.column or clearest.feature.of,
                what=f"boosted trees tell {other} from natural rows with an AUC of {auc:.3f}; this column"
                f" alone with {clearest.auc:.3f}",
                statistic="AUC of role, cross-validated by entity",
                value=auc,
                threshold=EASY,
                source="advice: some of it is the mess that has to show",
                act=f"let natural rows have some of what marks {other} rows, at a lower rate",
            )
        )
    return measured


def _alone(feature: Feature, is_other: Bools, keep: Bools) -> Alone:
    label = is_other[keep]
    auc = area(label, crossfitted(feature.codes[keep], label))
    return Alone(feature, NATURAL, auc, area_se(auc, label))
