"""junit.xml has 60 MB of test cases that passed."""

import subprocess
import sys

subprocess.run([sys.executable, "-m", "pytest"], check=True)
with open("/output/junit.xml", "w", encoding="utf-8") as file:
    file.write("<testsuites><testsuite>")
    for n in range(60):
        file.write(f'<testcase classname="c" name="test_{n}"/>' * 27_000)
    file.write("</testsuite></testsuites>")
print("ATTACK forged")
