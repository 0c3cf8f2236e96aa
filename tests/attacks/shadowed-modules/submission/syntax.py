print("ATTACK shadowed syntax")
raise SystemExit(0)
