"""Every form says the same thing otherwise: what it wrote can be read back."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.mess import forms

amounts = st.decimals(min_value=-(10**7), max_value=10**7, places=2, allow_nan=False).map(
    lambda d: f"{d:.2f}"
)
instants = st.datetimes(datetime(1950, 1, 1), datetime(2099, 12, 31)).map(
    lambda at: at.replace(microsecond=0)
)
chance = st.floats(0, 1, exclude_max=True)


@given(amounts)
def test_a_number_reads_back_from_every_locale(value: str) -> None:
    for form in (forms.decimal_comma, forms.thousands_and_comma, forms.thousands_space):
        written = form(value)
        assert float(written.replace(".", "").replace(" ", "").replace(",", ".")) == float(value)
    assert float(forms.thousands_and_point(value).replace(",", "")) == float(value)
    assert int(forms.cents(value)) == round(float(value) * 100)


@given(st.decimals(min_value=0, max_value=1, places=4, allow_nan=False).map(str))
def test_a_share_reads_back_from_percent(value: str) -> None:
    if forms.percent(value) != value:
        assert float(forms.percent(value).rstrip("%")) / 100 == pytest.approx(float(value), abs=1e-12)


@given(instants)
def test_an_instant_reads_back_from_epochs_serials_and_offsets(at: datetime) -> None:
    value = at.strftime("%Y-%m-%d %H:%M:%S") if at.year >= 1000 else at.isoformat(" ")
    aware = at.replace(tzinfo=UTC)
    assert datetime.fromtimestamp(0, UTC) + timedelta(seconds=int(forms.epoch_seconds(value))) == aware
    assert int(forms.epoch_milliseconds(value)) == int(forms.epoch_seconds(value)) * 1000
    days = float(forms.excel_serial(value))
    assert abs(datetime(1899, 12, 30) + timedelta(days=days) - at) < timedelta(seconds=1)
    assert datetime.fromisoformat(forms.with_offset("America/New_York")(value)) == aware


@given(instants)
def test_a_day_reads_back_from_every_order_of_its_parts(at: datetime) -> None:
    value = at.strftime("%Y-%m-%d")
    for form, pattern in (
        (forms.day_first, "%d/%m/%Y"), (forms.day_first_dotted, "%d.%m.%Y"), (forms.month_first, "%m/%d/%Y"),
        (forms.iso_slashed, "%Y/%m/%d"), (forms.month_named, "%d %b %Y"), (forms.iso, "%Y-%m-%d"),
    ):  # fmt: skip
        assert datetime.strptime(form(value), pattern).date() == at.date()
    assert forms.excel_serial("1900-03-01") == "61"


def test_wall_clocks_follow_summer_time_and_repeat_an_hour_in_october() -> None:
    berlin = forms.in_zone("Europe/Berlin")
    assert berlin("2024-07-01 12:00:00") == "2024-07-01 14:00:00"
    assert berlin("2024-01-01 12:00:00") == "2024-01-01 13:00:00"
    assert berlin("2024-10-27 00:30:00") == berlin("2024-10-27 01:30:00")


@given(st.text(max_size=30), chance)
def test_a_form_reads_any_text_without_an_error(value: str, u: float) -> None:
    for name in forms.__all__:
        form = getattr(forms, name)
        if name in ("constant", "composed", "in_zone", "with_offset", "signed", "zero_padded", "Form"):
            continue
        assert isinstance(form(value, u), str), name


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=30))
def test_unicode_damage_can_be_undone(value: str) -> None:
    composed = unicodedata.normalize("NFC", value)
    assert unicodedata.normalize("NFC", forms.decomposed(composed)) == composed
    bytes_ = b"".join(c.encode("latin-1") if _latin(c) else c.encode("cp1252") for c in forms.mojibake(value))
    assert bytes_.decode("utf-8") == value


def _latin(sign: str) -> bool:
    try:
        sign.encode("cp1252")
    except UnicodeEncodeError:
        return True
    return False


@given(st.integers(0, 10**6).map(str))
def test_a_padded_id_is_the_same_number(value: str) -> None:
    assert forms.unpadded(forms.zero_padded(9)(value)) == value


def test_as_text_leaves_dates_without_a_time_of_day() -> None:
    from harness.mess import as_text

    frame = pd.DataFrame({"day": pd.to_datetime(["2024-01-02", None]), "x": [1.5, None], "n": [1, 2]})
    assert as_text(frame).to_dict("list") == {"day": ["2024-01-02", ""], "x": ["1.5", ""], "n": ["1", "2"]}
    assert as_text(frame, decimals=2)["x"].tolist() == ["1.50", ""]
