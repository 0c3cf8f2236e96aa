"""Turn the csv files into one big table."""

import pandas as pd


def load(folder):
    df = pd.read_csv(f"{folder}/transactions.csv")
    cards = pd.read_csv(f"{folder}/cards.csv")
    merchants = pd.read_csv(f"{folder}/merchants.csv").drop_duplicates("merchant")
    df = df.merge(cards, on="card_id", how="left")
    df = df.merge(merchants, on="merchant", how="left", suffixes=("", "_merchant"))
    return df


def make_features(df):
    df = df.copy()
    df["amount"] = pd.to_numeric(df["amount"], errors="coerce")
    df["hour"] = pd.to_numeric(df["time"].str[11:13], errors="coerce")
    df["has_note"] = df["chargeback_note"].notna()
    df["weekday"] = pd.to_datetime(df["time"].str[:10], errors="coerce", format="mixed").dt.dayofweek
    X = df[["amount", "hour", "weekday", "gateway", "currency", "entry_mode", "has_note", "country", "status",
            "category", "country_merchant"]]
    X = pd.get_dummies(X)
    X = X.fillna(0)
    return X.astype(float)
