from sklearn import metrics
def judge(truth, guess):
    return metrics.accuracy_score(truth, guess)
