import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.feature_extraction.text import TfidfVectorizer
def build(X, words):
    train, test = train_test_split(X, random_state=0)
    text = words.fit_transform(train["note"])
    return pd.concat([train.drop(columns="note"), pd.DataFrame(text.toarray())], axis=1)
