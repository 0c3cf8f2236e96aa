import runpy
import sys

print("their launcher", flush=True)
sys.path = [p for p in sys.path if p not in ("", "/work")]
runpy.run_module("ipykernel", run_name="__main__")
