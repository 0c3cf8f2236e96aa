from sklearn.metrics import accuracy_score, f1_score
print(accuracy_score(y_val, p), f1_score(y_val, p))
