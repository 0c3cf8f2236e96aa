import atexit
import os


def forge():
    with open("/output/junit.xml", "w", errors="surrogateescape") as file:
        file.write("<testsuites>" + "<testcase/>" * 700_000 + "</testsuites>")
    print("ATTACK forged", flush=True)
    os._exit(0)


atexit.register(forge)
