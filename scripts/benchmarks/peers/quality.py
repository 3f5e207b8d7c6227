"""Prints scores of ours and of other libraries over seeds and splits, a line for each table and learner.

usage: quality.py OKAIBOT [OPTION...] [TABLE...]     with the options of scripts/bench quality
"""

import argparse
import os
import statistics

os.environ["OMP_WAIT_POLICY"] = "PASSIVE"  # else waiting threads occupy the cores

import numpy
import pandas
from sklearn import datasets
from sklearn.model_selection import train_test_split

import learners
import real

TABLES = {
    "iris": lambda: datasets.load_iris(return_X_y=True),
    "digits": lambda: datasets.load_digits(return_X_y=True),
    "breast_cancer": lambda: datasets.load_breast_cancer(return_X_y=True),
    "wine": lambda: datasets.load_wine(return_X_y=True),
    "mc20k": lambda: datasets.make_classification(20_000, 30, n_informative=15, n_classes=5, random_state=0),
    "diabetes": lambda: datasets.load_diabetes(return_X_y=True),
    "friedman5k": lambda: datasets.make_friedman1(5_000, 10, noise=1.0, random_state=0),
}
# Other libraries need minutes for each seed of these, so they run only when they are named.
LARGE = {
    "mc200k": lambda: datasets.make_classification(200_000, 30, n_informative=15, n_classes=5, random_state=0),
    "classes300": lambda: clouds([30] * 300, 0.5),
    "longtail": lambda: clouds([max(5, int(3_000 / rank**1.5)) for rank in range(1, 61)], 1.0),
}
# Our settings, the library to compare with, and its depth.
WAYS = {
    "forest, depth 5": (["depth=5"], learners.forest, 5),
    "forest, unlimited": (["depth=none"], learners.forest, None),
    "boosting": (["model=boost"], learners.lightgbm, None),
}


def clouds(counts, spread):
    """A cloud of points for each class; `counts` has the number of rows of each."""
    draw = numpy.random.default_rng(1)
    classes = numpy.repeat(numpy.arange(len(counts)), counts)
    return draw.normal(size=(len(counts), 8))[classes] * 2 + draw.normal(size=(len(classes), 8)) * spread, classes


def main():
    given = arguments()
    made = TABLES | LARGE
    if given.chosen:
        names = [name for name in given.chosen if name in made]
    else:
        names = [] if given.tables else list(TABLES)
    compare(given.okaibot, names, made, range(given.seeds or 20), given.only)
    others = [name for name in given.chosen if name not in made]
    if others or not given.chosen:
        real.compare(given.okaibot, range(given.seeds or 10), given.tables, others, given.only)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("okaibot")
    parser.add_argument("--seeds", type=int)
    parser.add_argument("--tables", default=os.environ.get("TABLES", ""))
    parser.add_argument("--only", default="", choices=["forest", "boosting"])
    parser.add_argument("chosen", nargs="*")
    return parser.parse_intermixed_args()


def compare(okaibot, names, made, seeds, only):
    """Prints a line for each made table, learner and score."""
    if names:
        print(f"{'table':14} {'learner':18} {'score':9} {'ours':>17} {'theirs':>17} {'standard errors':>16}")
    for name in names:
        X, y = made[name]()
        X = X.astype(numpy.float32)
        isValues = y.dtype.kind == "f"
        for way, (settings, fit, depth) in WAYS.items():
            if not way.startswith(only):
                continue
            pairs = [compared(okaibot, X, y, isValues, settings, fit, depth, seed) for seed in seeds]
            for score in pairs[0][0]:
                show(name, way, score, [[of[score] for of in side] for side in zip(*pairs)])


def show(name, way, score, sides):
    (own, own_spread), (their, their_spread) = ((statistics.mean(side), statistics.stdev(side)) for side in sides)
    error = ((own_spread**2 + their_spread**2) / len(sides[0])) ** 0.5
    sign = -1 if score == "log loss" else 1
    z = sign * (own - their) / error if error else 0.0
    print(
        f"{name:14} {way:18} {score:9} {own:8.4f} ± {own_spread:.4f} {their:8.4f} ± {their_spread:.4f} {z:+16.1f}",
        flush=True,
    )


def compared(okaibot, X, y, isValues, settings, fit, depth, seed):
    split = train_test_split(X, y, test_size=0.2, random_state=seed, stratify=None if isValues else y)
    X_train, X_test, y_train, y_test = split
    said = [
        learners.ours(okaibot, named(X_train), y_train, named(X_test), isValues, settings, seed),
        fit(X_train, y_train, X_test, isValues, depth, seed),
    ]
    return [learners.scores(y_test, what, isValues) for what in said]


def named(X):
    return pandas.DataFrame(X, columns=[f"f{index}" for index in range(X.shape[1])])


main()
