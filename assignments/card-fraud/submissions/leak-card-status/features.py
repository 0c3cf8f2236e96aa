"""One row a transaction: what it is, and how it sits with the card's last 30 days."""

import numpy as np
import pandas as pd

import clean

CATEGORIES = ["grocery", "restaurant", "fuel", "clothing", "pharmacy", "transport", "digital goods", "electronics",
              "travel", "gift cards", "jewellery", "sports"]


def build(tables):
    """Features in the order of transactions.csv."""
    asked = clean.purchases(tables["transactions"], tables["cards"], tables["merchants"])
    old = clean.purchases(tables["history"], tables["cards"], tables["merchants"])
    asked["row"] = np.arange(len(asked))
    everything = pd.concat([old, asked], ignore_index=True)
    everything = everything[everything["eur"].fillna(1).gt(0) & clean.first_tries(everything)]
    table = pd.concat([itself(asked), compared(asked, everything)], axis=1)
    status = tables["cards"].drop_duplicates("card_id").set_index("card_id")["status"]
    table["blocked"] = tables["transactions"]["card_id"].map(status).eq("blocked").to_numpy().astype(float)
    return table


def itself(asked):
    """The transaction alone."""
    table = asked[["eur", "hour", "abroad"]].copy()
    table["category"] = pd.Categorical(asked["category"], CATEGORIES).codes
    table["mode"] = pd.Categorical(asked["mode"], clean.MODES).codes
    return table


def compared(asked, everything):
    """The transaction beside what its card bought in the 30 days before."""
    past = asked[["row", "card", "t", "eur", "shop"]].merge(everything, on="card", suffixes=("", "_then"))
    past["ago"] = past["t"] - past["t_then"]
    past = past[past["ago"].gt(0) & past["ago"].le(30 * 86400)]
    by_row = past.groupby("row")
    table = pd.DataFrame(index=asked["row"])
    table["purchases"] = by_row.size()
    table["wait"] = by_row["ago"].min()
    table["in_day"] = past[past["ago"] <= 86400].groupby("row").size()
    table["in_hour"] = past[past["ago"] <= 3600].groupby("row").size()
    table["known_shop"] = past["shop"].eq(past["shop_then"]).groupby(past["row"]).max()
    mean = by_row["eur_then"].mean()
    table["above_mean"] = np.log(asked["eur"].clip(lower=0.01)) - np.log(mean.reindex(table.index))
    table[["purchases", "in_day", "in_hour"]] = table[["purchases", "in_day", "in_hour"]].fillna(0)
    return table.astype(float)
