"""Notes -> one number a patient: what their words say of the risk. Identifiers are removed before anything is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline

from risk.deid import without_identifiers
from risk.settings import Settings

LABEL = re.compile(r"\[[A-Z]+\]")
SENTENCE_END = re.compile(r"[.:,;]")
STRENGTH = 0.1  # inverse of the penalty: a hundred phrases, five thousand notes


@dataclass
class WordModel:
    """A penalised logistic regression on words and pairs of words within a sentence."""

    pipeline: Pipeline

    def score(self, texts: pd.Series) -> pd.Series:
        """Log-odds by patient; patients without a note are not in it."""
        return pd.Series(self.pipeline.decision_function(texts), index=texts.index).round(6)


def texts_of(notes: pd.DataFrame, ids: pd.Index) -> pd.Series:
    """All sentences of a patient, sorted: their order tells nothing. One with an identifier is about an office."""
    known = notes[notes["patient_id"].isin(ids)]
    clean = known["text"].map(_sentences)
    return clean.groupby(known["patient_id"]).agg(lambda several: " . ".join(sorted(set(several))))


def _sentences(text: str) -> str:
    spoken = [part for part in SENTENCE_END.split(without_identifiers(text)) if not LABEL.search(part)]
    parts = [" ".join(re.findall(r"[a-z]+", part.casefold())) for part in spoken]
    return " . ".join(sorted(part for part in parts if part))


def fit(texts: pd.Series, outcome: pd.Series, settings: Settings) -> tuple[WordModel, pd.Series]:
    """The model, and out-of-fold scores for the patients it was fitted on; ``outcome`` is by patient."""
    words = CountVectorizer(
        ngram_range=(1, 3),
        binary=True,
        min_df=settings.least_note_count,
        tokenizer=str.split,
        token_pattern=None,
    )
    pipeline = make_pipeline(words, LogisticRegression(C=STRENGTH, max_iter=2000))
    labels = outcome.loc[texts.index].to_numpy()
    folds = StratifiedKFold(settings.folds, shuffle=True, random_state=settings.seed)
    scores = cross_val_predict(pipeline, texts, labels, cv=folds, method="decision_function")
    return WordModel(pipeline.fit(texts, labels)), pd.Series(np.round(scores, 6), index=texts.index)
