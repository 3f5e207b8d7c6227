"""Trains with default settings on every table below folders, and compares each reading with pandas'.

    scripts/tables [OPTION…] FOLDER…

    --json OUT       writes everything that was found, for a later comparison
    --against OLD    compares with such a file: which tables train now, or no longer
    --only GLOB      only files whose key matches, such as 'mwaskom/seaborn-data/*'
    --left-out FILE  the files that do not count, with their kinds (default: scripts/tabling/left-out.tsv)
    --all            prints every difference from pandas, not only the first of each kind

A file's key is its path below the folder. A folder that is named owner+name is the repository owner/name. A file counts
if pandas reads at least 20 rows and 2 columns, and if it is not in the list of left-out files.
"""

import argparse
import concurrent.futures
import fnmatch
import json
import os
import pathlib
import sys
import tempfile

import comparison
import dump
from kinds import counted, kind

SUFFIXES = {".csv", ".tsv", ".txt", ".data", ".tab", ".dat", ".psv", ".ssv", ".asc", ".test", ".train", ".all"}
KINDS = {"look-up list", "points and edges", "one column", "names beside the target", "broken file"}
LEAST_ROWS, LEAST_COLUMNS = 20, 2


def main():
    options = parsed()
    files = {key: path for folder in options.folders for key, path in tables(pathlib.Path(folder).resolve())}
    files = {key: path for key, path in sorted(files.items()) if fnmatch.fnmatch(key, options.only)}
    left_out = read_list(pathlib.Path(options.left_out))
    found = examined(options.program, files)
    for key, entry in found.items():
        entry["leftOut"] = left_out.get(key)
        entry["counts"] = is_table(entry) and key not in left_out
    report(found, options.all)
    if options.against:
        compare(json.loads(pathlib.Path(options.against).read_text())["files"], found)
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps({"files": found}, indent=1, sort_keys=True))


def parsed():
    parser = argparse.ArgumentParser(prog="scripts/tables", usage=__doc__, add_help=False)
    parser.add_argument("program")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--json")
    parser.add_argument("--against")
    parser.add_argument("--only", default="*")
    parser.add_argument("--left-out", default=pathlib.Path(__file__).parent / "left-out.tsv")
    parser.add_argument("--all", action="store_true")
    return parser.parse_args()


def tables(root):
    """The keys and paths of all tables below a folder."""
    parent = root.parent if "+" in root.name else root
    for path in sorted(root.rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.is_file():
            yield str(path.relative_to(parent)).replace("+", "/", 1), path


def read_list(path):
    """The left-out files: a key, a tab and a kind in each line; lines with # are comments."""
    rows = [line.split("\t") for line in path.read_text().splitlines() if line.strip() and line[0] != "#"]
    wrong = [row for row in rows if len(row) != 2 or row[1] not in KINDS]
    if wrong:
        sys.exit(f"{path}: {wrong[0]} is not a key, a tab and one of {', '.join(sorted(KINDS))}")
    return dict(rows)


def examined(program, files):
    """What TablesDump and pandas found in each file, by key."""
    keys = {str(path): key for key, path in files.items()}
    waiting, found = {}, {}
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        for line in dump.lines(program, keys, folder, ["--train"]):
            waiting[keys[line["file"]]] = line, pool.submit(comparison.compared, line["file"], line)
            show_progress(len(waiting), len(files))
        for key, (line, future) in waiting.items():
            try:
                theirs = future.result()
            except Exception as error:
                theirs = {"unreadable": f"comparison failed: {type(error).__name__}: {error}"}
            line.pop("values", None)
            line.pop("file")
            found[key] = {**line, "pandas": theirs}
    return found


def show_progress(done, count):
    if sys.stderr.isatty():
        print(f"\r{done} of {count} files", end="\n" if done == count else "", file=sys.stderr)


def is_table(entry):
    theirs = entry["pandas"]
    return theirs.get("rows", 0) >= LEAST_ROWS and theirs.get("columns", 0) >= LEAST_COLUMNS


def report(found, shows_all):
    tables = {key: entry for key, entry in found.items() if is_table(entry)}
    counting = {key: entry for key, entry in found.items() if entry["counts"]}
    print(f"{len(found)} files; pandas reads {len(tables)} with {LEAST_ROWS} rows and {LEAST_COLUMNS} columns or more; "
          f"{share(len(counting), len(tables))} of these count")
    section("left out of the count", counted((tables[key]["leftOut"], key) for key in tables if key not in counting))
    print(f"\ntrained: {trained(counting.values())} of those that count; "
          f"{trained(by_header(counting))} of those with different columns; {trained(found.values())} of all files")
    section("refused, of those that count", counted(errors(counting)))
    section("refused, of the others", counted(errors({k: e for k, e in found.items() if k not in counting})))
    section("decisions", counted(texts(found, "decisions")))
    section("warnings", counted(texts(found, "warnings")))
    section("files that pandas cannot read", counted(
        (kind(entry["pandas"]["unreadable"]), key) for key, entry in found.items() if "unreadable" in entry["pandas"]))
    differences(found, shows_all)


def share(part, whole):
    return f"{part} of {whole} ({100 * part / whole:.1f} %)" if whole else "0 of 0"


def trained(entries):
    entries = list(entries)
    return share(sum("error" not in entry for entry in entries), len(entries))


def by_header(found):
    """One entry for each set of columns, so that a folder of a thousand tables of one form counts once; failures first."""
    groups = {}
    for entry in sorted(found.values(), key=lambda entry: "error" not in entry):
        groups.setdefault(tuple(entry["pandas"]["names"]), entry)
    return groups.values()


def errors(found):
    return ((kind(entry["error"], names(entry)), key) for key, entry in found.items() if "error" in entry)


def texts(found, what):
    return ((text, key) for key, entry in found.items()
            for text in {kind(text, names(entry)) for text in entry.get(what, [])})


def names(entry):
    return [column["name"] for column in entry.get("columns", [])]


def section(title, rows):
    if rows:
        print(f"\n{title}:")
    for text, count, example in rows:
        print(f"{count:6}  {text[:160]}   [{example}]")


def differences(found, shows_all):
    all_of_them = [(key, difference) for key, entry in found.items()
                   for difference in entry["pandas"].get("differences", [])]
    silent = [(key, it) for key, it in all_of_them if it["kind"] in comparison.CELLS and not it["named"]]
    section("differences from pandas", counted((label(it), key) for key, it in all_of_them))
    print(f"\nsilent misreadings (cells that differ, and nothing names the column): {len(silent)} columns "
          f"in {len({key for key, _ in silent})} files")
    for key, it in silent:
        show(key, it)
    if shows_all:
        print("\nall differences:")
        for key, it in all_of_them:
            show(key, it)


def label(difference):
    said = "" if difference["column"] is None else ", said" if difference["named"] else ", not said"
    return difference["kind"] + said


def show(key, difference):
    column = f"column {json.dumps(difference['column'], ensure_ascii=False)}: " if difference["column"] is not None else ""
    cells = f", {difference['cells']} cells" if difference["cells"] else ""
    print(f"  {key}: {column}{label(difference)}{cells} {difference.get('text', '')}")
    for cell in difference.get("first", []):
        print(f"      row {cell['row']}: {cell['raw']!r} is {cell['pandas']} in pandas, {cell['ours']} here")


def compare(old, found):
    """Prints the tables that train now and did not before, and those that no longer do."""
    for title, before, now in [("train now", True, False), ("train no longer", False, True)]:
        keys = [key for key in found if key in old and ("error" in old[key], "error" in found[key]) == (before, now)]
        print(f"\n{len(keys)} {title}")
        for key in keys:
            print(f"  {key}: {(found if now else old)[key]['error'][:140]}")


if __name__ == "__main__":
    main()
