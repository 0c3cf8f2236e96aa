import os
print("ATTACK sitecustomize", flush=True)
os._exit(0)
