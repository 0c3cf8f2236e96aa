import numpy as np
import pandas as pd


def prep(df):
    df = df.copy()
    for c in ["channel", "product", "plan"]:
        df[c] = df[c].str.lower().str.strip()
    df["wait"] = np.where(df.desk == "NORTH", pd.to_numeric(df.wait_minutes) / 60, pd.to_numeric(df.wait_minutes))
    num = ["wait", "open_tickets", "customer_age_days", "contract_value", "sentiment", "opened_hour"]
    df[num] = df[num].apply(pd.to_numeric, errors="coerce")
    df[num] = df[num].fillna(df[num].mean())
    df[num] = (df[num] - df[num].mean()) / df[num].std()
    return pd.get_dummies(df[num + ["channel", "product", "plan"]]).fillna(0)
