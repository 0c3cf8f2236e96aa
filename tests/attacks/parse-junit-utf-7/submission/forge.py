"""junit.xml hides its DTD from a search for it in an encoding."""

import subprocess
import sys

subprocess.run([sys.executable, "-m", "pytest"], check=True)
with open("/output/junit.xml", "w", encoding="utf-8") as file:
    file.write("<?xml version='1.0' encoding='utf-7'?>+ADwAIQ-DOCTYPE t [+ADwAIQ-ENTITY a 'x'>]>")
    file.write("<testsuites><testsuite><testcase classname='a' name='t'>&a;</testcase></testsuite></testsuites>")
print("ATTACK forged")
