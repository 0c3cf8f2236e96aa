"""The service: a chance in per cent for whatever it is sent."""

import os
from pathlib import Path

import joblib
import pandas as pd
import uvicorn
from fastapi import FastAPI, Request

from model import features

app = FastAPI()
model = joblib.load(Path(os.environ["TAKEHOME_MODEL"]) / "model.joblib")


@app.get("/health")
def health():
    """It is well."""
    return {"status": "ok"}


@app.post("/predict")
async def predict(request: Request):
    """Per cent for each ticket."""
    asked = await request.json()
    rows = asked["rows"] if "rows" in asked else [asked]
    chances = 100 * model.predict_proba(features(pd.DataFrame(rows)))[:, 1]
    return {
        "predictions": [{"id": row["id"], "prediction": float(p)} for row, p in zip(rows, chances, strict=True)]
    }


uvicorn.run(app, host="0.0.0.0", port=int(os.environ.get("PORT", "8080")))
