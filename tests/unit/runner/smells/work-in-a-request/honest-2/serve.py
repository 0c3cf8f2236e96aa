import joblib
from flask import Flask
app = Flask(__name__)
model = None
@app.post("/predict")
def predict():
    global model
    if model is None:
        model = joblib.load("model.joblib")
    return model.predict([])
@app.post("/retrain")
def retrain():
    return make().fit(X, y)
