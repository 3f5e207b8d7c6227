"""Trains this project's models and those of other libraries, and scores what they say of held-out rows.

Each function takes training rows and returns its prediction of the test rows: a value for each, or a share for each class.
"""

import csv
import pathlib
import subprocess
import tempfile

import numpy
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.metrics import accuracy_score, log_loss, r2_score, roc_auc_score


class Refusal(Exception):
    """okaibot refused a table; the text is the last line that it said."""


def ours(okaibot, train, y, test, isValues, settings, seed):
    """What okaibot says of `test` when it learnt from `train`, both data frames that it reads as CSV files.

    Classes are whole numbers from 0 on.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        train.assign(target=y).to_csv(folder / "train.csv", index=False)
        test.to_csv(folder / "test.csv", index=False)
        task = "task=regression" if isValues else "task=classification"
        options = ["target=target", task, f"seed={seed}", "test=0", *settings, "--out", folder]
        run(okaibot, "train", folder / "train.csv", *options)
        names, *rows = csv.reader(run(okaibot, "predict", folder / "model.onnx", folder / "test.csv").splitlines())
    if isValues:
        return numpy.array([float(row[0]) for row in rows])
    shares = numpy.zeros((len(rows), int(y.max()) + 1))
    shares[:, [int(name) for name in names[1:]]] = [list(map(float, row[1:])) for row in rows]
    return shares


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise Refusal((done.stderr.strip() or "no reason given").splitlines()[-1])
    return done.stdout


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


def histogram_boosting(X, y, X_test, isValues, categories, seed):
    """scikit-learn's HistGradientBoosting; `categories` marks the columns whose codes have no order, None: none.

    It does not stop early, which it would by default for more than 10,000 rows: ours does not either.
    """
    settings = dict(
        max_iter=100, learning_rate=0.1, max_leaf_nodes=31, min_samples_leaf=20, early_stopping=False,
        categorical_features=categories, random_state=seed,
    )
    if isValues:
        return HistGradientBoostingRegressor(**settings).fit(X, y).predict(X_test)
    return HistGradientBoostingClassifier(**settings).fit(X, y).predict_proba(X_test)


def scores(truth, said, isValues):
    if isValues:
        return {"R2": r2_score(truth, said)}
    clipped = numpy.clip(said, 1e-15, 1)
    return {
        "accuracy": accuracy_score(truth, said.argmax(1)),
        "log loss": log_loss(truth, clipped / clipped.sum(1, keepdims=True), labels=range(said.shape[1])),
    }


def score(kind, truth, said):
    """One score: `R2` of values, `AUC` of two classes, `accuracy`."""
    if kind == "AUC":
        return roc_auc_score(truth, said[:, 1])
    return r2_score(truth, said) if kind == "R2" else accuracy_score(truth, said.argmax(1))
