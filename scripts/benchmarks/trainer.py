"""Measures time, memory and scores of forests and boosting, and the prediction of a forest.

    scripts/bench trainer [--peers] [--rounds=N] [WORK...]

WORK is the beginning of the names of WORKS to run. Tables are made in .build/bench-data. Our wall times are those of
training with binning and the out-of-bag score, as `okaibot train` reports them; CPU times are those of the whole process,
less those of one that trains a tree with one split. With --peers, other libraries do the same work in turn with ours, each
in its own process, on as many threads; their times are those of `fit` on a matrix in memory. Ratios are medians over
rounds, theirs to ours.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import peers

DATA = pathlib.Path(".build/bench-data").resolve()
THREADS = os.cpu_count()
# Name, table, our settings, the libraries to compare with, trees, depth.
WORKS = [
    ("forest, depth 5", "mc200k", ["trees=100", "depth=5"], ["sklearn", "onedal"], 100, 5),
    ("forest, unlimited", "mc200k", ["trees=100", "depth=none"], ["sklearn", "onedal"], 100, "none"),
    ("forest of a million rows, depth 5", "higgs1m", ["trees=20", "depth=5"], ["sklearn", "onedal"], 20, 5),
    ("boosting of a million rows", "higgs1m", ["model=boost", "trees=100"], ["lightgbm"], 100, "none"),
]


def main():
    okaibot = pathlib.Path(sys.argv[1]).resolve() / "okaibot"
    options = [argument for argument in sys.argv[2:] if argument.startswith("--")]
    chosen = [argument for argument in sys.argv[2:] if not argument.startswith("--")] or [""]
    rounds = next((int(option[9:]) for option in options if option.startswith("--rounds=")), 3)
    DATA.mkdir(parents=True, exist_ok=True)
    for name, table, settings, others, trees, depth in WORKS:
        if any(name.startswith(start) for start in chosen):
            peers.run("tables.py", DATA, table)
            others = others if "--peers" in options else []
            compare(okaibot, name, table, settings, others, trees, depth, rounds)
    if any("prediction".startswith(start) for start in chosen):
        prediction(okaibot, "--peers" in options, rounds)


def compare(okaibot, name, table, settings, others, trees, depth, rounds):
    """Runs ours on all cores, ours on one core, and the other libraries, in turn."""
    results = {"ours": [], "ours, one core": []} | {other: [] for other in others}
    for _ in range(rounds):
        results["ours"].append(ours(okaibot, table, settings))
        results["ours, one core"].append(ours(okaibot, table, settings, cores={0}))
        for other in others:
            output = peers.run("fit.py", DATA, table, other, trees, depth, THREADS)
            results[other].append(json.loads(output.splitlines()[-1]))
    print(f"\n{name}: {table}, {' '.join(settings)}, {THREADS} threads, {rounds} rounds")
    print(f"{'':16} {'wall s':>8} {'CPU s':>8} {'MiB':>6} {'accuracy':>9} {'log loss':>9} {'AUC':>8} {'wall':>7} {'CPU':>6}")
    for who, fits in results.items():
        middle = {key: statistics.median(fit[key] for fit in fits) for key in fits[0]}
        wall, cpu = (
            statistics.median(fit[key] / own[key] for fit, own in zip(fits, results["ours"])) for key in ["wall", "cpu"]
        )
        print(
            f"{who:16} {middle['wall']:8.3f} {middle['cpu']:8.2f} {middle['memory']:6.0f} {middle['accuracy']:9.4f} "
            f"{middle['log loss']:9.4f} {middle['AUC']:8.5f} {wall:6.2f}x {cpu:5.2f}x",
            flush=True,
        )


def ours(okaibot, table, settings, cores=None):
    """One training. Its CPU time is that beyond a training of one tree with one split."""
    idle, _, _ = train(okaibot, table, ["trees=1", "depth=1"], cores)
    cpu, memory, report = train(okaibot, table, settings, cores)
    scores = report["classification"]
    return {
        "wall": report["cost"]["fit"],
        "cpu": max(cpu - idle, 1e-3),
        "memory": memory,
        "accuracy": scores["accuracy"],
        "log loss": scores["logLoss"],
        "AUC": scores["rocAUC"],
    }


def train(okaibot, table, settings, cores=None):
    out = DATA / "out"
    command = [okaibot, "train", DATA / f"{table}.csv", *settings, "--out", out]
    cpu, memory = measured(command, cores)[1:]
    return cpu, memory, json.loads((out / "report.json").read_text())


ONNXRUNTIME = """
import json, sys, time
import numpy, onnxruntime
model, table, threads = sys.argv[1:4]
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = int(threads)
session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
rows = {"X": numpy.load(table)["X"]}
session.run(None, {"X": rows["X"][:1000]})
wall, cpu = time.perf_counter(), time.process_time()
session.run(None, rows)
print(json.dumps([time.perf_counter() - wall, time.process_time() - cpu]))
"""


def prediction(okaibot, hasPeers, rounds):
    """A forest of 100 trees on a million rows: the time beyond that of one tree, which excludes reading and printing."""
    peers.run("tables.py", DATA, "higgs1m")
    models = {}
    for trees in [1, 100]:
        train(okaibot, "higgs1m", [f"trees={trees}", "depth=5"])
        models[trees] = DATA / f"forest-{trees}.onnx"
        (DATA / "out" / "model.onnx").rename(models[trees])
    own, their = [], []
    for _ in range(rounds):
        wall, cpu = zip(*(measured([okaibot, "predict", models[n], DATA / "higgs1m.csv"])[:2] for n in [1, 100]))
        own.append((wall[1] - wall[0], cpu[1] - cpu[0]))
        if hasPeers:
            command = [peers.python(), "-c", ONNXRUNTIME, models[100], DATA / "higgs1m.npz", str(THREADS)]
            their.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
    print(f"\nprediction: higgs1m, 100 trees of depth 5, {THREADS} threads, {rounds} rounds")
    for who, times in [("ours", own), ("onnxruntime", their)]:
        if times:
            wall, cpu = (statistics.median(values) for values in zip(*times))
            print(f"{who:16} wall {wall:7.3f} s   CPU {cpu:7.3f} s")


def measured(command, cores=None):
    """Seconds of wall time, seconds of CPU time, and peak memory in MiB."""
    start = time.monotonic()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=(lambda: os.sched_setaffinity(0, cores)) if cores else None,
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(map(str, command))} failed")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


main()
