import lightgbm as lgb
model = lgb.LGBMClassifier()
model.fit(X, y)
