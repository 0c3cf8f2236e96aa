"""The service: what pydantic refuses is refused, the rest is scored."""

import os
from pathlib import Path
from typing import Any

import joblib
import pandas as pd
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict

from model import features


class Ticket(BaseModel):
    """One ticket."""

    model_config = ConfigDict(extra="ignore")
    id: str
    channel: str
    product: str
    plan: str
    wait_minutes: float
    open_tickets: float
    customer_age_days: Any = None
    contract_value: Any = None
    sentiment: Any = None
    resolution_code: Any = None


class Tickets(BaseModel):
    """Several."""

    rows: list[Ticket]


app = FastAPI()
model = joblib.load(Path(os.environ["TAKEHOME_MODEL"]) / "model.joblib")


@app.get("/health")
def health() -> dict:
    """It is well."""
    return {"status": "ok"}


@app.post("/predict")
def predict(asked: Tickets | Ticket) -> dict:
    """A probability for each ticket."""
    rows = asked.rows if isinstance(asked, Tickets) else [asked]
    frame = pd.DataFrame([row.model_dump() for row in rows])
    chances = model.predict_proba(features(frame))[:, 1]
    return {
        "predictions": [{"id": r.id, "prediction": float(p)} for r, p in zip(rows, chances, strict=True)]
    }


if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=int(os.environ.get("PORT", "8080")))
