print("ATTACK shadowed ast")
raise SystemExit(0)
