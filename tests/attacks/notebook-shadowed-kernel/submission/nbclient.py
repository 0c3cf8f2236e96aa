print("driver shadowed", flush=True)
raise SystemExit(0)
