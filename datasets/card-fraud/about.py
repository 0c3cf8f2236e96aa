"""What is known of an edition by its author only, and the head of its Croissant file."""

from __future__ import annotations

from publish import TABLE

from harness.edition import About, DataCard, Trap

CARD = DataCard(
    title="card-fraud",
    description="Card payments of a payment processor that does not exist: six months of transactions "
    "as three gateways exported them, with cards, merchants and chargebacks. Generated.",
    licence="https://www.apache.org/licenses/LICENSE-2.0",
    url="https://example.org/takehome/card-fraud",
    cite="Takehome card-fraud, a generated data set for take-home assignments, 2024",
    creator="Takehome",
    published="2024-06-30",
)

TRAPS = (
    Trap(
        name="chargeback-note",
        kind="post-outcome",
        table=TABLE,
        column="chargeback_note",
        cue="The disputes desk writes the note; it is blank in every validation row.",
        where="dictionary.md",
    ),
    Trap(
        name="card-status",
        kind="post-outcome",
        table="cards.csv",
        column="status",
        cue="The status is that of the day of the export; every card of validation is active.",
        where="dictionary.md",
    ),
    Trap(
        name="late-chargebacks",
        kind="censored",
        table=TABLE,
        column="fraud",
        cue="Disputes reach us up to a month after the purchase: the last days of the log look honest.",
        where="dictionary.md",
    ),
    Trap(
        name="swiped-again",
        kind="duplicates",
        table=TABLE,
        cue="A terminal that gets no answer tries again within two minutes: one purchase, two lines.",
        where="dictionary.md",
    ),
)


def about(seed: int, canaries: tuple[str, ...]) -> About:
    """``keys`` names transactions only: cards and their past go by a token that is no transaction's id."""
    return About(
        dataset="card-fraud",
        seed=seed,
        table=TABLE,
        id="id",
        label="fraud",
        positive="yes",
        metric="average_precision",
        group="card_id",
        time="time",
        keys={TABLE: "id"},
        traps=TRAPS,
        canaries=canaries,
        card=CARD,
    )
