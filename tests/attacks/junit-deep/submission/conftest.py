import atexit
import os


def forge():
    with open("/output/junit.xml", "w", errors="surrogateescape") as file:
        file.write("<a>" * 2_000_000)
    print("ATTACK forged", flush=True)
    os._exit(0)


atexit.register(forge)
