"""Read the exports and bring every cell to one form."""

import pandas as pd

LIPIDS = 38.67  # mg/dL a mmol/L
CREATININE = 88.4  # umol/L a mg/dL


def read(folder, name):
    """One table, all text."""
    return pd.read_csv(f"{folder}/{name}.csv", dtype=str, keep_default_na=False)


def word(column):
    """Lower case letters only: "Heart_Failure " -> "heartfailure"."""
    plain = column.str.normalize("NFKC").str.lower()
    return plain.str.replace(r"[^a-z]", "", regex=True)


def number(column):
    """Numbers; the rest is missing."""
    return pd.to_numeric(column.str.strip(), errors="coerce")


def date(column):
    """2016-03-04, 2016/03/04, 03/04/2016 (month first), 4 Mar 2016."""
    text = column.str.strip().str.replace("/", "-")
    found = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
    for form in ("%m-%d-%Y", "%d %b %Y"):
        found = found.fillna(pd.to_datetime(text, format=form, errors="coerce"))
    return found


def patients(folder):
    """Patients with height in cm and weight in kg; what cannot be is missing."""
    table = read(folder, "patients")
    old = word(table["chart_system"]) == "meridian"
    height, weight = number(table["height"]), number(table["weight"])
    height = height.where(~old, height * 2.54)
    weight = weight.where(weight < 900).where(~old, weight * 0.45359)
    return table.assign(
        assessed_on=date(table["assessed_on"]),
        age=number(table["age"]),
        male=word(table["sex"]).str[:1] == "m",
        height=height.where(height.between(120, 220)),
        weight=weight.where(weight.between(30, 300)),
        smoking=word(table["smoking"]),
    )


def labs(folder, known):
    """Tests until the day of the assessment, in one unit, each once."""
    table = read(folder, "labs").drop(columns="lab_id").merge(known, left_on="patient_id", right_on="id")
    table["taken_on"] = date(table["taken_on"])
    table = table[table["taken_on"] <= table["assessed_on"]]
    test, unit, value = word(table["test"]), word(table["unit"]), number(table["value"])
    value = value.where(~(unit.eq("mmoll") & test.isin(["chol", "hdl"])), value * LIPIDS)
    value = value.where(~(unit.eq("umoll") & test.eq("creatinine")), value / CREATININE)
    table = table.assign(test=test, value=value.where(test.eq("creatinine"), value.round()).round(2))
    return table[["id", "taken_on", "test", "value"]].drop_duplicates().dropna()


def conditions(folder, known):
    """Diagnoses noted until the day of the assessment, each once."""
    table = read(folder, "conditions").merge(known, left_on="patient_id", right_on="id")
    table = table[date(table["noted_on"]) <= table["assessed_on"]]
    return table.assign(condition=word(table["condition"]))[["id", "condition"]].drop_duplicates()
