r"""Clean tables -> what a company's systems export, and a hidden mask of everything that was done.

A recipe is a list; every line draws from a stream of its own, so that adding one moves no other::

    from harness.mess import by_value, equals, forms, messy, missing, near_duplicates, respell
    from harness.mess import scaled, sentinel

    messed = messy(customers, [
        respell("contract", 0.28, {forms.lower: 0.6, forms.padded: 0.3, forms.letter_lost: 0.1}),
        scaled("monthly_charges", 100, where=equals("billing_system", "LEGACY"), decimals=0),
        sentinel("tenure", by_value("tenure", (24, 48), (0.03, 0.09, 0.16)), {"-999": 0.8, "": 0.2}),
        missing("total_charges", 0.03),
        near_duplicates(0.12, {"contract": (0.4, (forms.upper,))}),
    ], seed=7, table="train.customers", key="id")
    messed.frame      # all text, as it goes to a CSV file; given rows first, added rows after them
    messed.mask       # table, row, key, column, operator, old, new, effect; ``undone(messed)`` goes back

Rates and conditions look at the table as it was given, with its types. ``name=`` sets two steps of one
kind on one column apart.

    missing, sentinel, impossible     not known: a blank or a marker, by chance, by another value, by its own
    respell                           ``forms``: case, typo, space, unicode, homoglyph, mojibake, '007' and 7
    number_forms, date_forms, zoned   the same number or instant as another system writes it
    scaled, outliers, shifted         units, currencies, cases of 12; slipped points; covariate drift
    new_category, recoded             values that did not exist before; a code list replaced
    renamed, removed                  schema drift
    again, fan_out                    rows twice; near_duplicates: another key, written otherwise
    id_collisions, second_ids         one id for two things, two for one (group leakage)
    orphans, dropped, rarer           keys without a parent, rows not there, imbalance, prior drift
    relabel                           label noise; with ``since`` and large rates concept drift
    after_the_fact, blank_column      a column that is written once the outcome is known
    lookahead, extra_rows, as_of      values and records from after the decision; the table as of a day
    identifiers, swapped              the 18 identifiers of people who do not exist (``people.KINDS``)
    damaged                           bytes (``harms``): bom, crlf, delimiter, ragged, newlines, cut off
"""

from harness.mess import forms, harms, people
from harness.mess.cells import (
    date_forms,
    impossible,
    missing,
    new_category,
    number_forms,
    outliers,
    respell,
    scaled,
    sentinel,
    shifted,
    zoned,
)
from harness.mess.damage import Damaged, Harm, damaged, repaired
from harness.mess.draws import both, by_category, by_value, equals, picked, since, stream
from harness.mess.people import identifiers, swapped
from harness.mess.recipe import Messy, Step, messy, undone
from harness.mess.rows import (
    again,
    dropped,
    extra_rows,
    fan_out,
    id_collisions,
    near_duplicates,
    orphans,
    rarer,
    second_ids,
)
from harness.mess.sheet import MASK, Edit, Effect, as_text
from harness.mess.truth import (
    after_the_fact,
    as_of,
    blank_column,
    lookahead,
    recoded,
    relabel,
    removed,
    renamed,
)

__all__ = [
    "MASK", "Damaged", "Edit", "Effect", "Harm", "Messy", "Step", "after_the_fact", "again", "as_of",
    "as_text", "blank_column", "both", "by_category", "by_value", "damaged", "date_forms", "dropped",
    "equals", "extra_rows", "fan_out", "forms", "harms", "id_collisions", "identifiers", "impossible",
    "lookahead", "messy", "missing", "near_duplicates", "new_category", "number_forms", "orphans",
    "outliers", "people", "picked", "rarer", "recoded", "relabel", "removed", "renamed", "repaired",
    "respell", "scaled", "second_ids", "sentinel", "shifted", "since", "stream", "swapped", "undone",
    "zoned",
]  # fmt: skip
