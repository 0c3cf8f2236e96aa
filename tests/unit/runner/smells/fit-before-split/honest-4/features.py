from sklearn.compose import make_column_transformer
from sklearn.preprocessing import StandardScaler


def build(table):
    return table.assign(fee=table["fee"].abs())


def encoder(columns):
    return make_column_transformer((StandardScaler(), columns))
