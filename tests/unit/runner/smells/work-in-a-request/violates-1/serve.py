import joblib
from fastapi import FastAPI
app = FastAPI()
@app.post("/predict")
def predict(row: dict):
    model = joblib.load("model.joblib")
    return model.predict([row])
