def f(b=[]):
    return eval("b")
