print("ATTACK shadowed tokenize")
raise SystemExit(0)
