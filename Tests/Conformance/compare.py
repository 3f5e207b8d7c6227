"""Compares what one version of onnxruntime says with what okaibot said, for each folder in the arguments."""

import csv
import json
import pathlib
import re
import sys

import numpy
import onnx
import onnxruntime

# Only boosting and linear models: their probabilities go through the runtime's own exp.
TOLERANCE = 1e-6
IDENTIFIER = re.compile("[A-Za-z_][A-Za-z0-9_]*")


def main():
    failures = []
    for argument in sys.argv[1:]:
        folder = pathlib.Path(argument)
        failures += [f"{folder.name}: {failure}" for failure in compared(folder)]
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"onnxruntime {onnxruntime.__version__}: {len(sys.argv) - 1} models, {len(failures)} differences")
    sys.exit(1 if failures else 0)


def compared(folder):
    """What differs, over threads and sizes of batches."""
    model = onnx.load(folder / "model.onnx")
    onnx.checker.check_model(model)
    yield from (f"the name {name!r} is not an identifier" for name in names(model.graph) if not IDENTIFIER.fullmatch(name))
    about = {entry.key: entry.value for entry in model.metadata_props}
    with open(folder / "said.csv", newline="") as file:
        header, *said = list(csv.reader(file))
    inputs = table(folder / "rows.csv", about)
    columns = json.loads(about.get("okai.inputs", "{}"))
    if any(columns.get(value.name, value.doc_string) != value.doc_string for value in model.graph.input):
        yield "the documentation of inputs names other columns than the metadata"
    for threads in [1, 2]:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        for batch in [1, 33, len(said)]:
            outputs = run(session, inputs, batch, len(said))
            for failure in differences(outputs, header, said, about["okai.format"]):
                yield f"{failure} ({threads} threads, batches of {batch})"


def names(graph):
    """All names in a graph."""
    yield graph.name
    for node in graph.node:
        yield from [node.name, *node.input, *node.output]
    for value in [*graph.initializer, *graph.input, *graph.output]:
        yield value.name


def table(path, about):
    """The inputs by name: one matrix, or a column each where one is text."""
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    features, texts = json.loads(about["okai.features"]), json.loads(about.get("okai.categories", "{}"))

    def column(name):
        cells = [row[name] for row in rows]
        if name in texts:
            return numpy.array(cells, dtype=object).reshape(-1, 1)
        # Through 64 bits, as everybody reads a CSV.
        numbers = numpy.array([float(cell) if cell else numpy.nan for cell in cells])
        return numbers.astype(numpy.float32).reshape(-1, 1)

    if texts:
        return {name: column(of) for name, of in json.loads(about["okai.inputs"]).items()}
    return {"X": numpy.hstack([column(name) for name in features])}


def run(session, inputs, batch, rows):
    """All outputs, put together from batches; of many small ones, only the first are tried."""
    most = rows if batch > 1 else 20
    parts = [
        session.run(None, {name: values[start : start + batch] for name, values in inputs.items()})
        for start in range(0, most, batch)
    ]
    return [numpy.concatenate(column) for column in zip(*parts)]


def differences(outputs, header, said, kind):
    said = said[: len(outputs[0])]
    if len(header) == 1:
        theirs, ours = outputs[0].ravel(), numpy.array([row[0] for row in said]).astype(numpy.float32)
        yield from different("values", theirs, ours, exact=kind != "linear")
        return
    labels = [str(label) for label in outputs[0]]
    wrong = sum(label != row[0] for label, row in zip(labels, said))
    if wrong:
        yield f"{wrong} labels of {len(said)} differ"
    ours = numpy.array([row[1:] for row in said]).astype(numpy.float32)
    yield from different("probabilities", outputs[1], ours, exact=kind == "forest-classifier")


def different(what, theirs, ours, exact):
    assert theirs.dtype == numpy.float32 and theirs.shape == ours.shape
    if exact:
        count = int((theirs.view(numpy.uint32) != ours.view(numpy.uint32)).sum())
        if count:
            yield f"{count} of {ours.size} {what} have other bits"
    elif not numpy.allclose(theirs, ours, rtol=TOLERANCE, atol=TOLERANCE):
        yield f"{what} differ by up to {numpy.abs(theirs - ours).max()}"


main()
