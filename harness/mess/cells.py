"""Steps that rewrite cells: missing values, sentinels, spellings, numbers, units, dates, outliers."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfoNotFoundError

from harness.mess import forms, numbers
from harness.mess.draws import Rate, Shares, Where
from harness.mess.forms import Form
from harness.mess.recipe import Step
from harness.mess.sheet import Edit


def missing(
    column: str, rate: Rate, *, marker: str = "", where: Where | None = None, name: str = "missing"
) -> Step:
    """Cells left blank. A plain rate: MCAR; ``by_value`` of another column: MAR; of this one: MNAR."""
    return sentinel(column, rate, (marker,), where=where, name=name)


def sentinel(
    column: str, rate: Rate, markers: Shares[str], *, where: Where | None = None, name: str = "sentinel"
) -> Step:
    """Cells replaced by a marker that means "not known": -999, 99999, N/A, 1900-01-01."""

    def do(edit: Edit) -> None:
        rows = edit.hits(rate, where)
        edit.change(rows, edit.pick(markers, rows))

    return Step(name, column, do)


def impossible(
    column: str, rate: Rate, values: Shares[str], *, where: Where | None = None, name: str = "impossible"
) -> Step:
    """Values that cannot be: an age of 212, a negative amount. About .5 to 1 % of the rows is usual."""
    return sentinel(column, rate, values, where=where, name=name)


def respell(
    column: str, rate: Rate, ways: Shares[Form], *, where: Where | None = None, name: str = "spelling"
) -> Step:
    """Cells written otherwise: each hit one takes one of the ``forms``, by share. Blanks stay blank."""

    def do(edit: Edit) -> None:
        rows = edit.hits(rate, where)
        chosen, luck, now = edit.pick(ways, rows), edit.luck()[rows], edit.texts()[rows]
        new = [
            form(value, float(u)) if value.strip() else value
            for form, value, u in zip(chosen, now, luck, strict=True)
        ]
        edit.change(rows, new)

    return Step(name, column, do)


def number_forms(
    column: str, rate: Rate, ways: Shares[Form], *, where: Where | None = None, name: str = "number form"
) -> Step:
    """Plain numbers written otherwise: decimal comma, thousands, %, 1.2k. Anything else stays."""

    def plain_only(form: Form) -> Form:
        def guarded(value: str, u: float = 0.0) -> str:
            return form(value, u) if numbers.is_plain(value) else value

        return guarded

    shares = ways if isinstance(ways, dict) else {form: 1 / len(ways) for form in ways}
    return respell(
        column, rate, {plain_only(f): share for f, share in shares.items()}, where=where, name=name
    )


def date_forms(
    column: str, ways: Shares[Form], *, rate: Rate = 1.0, where: Where | None = None, name: str = "date form"
) -> Step:
    """ISO dates written as another system does; ``where`` says which rows are that system's."""
    return respell(column, rate, ways, where=where, name=name)


def zoned(
    column: str, zone: str, *, rate: Rate = 1.0, where: Where | None = None, name: str = "time zone"
) -> Step:
    """UTC instants written as the wall clock of ``zone``, summer time and all."""

    def do(edit: Edit) -> None:
        try:
            form = forms.in_zone(zone)
        except (ZoneInfoNotFoundError, ValueError):
            edit.refuse(f"no time zone is called {zone!r}")
        respell(column, rate, (form,), where=where, name=name).do(edit)

    return Step(name, column, do)


def scaled(
    column: str,
    factor: float,
    *,
    rate: Rate = 1.0,
    where: Where | None = None,
    decimals: int | None = None,
    says: tuple[str, str] | None = None,
    name: str = "unit",
) -> Step:
    """The same quantity in another unit, currency or case size: times ``factor``.

    ``says``: (column, text), where the row names its unit. ``decimals``: None keeps as many as stood there.
    """

    def do(edit: Edit) -> None:
        rows = edit.hits(rate, where)
        edit.change(rows, [numbers.scaled_text(value, factor, decimals) for value in edit.texts()[rows]])
        if says is not None:
            edit.change(rows, [says[1]] * len(rows), column=says[0])

    return Step(name, column, do)


def outliers(
    column: str,
    rate: Rate,
    factors: Shares[float] = (10.0, 100.0),
    *,
    where: Where | None = None,
    name: str = "outlier",
) -> Step:
    """Plain numbers blown up: a slipped decimal point."""

    def do(edit: Edit) -> None:
        rows = edit.hits(rate, where)
        pairs = zip(edit.texts()[rows], edit.pick(factors, rows), strict=True)
        edit.change(rows, [numbers.scaled_text(value, factor, None) for value, factor in pairs])

    return Step(name, column, do)


def shifted(
    column: str, amount: float, *, rate: Rate = 1.0, where: Where | None = None, name: str = "shift"
) -> Step:
    """Plain numbers plus ``amount``: covariate drift with ``where=since(...)``."""

    def do(edit: Edit) -> None:
        rows = edit.hits(rate, where)
        edit.change(rows, [_plus(value, amount) for value in edit.texts()[rows]])

    return Step(name, column, do)


def _plus(value: str, amount: float) -> str:
    if not numbers.is_plain(value):
        return value
    return f"{float(value) + amount:.{len(value.partition('.')[2])}f}"


def new_category(
    column: str,
    values: Sequence[str],
    rate: Rate,
    *,
    where: Where | None = None,
    at_least_one: bool = False,
    name: str = "new category",
) -> Step:
    """Values that did not exist before; ``at_least_one`` row has one even in a small table."""

    def do(edit: Edit) -> None:
        rows = edit.hits(rate, where)
        spare = edit.hits(1.0, where)
        if at_least_one and not len(rows) and len(spare):
            rows = spare[[int(edit.rng.integers(len(spare)))]]
        edit.change(rows, edit.pick(tuple(values), rows))

    return Step(name, column, do)
