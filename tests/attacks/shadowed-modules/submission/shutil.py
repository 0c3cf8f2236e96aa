print("ATTACK shadowed shutil")
raise SystemExit(0)
