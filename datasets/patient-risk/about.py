"""What only the author knows of an edition: the traps and their cues, canary rows, and the public card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.edition import About, DataCard, Trap

CARD = DataCard(
    title="patient-risk",
    description="Patients assessed for fatty liver: body, blood tests, diagnoses, intake notes, and whether "
    "they died or were admitted for heart or liver failure within five years. People of a public cohort, "
    "altered; outcome, blood panels and notes are generated; every name and number in a note is made up.",
    licence="https://www.gnu.org/licenses/lgpl-2.1.html",
    url="https://vincentarelbundock.github.io/Rdatasets/doc/survival/nafld.html",
    cite="Allen AM, Therneau TM, Larson JJ, Coward A, Somers VK, Kamath PS. Nonalcoholic fatty liver disease "
    "incidence and impact on metabolic burden and death: a 20 year community study. Hepatology 67:1726-1736, "
    "2018.",
    creator="The R package survival; altered for Takehome",
    published="2026-11-22",
)
TRAPS = (
    Trap(
        name="labs-after-assessment",
        kind="lookahead",
        table="labs.csv",
        cue="Tests taken up to three years after assessed_on are in train and in no row of validation.",
        where="labs.csv",
    ),
    Trap(
        name="conditions-after-assessment",
        kind="lookahead",
        table="conditions.csv",
        cue="Diagnoses noted after assessed_on are in train and in no row of validation.",
        where="conditions.csv",
    ),
    Trap(
        name="registered-twice",
        kind="duplicates",
        table="patients.csv",
        cue="Some patients have exactly the tests of another, on the same days, under another id.",
        where="labs.csv",
    ),
    Trap(
        name="lost-from-sight",
        kind="censored",
        table="patients.csv",
        column="outcome_5y",
        cue="Blank where a patient moved away and we could not find out",
        where="dictionary.md",
    ),
    Trap(
        name="inches-and-pounds",
        kind="units",
        table="patients.csv",
        column="height",
        cue="Heights of MERIDIAN lie around 66, those of EPOCH around 169.",
        where="patients.csv",
    ),
    Trap(
        name="molar-units",
        kind="units",
        table="labs.csv",
        column="value",
        cue="The column unit names the unit of every value; a test has more than one.",
        where="labs.csv",
    ),
    Trap(
        name="month-first",
        kind="dates",
        table="labs.csv",
        column="taken_on",
        cue="Dates with slashes have days above 12 in the second place only.",
        where="labs.csv",
    ),
    Trap(
        name="not-known",
        kind="sentinel",
        table="patients.csv",
        column="weight",
        cue="A height of 0 or 999 and a weight of 999 cannot be.",
        where="patients.csv",
    ),
    Trap(
        name="withdrawn-consent",
        kind="join",
        table="labs.csv",
        cue="People who withdrew their consent were taken out of patients.csv.",
        where="dictionary.md",
    ),
    Trap(
        name="identifiers-in-notes",
        kind="pii",
        table="notes.csv",
        column="text",
        cue="Names, numbers and dates of people stand in the notes; validation/phi.csv lists them.",
        where="validation/phi.csv",
    ),
)


def about(seed: int, keys: Mapping[str, str], canaries: Sequence[str]) -> About:
    """One edition described for machines."""
    return About(
        dataset="patient-risk",
        seed=seed,
        table="patients.csv",
        id="id",
        label="outcome_5y",
        positive="yes",
        time="assessed_on",
        keys=dict(keys),
        traps=TRAPS,
        canaries=tuple(canaries),
        card=CARD,
    )
