import pandas as pd
def write(p):
    table = pd.read_csv("a.csv", sep=";")
    table[["id", "prediction"]].to_csv("out.csv")
