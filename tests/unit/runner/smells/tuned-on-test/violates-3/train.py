from sklearn.metrics import f1_score
threshold = max(grid, key=lambda t: f1_score(y_test, chance > t))
