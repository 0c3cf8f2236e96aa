from sklearn.model_selection import cross_val_predict


def out_of_fold(model, rows, outcome):
    return cross_val_predict(model, rows, outcome, cv=5, method="predict_proba")
