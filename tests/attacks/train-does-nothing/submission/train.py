import shutil
import sys

print("ATTACK trains nothing")
shutil.copy("shipped.json", sys.argv[sys.argv.index("--model") + 1] + "/model.json")
