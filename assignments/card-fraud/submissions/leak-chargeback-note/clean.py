"""Read the exports and make their values comparable: euros, UTC seconds, one spelling."""

import re

import numpy as np
import pandas as pd

RATES = {"EUR": 1.0, "USD": 1.25, "PLN": 4.0, "SEK": 10.0}
MODES = ["chip", "contactless", "online", "stripe", "keyed"]
RETRY_S = 120


def read(folder):
    """Transactions, history, cards and merchants, all text."""
    names = ["transactions", "history", "cards", "merchants"]
    return {name: pd.read_csv(f"{folder}/{name}.csv", dtype=str, keep_default_na=False) for name in names}


def key(text):
    """Letters and digits only, small."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def number(values):
    """Decimal point or decimal comma; points and spaces may part thousands before a comma."""
    text = values.str.replace(r"\s", "", regex=True)
    comma = text.str.contains(",")
    text = text.mask(comma, text.str.replace(".", "").str.replace(",", "."))
    return pd.to_numeric(text, errors="coerce").astype(float)


def euros(lines):
    """Amounts in euros; EAST counts in cents."""
    amount = number(lines["amount"])
    amount = amount.mask(lines["gateway"].str.strip().eq("EAST"), amount / 100)
    currency = lines["currency"].str.strip().str.upper().replace("€", "EUR")
    return (amount / currency.map(RATES)).round(2)


def seconds(lines, zone):
    """UTC seconds: times with a Z are UTC, the others the cardholder's own."""
    text = lines["time"].str.replace("/", "-").str.replace("T", " ")
    utc = text.str.endswith("Z")
    wall = pd.to_datetime(text.str.rstrip("Z"), errors="coerce", format="%Y-%m-%d %H:%M:%S")
    out = pd.Series(np.nan, index=lines.index)
    for name, here in [("UTC", utc), *((name, ~utc & zone.eq(name)) for name in zone.dropna().unique())]:
        local = wall[here].dt.tz_localize(name, ambiguous="NaT", nonexistent="NaT").dt.tz_convert("UTC")
        out[here] = (local - pd.Timestamp(0, tz="UTC")).dt.total_seconds()
    return out


def purchases(lines, cards, merchants):
    """One clean row a line: card, t, eur, shop, category, abroad, mode, hour."""
    card = cards.drop_duplicates("card_id").set_index("card_id")
    zone = lines["card_id"].map(card["time_zone"])
    table = pd.DataFrame({"card": lines["card_id"], "t": seconds(lines, zone), "eur": euros(lines)})
    table["shop"] = lines["merchant"].map({text: key(text) for text in lines["merchant"].unique()})
    known = merchants.assign(shop=merchants["merchant"].map(key)).drop_duplicates("shop").set_index("shop")
    table["category"] = table["shop"].map(known["category"].str.strip().str.lower())
    country = table["shop"].map(known["country"])
    table["abroad"] = country.ne(lines["card_id"].map(card["country"])).mask(country.isna()).astype(float)
    mode = lines["entry_mode"].str.strip().str.lower()
    table["mode"] = mode.where(mode.isin(MODES))
    table["hour"] = np.nan
    for name in zone.dropna().unique():
        here = zone.eq(name)
        local = pd.to_datetime(table.loc[here, "t"], unit="s", utc=True).dt.tz_convert(name)
        table.loc[here, "hour"] = local.dt.hour.astype(float)
    return table


def first_tries(table):
    """Whether a line is no second try of a terminal, nor the same line exported twice."""
    ordered = table.sort_values(["card", "shop", "eur", "t"])
    wait = ordered.groupby(["card", "shop", "eur"], dropna=False)["t"].diff()
    return ~wait.le(RETRY_S).reindex(table.index)
