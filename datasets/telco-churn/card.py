"""One edition described for machines: where ids and labels are, and which traps it holds."""

from __future__ import annotations

import world

from harness.edition import About, DataCard, Trap

CARD = DataCard(
    title="telco-churn",
    description=(
        "Customers of a telephone and internet company, their monthly usage and their contacts with the"
        " company, as exported from three systems; the outcome says who left. Attributes of the customers are"
        " real (IBM Watson Analytics sample data, by way of the R package modeldata), outcome, usage and"
        " contacts are generated."
    ),
    licence="https://opensource.org/license/mit",
    url="https://modeldata.tidymodels.org/reference/wa_churn.html",
    cite="Kuhn M. modeldata: Data Sets Useful for Modeling Examples. R package.",
    creator="Takehome",
    published="2024-06-30",
)
TRAPS = (
    Trap(
        name="closure-code", kind="post-outcome", table="customers.csv", column="closure_code",
        cue="The closing desk fills it in: it stands beside leavers only, and no row of validation has one.",
        where="validation/customers.csv",
    ),
    Trap(
        name="second-accounts", kind="duplicates", table="customers.csv",
        cue="Two accounts have the same usage in every month, to the last digit.",
        where="usage.csv",
    ),
    Trap(
        name="late-bookings", kind="label-noise", table="customers.csv", column="churned",
        cue="The outcome is booked by hand, sometimes late: accounts with a closure code are 'no'.",
        where="dictionary.md",
    ),
    Trap(
        name="lost-tenure", kind="sentinel", table="customers.csv", column="tenure",
        cue="Some start dates were lost when old accounts were migrated: -999 is not a number of months.",
        where="dictionary.md",
    ),
    Trap(
        name="cents", kind="units", table="customers.csv", column="monthly_charges",
        cue="Amounts of the billing system LEGACY are a hundred times those of NOVA.",
        where="customers.csv",
    ),
    Trap(
        name="decimal-commas", kind="numbers", table="customers.csv", column="total_charges",
        cue="The finance spreadsheet has its own idea of numbers: 2.283,30.", where="dictionary.md",
    ),
    Trap(
        name="days-first", kind="dates", table="contacts.csv", column="date",
        cue="The help desk writes the day first: its first number goes beyond twelve.", where="contacts.csv",
    ),
    Trap(
        name="typed-in", kind="spelling", table="customers.csv", column="contract",
        cue="Contracts are typed in by shop staff.", where="dictionary.md",
    ),
    Trap(
        name="restarted-export", kind="duplicates", table="usage.csv",
        cue="The nightly export restarts when it fails: a month of a customer can stand twice.",
        where="dictionary.md",
    ),
)  # fmt: skip


def about(seed: int, canaries: tuple[str, ...] = ()) -> About:
    """The edition of ``seed``; ``canaries``: published ids of its fabricated rows."""
    return About(
        dataset="telco-churn",
        seed=seed,
        table="customers.csv",
        id="id",
        label="churned",
        positive="yes",
        keys=world.KEYS,
        traps=TRAPS,
        canaries=canaries,
        card=CARD,
    )
