"""Compares how TablesDump read a table with how pandas reads it, column by column and cell by cell."""

import json
import pathlib
import re

import numpy
import pandas

import reading

# What TablesDump and pandas may both mean by a missing cell of the target, beside pandas' own words.
MISSING = {"", "?", "-", ".", "--", "na", "nan", "n/a", "#na", "nat", "null", "none", "#n/a", "<na>", "-nan", "unknown"}
# Features are 32-bit floats.
TOLERANCE = 2e-7
SHOWN = 3
# Differences of cells; of these, no one may be without a decision or warning that names the column.
CELLS = {"another number", "a number here only", "a number in pandas only", "another date"}
# What a decision may say of a column without a word on how its cells were read.
ASIDE = re.compile("missing values?$|categor|is constant|determines? the target|only rises|the target is")


def compared(path, line):
    """What pandas makes of the file, and every difference between that and `line`."""
    try:
        data = pathlib.Path(path).read_bytes()
        usual = reading.dialect(data)
        table = reading.frame(data, usual)
        result = {"rows": len(table), "columns": table.shape[1], "names": [str(name) for name in table.columns],
                  "separator": usual.separator, "encoding": usual.encoding,
                  "skipped": usual.skipped}
    except reading.Unreadable as error:
        return {"unreadable": str(error)}
    finally:
        values = ColumnValues(line) if "values" in line else None
    if values:
        try:
            result["differences"] = list(differences(data, usual, line, values))
        except reading.Unreadable as error:
            result["differences"] = [table_difference("pandas fails with this dialect", str(error))]
    return result


class ColumnValues:
    """The columns that TablesDump wrote beside a line; the file is removed after."""

    def __init__(self, line):
        path = pathlib.Path(line["values"])
        with path.open("rb") as file:
            header = json.loads(file.readline())
            numbers = numpy.fromfile(file, "<f8").reshape(len(header["columns"]), header["rows"])
        path.unlink()
        self.rows = header["rows"]
        self.columns = {
            column["name"]: (column.get("labels"), values) for column, values in zip(header["columns"], numbers)
        }


def differences(data, usual, line, values):
    dialect = dialect_of(line, usual)
    table = reading.frame(data, dialect)
    raw = reading.frame(data, dialect, dtype=str, keep_default_na=False).fillna("")
    if len(raw) != len(table):
        yield table_difference("pandas' rows differ with dtype=str", f"{len(raw)} and {len(table)}")
        return
    if dialect.separator != usual.separator:
        yield table_difference("another separator", f"{dialect.separator!r} here, {usual.separator!r} by a guess")
    yield from header_difference(data, dialect)
    columns = line["columns"]
    if len(columns) == table.shape[1]:
        places = dict(enumerate(columns))
        if dialect.header:
            yield from name_differences(columns, table)
    else:
        yield table_difference("another number of columns", f"{len(columns)} here, {table.shape[1]} in pandas")
        names = [str(name).strip() for name in table.columns]
        places = {names.index(column["name"]): column for column in columns if column["name"] in names}
    rows = shared_rows(line, values, table, raw, places)
    if rows is None:
        yield table_difference("another number of rows", f"{values.rows} here, {len(table)} in pandas")
        return
    table, raw = table[rows], raw[rows]
    for place, column in places.items():
        for found in column_differences(column, values, table.iloc[:, place], raw.iloc[:, place]):
            said = (text for text in line["decisions"] + line["warnings"]
                    if found["kind"] not in CELLS or found["kind"] == "a number in pandas only" or not ASIDE.search(text))
            yield {"column": column["name"], "named": is_named(column["name"], said), **found}


def table_difference(kind, text):
    return {"column": None, "kind": kind, "text": text, "named": False, "cells": 0}


def dialect_of(line, usual):
    """The dialect that TablesDump found, or else the one that a decision names."""
    found, said = line.get("dialect") or {}, " ".join(line["decisions"])
    separator = found.get("separator") or next(
        (mark for word, mark in [("tab", "\t"), ("semicolon", ";"), ("bar", "|"), ("blank", reading.BLANKS),
                                 ("space", reading.BLANKS)]
         if re.search(rf"fields are separated by \w*\s?{word}", said)),
        usual.separator,
    )
    return reading.Dialect(
        found.get("encoding") or usual.encoding,
        separator,
        found.get("skipped", usual.skipped if separator == usual.separator else 0),
        found.get("header", "no header" not in said),
        found.get("decimal", "," if "decimal comma" in said else "."),
        found.get("quote") or ("'" if "quoted with '" in said else '"'),
    )


def header_difference(data, dialect):
    """Whether the columns' numbers contradict the reading of the first line."""
    lines = reading.Dialect(**{**vars(dialect), "header": False})
    try:
        evidence = reading.has_header(reading.frame(data, lines, dtype=str, keep_default_na=False).fillna(""))
    except reading.Unreadable:
        return
    if evidence is not None and evidence != dialect.header:
        here = "a header" if dialect.header else "no header"
        yield table_difference("the header", f"{here} here, the columns of numbers say otherwise")


def name_differences(columns, table):
    for column, name in zip(columns, table.columns):
        if column["name"] != str(name).strip().strip("'"):
            yield table_difference("another name", f"{column['name']!r} here, {str(name)!r} in pandas")


def shared_rows(line, values, table, raw, places):
    """A mask of pandas' rows that TablesDump kept; None if it cannot be told."""
    if "leftOutRows" in line:
        mask = numpy.ones(len(table), bool)
        mask[line["leftOutRows"]] = False
        return mask if mask.sum() == values.rows else None
    if values.rows == len(table):
        return numpy.ones(len(table), bool)
    target = next((place for place, column in places.items() if column["name"] == line["target"]), None)
    if target is None:
        return None
    text, read = raw.iloc[:, target].str.strip(), table.iloc[:, target]
    number = pandas.to_numeric(read, errors="coerce")
    for mask in (text != "", ~text.str.lower().isin(MISSING), read.notna(), number.notna()):
        if mask.sum() == values.rows:
            return mask.to_numpy()
    return None


def column_differences(column, values, read, raw):
    """The differences between a column here and in pandas: `read` as pandas reads it, `raw` as texts."""
    theirs = numbers(read)
    is_number = not numpy.isnan(theirs).all() and numpy.isnan(theirs).sum() == read.isna().sum()
    if column["name"] not in values.columns:
        if column.get("use") == "leftOut" and not read.isna().all():
            yield {"kind": "left out here", "cells": 0, "text": column.get("why", "")}
        return
    labels, ours = values.columns[column["name"]]
    texts = raw.str.strip().str.strip("'\"").str.strip()
    if column.get("kind") == "date":
        yield from cells("another date", ~same(ours, seconds(texts, column)), raw, read, ours)
    elif labels is None:
        yield from number_differences(ours, theirs, texts, raw, read)
    else:
        label = numpy.array([*labels, None], object)[numpy.where(numpy.isnan(ours), -1, ours).astype(int)]
        if is_number and column.get("use") != "target":
            yield {"kind": "a category here, a number in pandas", "cells": len(read)}
        missing = numpy.isnan(ours)
        blank = (texts == "").to_numpy()
        yield from cells("missing in pandas only", ~missing & read.isna().to_numpy() & ~blank, raw, read, label)
        yield from cells("blank, but a category here", ~missing & blank, raw, read, label)
        yield from cells("missing here only", missing & read.notna().to_numpy(), raw, read, label)
        yield from cells("another text", ~missing & ~blank & (folded(texts) != folded(label)), raw, read, label)


def number_differences(ours, theirs, texts, raw, read):
    here, there = ~numpy.isnan(ours), ~numpy.isnan(theirs)
    blank = texts.str.lower().isin(MISSING).to_numpy()
    yield from cells("another number", here & there & ~same(ours, theirs), raw, read, ours)
    yield from cells("a number in pandas only", ~here & there, raw, read, ours)
    yield from cells("a number here only", here & ~there & ~blank, raw, read, ours)
    yield from cells("blank, but a number here", here & ~there & blank, raw, read, ours)
    yield from cells("a text in pandas, missing here", ~here & ~there & read.notna().to_numpy(), raw, read, ours)


def numbers(read):
    """A column of pandas as 64-bit floats; texts and infinities are NaN."""
    values = pandas.to_numeric(read, errors="coerce").astype("float64").to_numpy(copy=True)
    values[numpy.isinf(values)] = numpy.nan
    return values


def seconds(texts, column):
    """Dates as seconds since 1970."""
    dates = pandas.to_datetime(
        texts, format="mixed", errors="coerce", utc=True, dayfirst=bool(column.get("dayFirst", False))
    )
    return (dates - pandas.Timestamp(0, tz="utc")).dt.total_seconds().to_numpy()


def same(ours, theirs):
    with numpy.errstate(invalid="ignore", over="ignore"):
        near = numpy.abs(ours - theirs) <= TOLERANCE * numpy.abs(theirs) + 1e-37
    return near | (numpy.isnan(ours) & numpy.isnan(theirs))


def folded(texts):
    """Texts as they are compared: without regard to blanks and to doubled quotes."""
    series = pandas.Series(numpy.asarray(texts, object)).fillna("").astype(str)
    return series.str.replace(r"[\s\"']+", " ", regex=True).str.strip().to_numpy(object)


def cells(kind, mask, raw, read, ours):
    mask = numpy.asarray(mask)
    if mask.any():
        first = numpy.flatnonzero(mask)[:SHOWN]
        yield {
            "kind": kind,
            "cells": int(mask.sum()),
            "first": [
                {"row": int(raw.index[row]) if isinstance(raw.index, pandas.RangeIndex) else int(row),
                 "raw": str(raw.iloc[row])[:60], "pandas": str(read.iloc[row])[:60], "ours": str(ours[row])[:60]}
                for row in first
            ],
        }


def is_named(name, texts):
    """Whether a decision or warning names the column: in quotes, cut after 79 characters, or as a word of its own."""
    name = " ".join(name.splitlines())
    name = name if len(name) <= 80 else name[:79] + "…"
    word = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-])")
    return any(f'"{name}"' in text or len(name) > 2 and word.search(text) for text in texts)
