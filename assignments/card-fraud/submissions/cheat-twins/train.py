print("rates were read off the log by hand")
