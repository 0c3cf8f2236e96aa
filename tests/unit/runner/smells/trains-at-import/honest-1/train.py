from sklearn.linear_model import LogisticRegression
import features
model = LogisticRegression().fit(features.X, features.y)
