"""Makes the tables of the benchmarks: each as FOLDER/NAME.csv, and as arrays in FOLDER/NAME.npz.

usage: tables.py FOLDER NAME...
"""

import pathlib
import sys

import numpy
import pyarrow
import pyarrow.csv
from sklearn import datasets


def mc200k():
    return datasets.make_classification(200_000, 30, n_informative=15, n_classes=5, random_state=0)


def friedman200k():
    return datasets.make_friedman1(200_000, 10, noise=1.0, random_state=0)


def higgs1m():
    """21 features like a detector's, some heavy-tailed and some with four values; 7 derived from them; a noisy class."""
    draw, rows = numpy.random.default_rng(7), 1_000_000
    low = numpy.empty((rows, 21), numpy.float32)
    for column in range(21):
        if column in (8, 12, 16, 20):
            values = numpy.array([0, 1.0865, 2.1731, 2.5482], numpy.float32)
            low[:, column] = draw.choice(values, rows, p=[0.5, 0.1, 0.3, 0.1])
        elif column % 3 == 0:
            low[:, column] = draw.gamma(2.5, 0.4, rows)
        else:
            low[:, column] = draw.normal(0, 1, rows)
    high = numpy.empty((rows, 7), numpy.float32)
    for column in range(7):
        a, b, c = (low[:, (3 * column + offset) % 21] for offset in range(3))
        high[:, column] = numpy.sqrt(numpy.abs(a * a + 0.5 * b * c)) + 0.15 * draw.normal(0, 1, rows)
    score = (
        1.1 * numpy.sin(1.7 * high[:, 0]) + 0.9 * high[:, 1] * low[:, 4] - 0.8 * numpy.tanh(high[:, 2] * low[:, 7])
        + 0.7 * low[:, 0] * low[:, 1] - 0.5 * high[:, 5] ** 2 + 0.6 * low[:, 20] + 0.4 * low[:, 10] * low[:, 13]
    )
    score = (score - score.mean()) / score.std()
    return numpy.hstack([low, high]), (score * 1.6 + draw.logistic(0, 1, rows) > 0).astype(int)


def make(folder, name):
    X, y = globals()[name]()
    X = numpy.ascontiguousarray(X, numpy.float32)
    numpy.savez(folder / f"{name}.npz", X=X, y=y)
    columns = {f"f{index}": X[:, index] for index in range(X.shape[1])} | {"target": y}
    pyarrow.csv.write_csv(pyarrow.table(columns), folder / f"{name}.csv")


if __name__ == "__main__":
    for name in sys.argv[2:]:
        if not pathlib.Path(sys.argv[1], f"{name}.csv").exists():
            make(pathlib.Path(sys.argv[1]), name)
