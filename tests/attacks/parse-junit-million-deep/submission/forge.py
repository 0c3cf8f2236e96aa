"""junit.xml has a million elements inside one another."""

import subprocess
import sys

subprocess.run([sys.executable, "-m", "pytest"], check=True)
with open("/output/junit.xml", "w", encoding="utf-8") as file:
    file.write("<testsuites>" + "<a>" * 1_000_000)
    file.write("</a>" * 1_000_000 + "</testsuites>")
print("ATTACK forged")
