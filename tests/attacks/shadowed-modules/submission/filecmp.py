print("ATTACK shadowed filecmp")
raise SystemExit(0)
