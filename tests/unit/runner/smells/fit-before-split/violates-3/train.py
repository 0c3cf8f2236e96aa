from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


def scaled(table, columns):
    table = table.copy()
    table[columns] = StandardScaler().fit_transform(table[columns])
    return table


def main(table, outcome):
    rows = scaled(table, ["age", "fee"])
    return train_test_split(rows, outcome, random_state=0)
