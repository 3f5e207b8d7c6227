"""Fits one model of one library in a process of its own; prints seconds, memory and scores as a line of JSON.

usage: fit.py FOLDER TABLE sklearn|onedal|lightgbm TREES DEPTH|none THREADS
"""

import json
import os
import resource
import sys
import time

folder, table, library, trees, depth, threads = sys.argv[1:7]
for variable in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]:
    os.environ[variable] = threads
os.environ["OMP_WAIT_POLICY"] = "PASSIVE"  # else waiting threads occupy the cores

import numpy
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import train_test_split

trees, threads = int(trees), int(threads)


def forest():
    """Fits a forest, and returns its function that predicts class probabilities."""
    if library == "onedal":
        import logging

        logging.disable(logging.CRITICAL)
        from sklearnex.ensemble import RandomForestClassifier

        more = dict(max_bins=256, min_bin_size=1)
    else:
        from sklearn.ensemble import RandomForestClassifier

        more = {}
    limit = None if depth == "none" else int(depth)
    model = RandomForestClassifier(
        trees, max_depth=limit, max_features="sqrt", n_jobs=threads, random_state=42, **more
    )
    return model.fit(X_train, y_train).predict_proba


def lightgbm():
    import lightgbm

    settings = dict(
        objective="binary", learning_rate=0.1, num_leaves=31, min_data_in_leaf=20, lambda_l2=0, max_bin=255,
        num_threads=threads, seed=42, verbose=-1,
    )
    model = lightgbm.train(settings, lightgbm.Dataset(X_train, y_train), trees)
    return lambda rows: numpy.stack([1 - model.predict(rows), model.predict(rows)], 1)


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


with numpy.load(f"{folder}/{table}.npz") as arrays:
    X, y = arrays["X"], arrays["y"]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42, stratify=y)
del X
before, wall = cpu(), time.perf_counter()
predict = lightgbm() if library == "lightgbm" else forest()
result = dict(wall=time.perf_counter() - wall, cpu=cpu() - before)
result["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
shares = predict(X_test)
result["accuracy"] = float((shares.argmax(1) == y_test).mean())
result["log loss"] = float(log_loss(y_test, numpy.clip(shares, 1e-15, 1)))
result["AUC"] = float(roc_auc_score(y_test, shares[:, 1] if shares.shape[1] == 2 else shares, multi_class="ovr"))
print(json.dumps(result))
