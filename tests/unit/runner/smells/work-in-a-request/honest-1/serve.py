import joblib
from fastapi import FastAPI
app = FastAPI()
model = joblib.load("model.joblib")
@app.on_event("startup")
def load():
    app.state.model = joblib.load("model.joblib")
@app.post("/predict")
def predict(row: dict):
    return model.predict([row])
