import pandas as pd

from sampling import with_more_of_the_rare


def table(path):
    read = pd.read_csv(path, dtype={"id": str})
    return with_more_of_the_rare(read)
