"""The service as far as it goes: it is healthy, and does not answer yet. python serve.py"""

import os

import uvicorn
from fastapi import FastAPI, HTTPException

app = FastAPI(title="Escalations")


@app.get("/health")
def health():
    """Whether it can be asked."""
    return {"status": "ok"}


@app.post("/predict")
def predict():
    """To do: the model of $TAKEHOME_MODEL, for one ticket or a list."""
    raise HTTPException(status_code=501, detail="not written yet")


if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=int(os.environ.get("PORT", "8080")))
