import os, pickle
import pandas as pd
import uvicorn
from fastapi import FastAPI, Request
from prep import prep

app = FastAPI()
m, columns = pickle.load(open(os.environ["TAKEHOME_MODEL"] + "/m.pkl", "rb"))


@app.get("/health")
def health():
    return "ok"


@app.post("/predict")
async def predict(request: Request):
    body = await request.json()
    rows = body["rows"] if "rows" in body else [body]
    df = pd.DataFrame(rows)
    p = m.predict_proba(prep(df).reindex(columns=columns, fill_value=0))[:, 1]
    return {"predictions": [{"id": i, "prediction": round(float(x), 4)} for i, x in zip(df.id, p)]}


uvicorn.run(app, host="0.0.0.0", port=8080)
