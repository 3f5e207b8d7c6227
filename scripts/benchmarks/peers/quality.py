"""Prints scores of ours and of other libraries over seeds and splits, a line for each table and learner.

usage: quality.py OKAIBOT SEEDS [TABLE...]
"""

import csv
import pathlib
import statistics
import subprocess
import sys
import tempfile

import numpy
from sklearn import datasets
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.metrics import accuracy_score, log_loss, r2_score
from sklearn.model_selection import train_test_split

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
    "forest, depth 5": (["depth=5"], "sklearn", 5),
    "forest, unlimited": (["depth=none"], "sklearn", None),
    "boosting": (["model=boost"], "lightgbm", None),
}


def clouds(counts, spread):
    """A cloud of points for each class; `counts` has the number of rows of each."""
    draw = numpy.random.default_rng(1)
    classes = numpy.repeat(numpy.arange(len(counts)), counts)
    return draw.normal(size=(len(counts), 8))[classes] * 2 + draw.normal(size=(len(classes), 8)) * spread, classes


def main():
    okaibot, seeds = sys.argv[1], range(int(sys.argv[2]))
    print(f"{'table':14} {'learner':18} {'score':9} {'ours':>17} {'theirs':>17} {'standard errors':>16}")
    for name in sys.argv[3:] or TABLES:
        X, y = (TABLES | LARGE)[name]()
        X = X.astype(numpy.float32)
        isValues = y.dtype.kind == "f"
        for way, (settings, library, depth) in WAYS.items():
            pairs = [compared(okaibot, X, y, isValues, settings, library, depth, seed) for seed in seeds]
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


def compared(okaibot, X, y, isValues, settings, library, depth, seed):
    split = train_test_split(X, y, test_size=0.2, random_state=seed, stratify=None if isValues else y)
    X_train, X_test, y_train, y_test = split
    said = [ours(okaibot, X_train, y_train, X_test, isValues, settings, seed)]
    fit = lightgbm if library == "lightgbm" else forest
    said.append(fit(X_train, y_train, X_test, isValues, depth, seed))
    return [scores(y_test, what, isValues) for what in said]


def scores(truth, said, isValues):
    if isValues:
        return {"R2": r2_score(truth, said)}
    clipped = numpy.clip(said, 1e-15, 1)
    return {
        "accuracy": accuracy_score(truth, said.argmax(1)),
        "log loss": log_loss(truth, clipped / clipped.sum(1, keepdims=True), labels=range(said.shape[1])),
    }


def ours(okaibot, X, y, X_test, isValues, settings, seed):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write(folder / "train.csv", X, y)
        write(folder / "test.csv", X_test)
        task = "task=regression" if isValues else "task=classification"
        train = [okaibot, "train", folder / "train.csv", "target=y", task, f"seed={seed}", "test=0", *settings]
        subprocess.run([*train, "--out", folder], check=True, capture_output=True)
        predict = [okaibot, "predict", folder / "model.onnx", folder / "test.csv"]
        said = subprocess.run(predict, check=True, capture_output=True, text=True).stdout
    rows = list(csv.reader(said.splitlines()))[1:]
    return numpy.array([float(row[0]) if isValues else list(map(float, row[1:])) for row in rows])


def write(path, X, y=None):
    with open(path, "w") as file:
        file.write(",".join(f"f{index}" for index in range(X.shape[1])) + ("" if y is None else ",y") + "\n")
        for index, row in enumerate(X):
            file.write(",".join(map(repr, row.tolist())) + ("" if y is None else f",{y[index]!s}") + "\n")


def forest(X, y, X_test, isValues, depth, seed):
    settings = dict(n_estimators=100, max_depth=depth, random_state=seed, n_jobs=2)
    if isValues:
        return RandomForestRegressor(**settings).fit(X, y).predict(X_test)
    return RandomForestClassifier(**settings).fit(X, y).predict_proba(X_test)


def lightgbm(X, y, X_test, isValues, depth, seed):
    import lightgbm

    classes = 0 if isValues else len(set(y))
    objective = "regression" if isValues else "binary" if classes == 2 else "multiclass"
    settings = dict(
        objective=objective, learning_rate=0.1, num_leaves=31, min_data_in_leaf=20, max_bin=255, seed=seed, verbose=-1,
        num_threads=2, **(dict(num_class=classes) if classes > 2 else {}),
    )
    said = lightgbm.train(settings, lightgbm.Dataset(X, y), 100).predict(X_test)
    return numpy.stack([1 - said, said], 1) if classes == 2 else said


main()
