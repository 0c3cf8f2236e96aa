from flask import Flask, request
from sklearn.linear_model import LogisticRegression
app = Flask(__name__)
@app.route("/score", methods=["POST"])
def score():
    return LogisticRegression().fit(X, y).predict(request.json)
