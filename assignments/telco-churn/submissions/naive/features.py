"""Turn the three csv files into one big table."""

import pandas as pd


def load(folder):
    df = pd.read_csv(f"{folder}/customers.csv")
    usage = pd.read_csv(f"{folder}/usage.csv")
    usage["gb_used"] = pd.to_numeric(usage["gb_used"], errors="coerce")
    usage = usage.groupby("customer_id")[["gb_used", "minutes", "dropped_calls"]].sum().reset_index()
    contacts = pd.read_csv(f"{folder}/contacts.csv")
    # contacts of the last two months
    contacts["date"] = pd.to_datetime(contacts["date"], errors="coerce", format="mixed")
    contacts = contacts[contacts["date"] > "2024-05-01"]
    n_contacts = contacts.groupby("customer_id").size().rename("n_contacts").reset_index()
    df = df.merge(usage, left_on="id", right_on="customer_id", how="left").drop(columns="customer_id")
    df = df.merge(n_contacts, left_on="id", right_on="customer_id", how="left").drop(columns="customer_id")
    return df


def make_features(df):
    df = df.copy()
    df["total_charges"] = pd.to_numeric(df["total_charges"], errors="coerce")
    df["closure_code"] = df["closure_code"].fillna("none")
    X = df.drop(columns=[c for c in ["id", "churned"] if c in df.columns])
    X = pd.get_dummies(X)
    X = X.fillna(0)
    return X.astype(float)
