from sklearn.utils import resample
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
few = resample(df, replace=False, n_samples=1000, random_state=0)
train, test = train_test_split(few, random_state=0)
scores = [roc_auc_score(*resample(truth, chance, random_state=n)) for n in range(200)]
