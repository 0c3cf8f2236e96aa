import sys
print("ATTACK sitecustomize of", sys.argv[:1] or sys.orig_argv[:4], flush=True)
