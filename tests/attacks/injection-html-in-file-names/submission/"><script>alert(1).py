def f(a, b=[]):
    try:
        return eval(a)
    except:
        pass
