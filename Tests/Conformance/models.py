"""Shows that models say the same in onnxruntime as in `okaibot predict`: same labels, and for forests the same bits.

That a training gives the same model where the C library's functions have other last bits. And that the training command
of docs/own-training, a script for scikit-learn, trains as a command of the owner's own.

usage: models.py PRODUCTS CACHE. PRODUCTS is the folder of okaibot; CACHE keeps what is installed from PyPI.
Exits with 77 where nothing can be installed.
"""

import csv
import os
import pathlib
import random
import subprocess
import sys
import tempfile

from packages import installed

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
IRIS = ROOT / "Tests" / "OKAIBotTests" / "Data" / "iris.csv"
# The oldest that was tried, one with a bug of its own about two classes, and what is newest today.
RUNTIMES = ["onnxruntime==1.22.1", "onnxruntime==1.26.0", "onnxruntime"]
# What the C library computes on a processor without these has other last bits.
OTHER_PROCESSOR = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2,-FMA4"}
ROWS = 300
SEED = 5


def main():
    products, cache = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    folders = [installed(cache, runtime, "onnx", "numpy") for runtime in RUNTIMES]
    with tempfile.TemporaryDirectory() as folder:
        cases = [made(products, pathlib.Path(folder), *case) for case in all_cases()]
        for runtime in folders:
            environment = os.environ | {"PYTHONPATH": str(runtime)}
            subprocess.run([sys.executable, HERE / "compare.py", *cases], env=environment, check=True)
        own_command(products, installed(cache, "scikit-learn", "onnx", "numpy"), pathlib.Path(folder))


def own_command(products, learner, folder):
    """Iris, by the script in docs/own-training."""
    wrapper = folder / "iris"
    wrapper.write_text(f"#!/bin/sh\nPYTHONPATH={learner} PYTHON={sys.executable} exec {ROOT}/docs/own-training/train-iris \"$@\"\n")
    wrapper.chmod(0o755)
    command = [products / "okaibot", "train", IRIS, "command=iris", "--out", folder / "own"]
    said = subprocess.run(command, env=os.environ | {"OKAI_COMMANDS": f"iris={wrapper}"}, capture_output=True, text=True)
    accuracy = float(said.stdout.split()[1]) if said.stdout.startswith("accuracy ") else 0
    if said.returncode != 0 or accuracy < 0.8 or not (folder / "own" / "model.pkl").exists():
        sys.exit(f"the training command of docs/own-training failed: {said.stdout}{said.stderr}")
    print(f"scikit-learn as a training command: accuracy {accuracy:.3f}")


def all_cases():
    """Name, settings, and how the table is made."""
    for model in ["forest", "boost", "linear"]:
        settings = [f"model={model}"] + ([] if model == "linear" else ["trees=37"])
        yield f"{model} of two classes", settings, dict(classes=["no", "yes"])
        yield f"{model} of three classes", settings, dict(classes=["3", "11", "200"])
        yield f"{model} of values", settings, dict()
        yield f"{model} with gaps", settings, dict(classes=["a", "b", "c", "d"], gaps=0.15)
        yield f"{model} of values with gaps", settings, dict(gaps=0.15)
        yield f"{model} with text", settings, dict(classes=["a", "b"], gaps=0.1, text=True)
        yield f"{model} of values with text", settings, dict(text=True)
    # Few rows make trees of a single leaf, and many small trees numbers of splits and leaves that meet.
    for seed in range(6):
        yield f"small boost of two classes {seed}", ["model=boost", "trees=200", "test=0"], dict(classes=["no", "yes"], rows=60, seed=seed)
        yield f"small boost of three classes {seed}", ["model=boost", "trees=200", "leaf=8"], dict(classes=["a", "b", "c"], rows=60, seed=seed)
        yield f"small boost of values {seed}", ["model=boost", "trees=200", "rows=0.5", "test=0"], dict(rows=60, seed=seed)
        yield f"small forest of values {seed}", ["test=0", "leaf=20", f"seed={seed}"], dict(rows=60, seed=seed)
    yield "deep forest of two classes", ["trees=300", "depth=none"], dict(classes=["no", "yes"])
    yield "forest of forty classes", ["trees=10", "depth=none"], dict(classes=[f"k{i}" for i in range(40)])
    yield "one tree of values", ["trees=1", "depth=none", "features=all"], dict()
    # Names that the graph has itself or that are no identifiers, and classes and categories that only look alike.
    awkward = [
        ["X", "okai_base", "value", "label", "label_2"],
        ["a b", "a_b", "a-b", "1st", "okai_code_4"],
        ["\u5e74\u9f84", "\u6027\u522b", 'gr\u00f6\u00dfe "in" m', "/votes", "_1st"],
    ]
    for model in ["forest", "boost", "linear"]:
        for number, names in enumerate(awkward):
            yield f"{model} with awkward names {number}", [f"model={model}"], dict(
                classes=["caf\u00e9", "\u0441af\u00e9"], text=True, names=names
            )
    yield "forest of rare classes", ["weights=balanced", "leaf=3"], dict(classes=["a", "b", "b", "b", "b", "b"])


def made(products, folder, name, settings, table):
    """A folder with a model, a table and what okaibot says of it."""
    place = folder / name.replace(" ", "-")
    place.mkdir()
    seed = table.get("seed", SEED)
    write(place / "train.csv", random.Random(seed), table)
    write(place / "rows.csv", random.Random(seed + 1), table)
    train(products, place, settings, place)
    train(products, place, settings, place / "again", OTHER_PROCESSOR)
    if (place / "model.onnx").read_bytes() != (place / "again" / "model.onnx").read_bytes():
        sys.exit(f"{name}: another processor gives another model")
    said = subprocess.run(
        [products / "okaibot", "predict", place / "model.onnx", place / "rows.csv"],
        check=True,
        capture_output=True,
        text=True,
    )
    (place / "said.csv").write_text(said.stdout)
    return place


def train(products, place, settings, out, environment={}):
    command = [products / "okaibot", "train", place / "train.csv", "target=target", *settings, "--out", out]
    quiet = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    subprocess.run(command, check=True, env=os.environ | environment, **quiet)


def write(path, draw, table):
    """Four numbers, one of few values, perhaps a text, and a target that depends on them."""
    gaps, classes = table.get("gaps", 0), table.get("classes")
    with open(path, "w", newline="") as file:
        rows = csv.writer(file)
        names = table.get("names", ["a", "b", "c", "d", "colour"])
        rows.writerow(names[:4] + (names[4:] if "text" in table else []) + ["target"])
        for _ in range(table.get("rows", ROWS)):
            numbers = [draw.gauss(0, 1), draw.expovariate(0.01), draw.random() * 1e-4, draw.randrange(5)]
            colour = draw.choice(["red", "green", "blue", "ultra, violet", "caf\u00e9", "cafe\u0301"])
            score = numbers[0] * 2 + numbers[1] / 50 + numbers[3] - len(colour) + draw.gauss(0, 0.5)
            target = classes[int(abs(score)) % len(classes)] if classes else repr(score * 1000)
            cells = [repr(number) for number in numbers] + ([colour] if "text" in table else [])
            rows.writerow(["" if draw.random() < gaps else cell for cell in cells] + [target])


main()
