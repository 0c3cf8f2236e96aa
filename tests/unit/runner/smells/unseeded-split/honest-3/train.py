from sklearn.model_selection import train_test_split
def parts(X, y, **how):
    return train_test_split(X, y, **how)
