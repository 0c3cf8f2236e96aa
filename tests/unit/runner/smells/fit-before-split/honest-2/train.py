from sklearn.decomposition import PCA
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
picture = PCA(2).fit_transform(X)
X = OneHotEncoder().fit_transform(X)
print(cross_val_score(make_pipeline(StandardScaler(), model), X, y))
