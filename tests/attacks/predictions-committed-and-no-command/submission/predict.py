print("ATTACK did nothing")
