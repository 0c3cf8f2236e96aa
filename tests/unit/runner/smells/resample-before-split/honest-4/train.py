from sampling import with_more_of_the_rare
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split


def main(table, model):
    train, test = train_test_split(table, random_state=0)
    known = with_more_of_the_rare(train)
    model.fit(known.drop(columns="churned"), known["churned"])
    return roc_auc_score(test["churned"], model.predict_proba(test.drop(columns="churned"))[:, 1])
