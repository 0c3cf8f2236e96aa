from warnings import simplefilter
def main():
    simplefilter("ignore")
