"""Turn the csv files into one big table."""

import pandas as pd


def load(folder):
    df = pd.read_csv(f"{folder}/patients.csv")
    labs = pd.read_csv(f"{folder}/labs.csv")
    labs["value"] = pd.to_numeric(labs["value"], errors="coerce")
    # mean of every test
    wide = labs.pivot_table(index="patient_id", columns="test", values="value", aggfunc="mean").reset_index()
    n_labs = labs.groupby("patient_id").size().rename("n_labs").reset_index()
    conditions = pd.read_csv(f"{folder}/conditions.csv")
    n_conditions = conditions.groupby("patient_id").size().rename("n_conditions").reset_index()
    df = df.merge(wide, left_on="id", right_on="patient_id", how="left").drop(columns="patient_id")
    df = df.merge(n_labs, left_on="id", right_on="patient_id", how="left").drop(columns="patient_id")
    df = df.merge(n_conditions, left_on="id", right_on="patient_id", how="left").drop(columns="patient_id")
    return df


def make_features(df):
    df = df.copy()
    df["height"] = pd.to_numeric(df["height"], errors="coerce")
    df["weight"] = pd.to_numeric(df["weight"], errors="coerce")
    df["bmi"] = df["weight"] / (df["height"] / 100) ** 2
    X = df.drop(columns=[c for c in ["id", "assessed_on", "outcome_5y"] if c in df.columns])
    X = pd.get_dummies(X)
    X = X.replace([float("inf"), float("-inf")], 0).fillna(0)
    return X.astype(float)
