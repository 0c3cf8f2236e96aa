from sklearn.preprocessing import StandardScaler

SCALER = StandardScaler()


def build(table):
    SCALER.fit(table)
    return SCALER.transform(table)
