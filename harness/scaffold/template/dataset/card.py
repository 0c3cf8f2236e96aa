"""What the author knows of an edition, for machines: traps and where their cues stand, licence, source."""

from __future__ import annotations

import world

from harness.edition import About, DataCard, Trap

CARD = DataCard(
    title="__title__",
    description="Customers and orders of a shop that does not exist.",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    url="https://example.org/__slug__",
    cite="Synthetic data, made for this assignment.",
    creator="the authors of this assignment",
    published="2024-06-30",
)
TRAPS = (
    Trap(
        name="refund-code",
        kind="post-outcome",
        table=world.MAIN,
        column="refund_code",
        cue="Filled in by the refund desk.",
        where="dictionary.md",
    ),
)


def about(seed: int) -> About:
    """The edition of ``seed``."""
    return About(
        dataset="__slug__",
        seed=seed,
        table=world.MAIN,
        id="id",
        label=world.LABEL,
        positive="yes",
        metric="roc_auc",
        keys=world.KEYS,
        traps=TRAPS,
        card=CARD,
    )
