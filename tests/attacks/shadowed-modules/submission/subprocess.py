print("ATTACK shadowed subprocess")
raise SystemExit(0)
