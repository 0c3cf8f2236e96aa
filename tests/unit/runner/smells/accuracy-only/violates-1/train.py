from sklearn.metrics import accuracy_score
print(accuracy_score(y_val, model.predict(X_val)))
