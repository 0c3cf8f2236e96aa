from homegrown import RandomForestClassifier
model = RandomForestClassifier()
