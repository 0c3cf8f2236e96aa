from . import judge
from .features import build


def main(table, outcome, model):
    return judge.out_of_fold(model, build(table), outcome)
