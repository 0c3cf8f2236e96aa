print("ATTACK shadowed workspace")
raise SystemExit(0)
