import atexit
import os


def forge():
    with open("/output/junit.xml", "w", errors="surrogateescape") as file:
        file.write("<testsuites><testcase " + " ".join(f"a{n}='{n}'" for n in range(100_000)) + " name='" + "x" * 3_000_000 + "'/></testsuites>")
    print("ATTACK forged", flush=True)
    os._exit(0)


atexit.register(forge)
