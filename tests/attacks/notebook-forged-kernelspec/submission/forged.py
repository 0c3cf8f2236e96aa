print("forged kernel", flush=True)
raise SystemExit
