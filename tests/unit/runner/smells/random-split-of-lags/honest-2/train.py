from sklearn.model_selection import train_test_split
customers = usage.groupby("id")["gb"].mean()
train, test = train_test_split(customers, random_state=0)
