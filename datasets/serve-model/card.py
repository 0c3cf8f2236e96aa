"""One edition described for machines: where ids and labels are, and which traps it holds."""

from __future__ import annotations

from exports import FILE

from harness.edition import About, DataCard, Trap

CARD = DataCard(
    title="serve-model",
    description=(
        "Support tickets of a software company as two help desks export them, and which of them were"
        " escalated. All of it is generated; no customer exists."
    ),
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    url="https://takehome.invalid/datasets/serve-model",
    cite="Takehome: serve-model, generated support tickets.",
    creator="Takehome",
    published="2025-06-30",
)
TRAPS = (
    Trap(
        name="resolution-code", kind="post-outcome", table=FILE, column="resolution_code",
        cue="The closing team writes it: it stands beside escalated tickets only, and no new ticket has one.",
        where=f"validation/{FILE}",
    ),
    Trap(
        name="seconds", kind="units", table=FILE, column="wait_minutes",
        cue="Waits of desk NORTH are sixty times those of CENTRAL.", where=FILE,
    ),
    Trap(
        name="days-first", kind="dates", table=FILE, column="opened_on",
        cue="Desk NORTH writes the day first.", where=FILE,
    ),
    Trap(
        name="decimal-commas", kind="numbers", table=FILE, column="contract_value",
        cue="The spreadsheet of contract values has a mind of its own: 12.345,60.", where="dictionary.md",
    ),
    Trap(
        name="unknown-age", kind="sentinel", table=FILE, column="customer_age_days",
        cue="Customers taken over from a partner have no age: -1 is not a number.", where="dictionary.md",
    ),
    Trap(
        name="typed-in", kind="spelling", table=FILE, column="channel",
        cue="Channel, product and plan are typed in.", where="dictionary.md",
    ),
)  # fmt: skip


def about(seed: int, canaries: tuple[str, ...] = ()) -> About:
    """The edition of ``seed``; ``canaries``: published ids of its fabricated rows."""
    return About(
        dataset="serve-model", seed=seed, table=FILE, id="id", label="escalated", positive="yes",
        keys={FILE: "id"}, traps=TRAPS, canaries=canaries, card=CARD,
    )  # fmt: skip
