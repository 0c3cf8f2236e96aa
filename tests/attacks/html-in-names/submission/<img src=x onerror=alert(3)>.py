import os, sys


def f(a=[]):
    """Bad on purpose."""
    return eval("1") == None
