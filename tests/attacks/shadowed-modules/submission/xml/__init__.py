print("ATTACK shadowed xml")
