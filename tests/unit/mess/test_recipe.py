"""A mask undoes its mess, and no step knows of another."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import SpecError
from harness.mess import (
    MASK,
    Step,
    after_the_fact,
    again,
    as_text,
    blank_column,
    both,
    by_category,
    by_value,
    date_forms,
    dropped,
    equals,
    extra_rows,
    fan_out,
    forms,
    id_collisions,
    identifiers,
    impossible,
    lookahead,
    messy,
    missing,
    near_duplicates,
    new_category,
    number_forms,
    orphans,
    outliers,
    people,
    rarer,
    recoded,
    relabel,
    removed,
    renamed,
    respell,
    scaled,
    second_ids,
    sentinel,
    shifted,
    since,
    swapped,
    undone,
    zoned,
)

SPELLINGS = (
    forms.lower, forms.upper, forms.title, forms.padded, forms.trailing_space, forms.no_break_space,
    forms.spaced, forms.underscored, forms.dashed, forms.letter_lost, forms.letters_swapped, forms.homoglyph,
    forms.full_width, forms.decomposed, forms.mojibake,
)  # fmt: skip
FROM_MAY = since("when", pd.Timestamp("2024-05-01"))
LATE = pd.DataFrame({"id": ["late-1", "late-2"], "amount": [1.0, 2.0], "note": ["after", "after"]})
STEPS: tuple[Step, ...] = (
    missing("amount", 0.2),
    missing("note", by_value("amount", (100.0,), (0.1, 0.6)), name="missing at random"),
    sentinel("age", by_value("age", (40,), (0.1, 0.5)), {"-999": 0.8, "N/A": 0.2}),
    impossible("age", 0.05, ("212", "-4")),
    respell("plan", 0.5, SPELLINGS),
    respell("parent", 0.5, (forms.unpadded, forms.trailing_space), name="join key"),
    number_forms("amount", 0.4, (forms.decimal_comma, forms.thousands_and_comma, forms.short, forms.percent)),
    scaled("amount", 100, where=equals("system", "old"), decimals=0),
    scaled("amount", 1 / 1.08, rate=0.3, says=("system", "old in USD"), name="currency"),
    date_forms("when", (forms.day_first, forms.epoch_seconds, forms.excel_serial), rate=0.5),
    zoned("when", "Europe/Berlin", where=equals("system", "old")),
    outliers("amount", 0.05),
    shifted("age", 5, where=FROM_MAY),
    new_category("plan", ("Family",), 0.1, where=FROM_MAY, at_least_one=True),
    again(0.2),
    fan_out(0.1, times=3),
    near_duplicates(0.3, {"plan": (0.5, SPELLINGS), "amount": (0.5, (forms.rounded,))}),
    id_collisions("id", 0.1),
    second_ids("parent", 0.2),
    orphans("parent", 0.2),
    dropped(0.1),
    rarer("label", "yes", 0.5, where=FROM_MAY),
    relabel("label", {"yes": ("no", 0.2), "no": ("yes", 0.05)}),
    relabel("label", {"no": ("yes", 0.9)}, where=both(FROM_MAY, equals("plan", "Basic")), name="drift"),
    after_the_fact("closed", equals("label", "yes"), {"R1": 0.5, "R2": 0.5}, rate=0.8),
    blank_column("reserved"),
    lookahead("amount", "amount_later", by_category("system", {"old": 0.5})),
    extra_rows(LATE, rate=0.5, name="records from the future"),
    renamed("age", "age_years"),
    removed("amount_later"),
    recoded("label", {"yes": "1", "no": "0"}, where=FROM_MAY),
    *(identifiers("note", kind, 0.2) for kind in people.KINDS),
    swapped("owner", people.name),
)  # fmt: skip


def a_table(size: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "id": [f"c{n:03d}" for n in range(size)],
            "parent": [f"{n:03d}" for n in rng.integers(0, 30, size)],
            "plan": rng.choice(["Basic", "Month-to-month", "Crème brûlée"], size),
            "amount": np.where(rng.random(size) < 0.1, np.nan, np.round(rng.lognormal(5, 2, size), 2)),
            "amount_later": np.round(rng.lognormal(5, 2, size), 2),
            "age": rng.integers(18, 90, size),
            "when": pd.Timestamp("2024-01-01")
            + pd.to_timedelta(rng.integers(0, 300 * 86400, size), unit="s"),
            "system": rng.choice(["old", "new"], size),
            "label": rng.choice(["yes", "no"], size),
            "note": rng.choice(["", "asked about the invoice"], size),
            "owner": "Nobody",
        }
    )


def lists_of_steps() -> st.SearchStrategy[list[Step]]:
    return st.lists(st.sampled_from(STEPS), unique_by=lambda s: (s.operator, s.column), max_size=len(STEPS))


@settings(max_examples=150, deadline=None)
@given(steps=lists_of_steps(), size=st.integers(0, 60), seed=st.integers(0, 2**31))
def test_a_mask_applied_backwards_restores_the_given_table(steps: list[Step], size: int, seed: int) -> None:
    frame = a_table(size, seed)
    messed = messy(frame, steps, seed=seed, table="t", key="id")
    pd.testing.assert_frame_equal(undone(messed), as_text(frame))
    assert tuple(messed.mask.columns) == MASK


@settings(max_examples=150, deadline=None)
@given(steps=lists_of_steps(), seed=st.integers(0, 2**31), data=st.data())
def test_a_dropped_step_changes_no_line_of_another_on_other_columns(
    steps: list[Step], seed: int, data: st.DataObject
) -> None:
    if not steps:
        return
    frame = a_table(40, seed)
    lost = data.draw(st.sampled_from(steps))
    whole = messy(frame, steps, seed=seed, table="t", key="id").mask
    rest = messy(frame, [step for step in steps if step is not lost], seed=seed, table="t", key="id").mask
    mine = whole["operator"].eq(lost.operator) & _touched(whole, lost)
    columns = set(whole["column"][mine])
    if not lost.column:  # a row step notes itself under the key, and writes no cell of it
        columns -= {"id"}
    others = whole[~mine & ~whole["column"].isin(columns)].reset_index(drop=True)
    unchanged = rest[~rest["column"].isin(columns)].reset_index(drop=True)
    pd.testing.assert_frame_equal(others, unchanged)


def _touched(mask: pd.DataFrame, step: Step) -> pd.Series:
    """Lines of this step: two steps may share an operator's name on different columns."""
    if not step.column or step.operator in ("currency", "rarer"):
        return pd.Series(True, index=mask.index)
    return mask["column"].eq(step.column)


@settings(max_examples=60, deadline=None)
@given(steps=lists_of_steps(), seed=st.integers(0, 2**31), data=st.data())
def test_moving_a_step_moves_no_draw(steps: list[Step], seed: int, data: st.DataObject) -> None:
    frame = a_table(40, seed)
    apart: list[Step] = []
    taken: set[str] = set()
    for step in steps:
        columns = set(messy(frame, [step], seed=seed, table="t", key="id").mask["column"])
        if not columns & taken:
            apart, taken = [*apart, step], taken | columns
    first = messy(frame, apart, seed=seed, table="t", key="id").mask
    moved = messy(frame, data.draw(st.permutations(apart)), seed=seed, table="t", key="id").mask
    for operator, lines in first.groupby("operator"):
        others = moved[moved["operator"].eq(operator)]
        columns = ["column", "row", "effect"]
        pd.testing.assert_frame_equal(
            lines.sort_values(columns, ignore_index=True), others.sort_values(columns, ignore_index=True)
        )


def test_the_given_table_is_left_alone() -> None:
    frame = a_table(50, 1)
    before = frame.copy(deep=True)
    messy(frame, STEPS_ONCE, seed=3, table="t", key="id")
    pd.testing.assert_frame_equal(frame, before)


STEPS_ONCE = list({(step.operator, step.column): step for step in STEPS}.values())


def test_a_rate_is_met_and_follows_the_value_that_it_hangs_on() -> None:
    frame = a_table(20_000, 2)
    steps = [sentinel("age", by_value("age", (40, 60), (0.05, 0.2, 0.5)), ("-999",))]
    hit = messy(frame, steps, seed=1, table="t", key="id").frame["age"].eq("-999")
    for low, high, rate in ((0, 40, 0.05), (40, 60, 0.2), (60, 200, 0.5)):
        here = frame["age"].ge(low) & frame["age"].lt(high)
        assert hit[here].mean() == pytest.approx(rate, abs=0.02)


def test_an_added_row_stands_after_the_given_ones_under_its_own_key() -> None:
    frame = a_table(100, 3)
    messed = messy(
        frame, [near_duplicates(0.2, {"plan": (1.0, (forms.upper,))})], seed=1, table="t", key="id"
    )
    added = messed.mask.query("effect == 'added'")
    assert messed.frame["id"].tolist() == [*frame["id"], *added["new"]]
    assert added["old"].eq("").all()
    assert added["new"].tolist() == [f"{frame['id'][row]}|copy" for row in added["row"]]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (missing("ghost", 0.1), "there is no column 'ghost'"),
        (missing("age", 1.2), "a rate lies within 0..1, not 1.2"),
        (missing("age", float("nan")), "a rate lies within 0..1"),
        (missing("age", by_value("ghost", (1,), (0, 1))), "asks for a column 'ghost'"),
        (sentinel("age", 0.5, {"-1": 0.5, "-2": 0.4}), "shares add up to 0.9, not 1"),
        (zoned("when", "Europe/Atlantis"), "no time zone is called 'Europe/Atlantis'"),
        (renamed("age", "plan"), "there is a column 'plan' already"),
        (identifiers("note", "shoe size", 0.1), "no identifier is called 'shoe size'"),
        (lookahead("age", "ghost"), "there is no column 'ghost' to take later values from"),
    ],
)
def test_a_wrong_step_is_refused_by_table_step_and_column(step: Step, words: str) -> None:
    with pytest.raises(
        SpecError, match=rf"table 'people': step '{step.operator}', column '{step.column}'"
    ) as caught:
        messy(a_table(30, 1), [step], seed=1, table="people", key="id")
    assert words in str(caught.value)


def test_two_steps_of_one_name_on_one_column_are_refused() -> None:
    with pytest.raises(SpecError, match="stands there twice"):
        messy(a_table(5, 1), [missing("age", 0.1), missing("age", 0.2)], seed=1, table="t", key="id")


def test_every_planted_identifier_stands_in_the_text_and_in_the_mask() -> None:
    frame = a_table(300, 4)
    steps = [identifiers("note", kind, 0.3) for kind in people.KINDS]
    messed = messy(frame, steps, seed=9, table="notes", key="id")
    planted = messed.mask.query("effect == 'planted'")
    assert set(planted["operator"]) == {f"pii {kind}" for kind in people.KINDS}
    assert len(people.KINDS) == 18
    assert all(
        item in messed.frame["note"][row] for row, item in zip(planted["row"], planted["new"], strict=True)
    )
