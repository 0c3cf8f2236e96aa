import pandas as pd
weather = pd.read_csv("weather.csv")
print(weather["temperature"].mean())
