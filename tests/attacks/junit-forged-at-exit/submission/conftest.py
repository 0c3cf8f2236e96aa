import atexit
import os

NAMES = ("one", "two", "three", "four", "five", "six")
CASES = "".join(f'<testcase classname="tests.test_model" name="test_{name}"/>' for name in NAMES)


def forge():
    with open("/output/junit.xml", "w") as file:
        file.write('<testsuites><testsuite name="t" tests="6" failures="0" errors="0" skipped="0">{}</testsuite></testsuites>'.format(CASES))
    print("ATTACK forged", flush=True)
    os._exit(0)


atexit.register(forge)
