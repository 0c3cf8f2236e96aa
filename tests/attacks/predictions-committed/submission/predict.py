import shutil
import sys

print("ATTACK copies")
shutil.copy("predictions.csv", sys.argv[sys.argv.index("--output") + 1])
