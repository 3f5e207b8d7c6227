"""Reads a table with pandas as a person would: tries encodings, separators and lines to skip."""

import csv
import dataclasses
import io
import re
import warnings

import pandas

BLANKS = r"\s+"
# In the order of preference if rows are equally regular: "1,5;2,3" has two fields, not three.
SEPARATORS = ["\t", ";", "|", ","]
SAMPLE_LINES = 300
MOST_SKIPPED_LINES = 40
# The least share of lines with the usual number of fields.
REGULAR, REGULAR_BLANKS = 0.6, 0.95


@dataclasses.dataclass
class Dialect:
    encoding: str
    separator: str
    skipped: int = 0
    header: bool = True
    decimal: str = "."
    quote: str = '"'


class Unreadable(Exception):
    """Why pandas cannot read a file as a table."""


def dialect(data):
    """The dialect of a file's bytes, guessed without okaibot."""
    encoding, text = decoded(data)
    lines = text.splitlines()[:SAMPLE_LINES]
    if len(lines) == SAMPLE_LINES:
        lines.pop()
    guesses = [guess for separator in SEPARATORS if (guess := regularity(lines, separator))]
    best = max(guesses, key=lambda guess: guess[0], default=(0, "", 0))
    if best[0] < REGULAR_BLANKS - 0.15:
        blanks = regularity(lines, BLANKS)
        if blanks and blanks[0] >= REGULAR_BLANKS:
            best = blanks
    if best[0] < REGULAR:
        raise Unreadable("no separator splits its lines evenly")
    return Dialect(encoding, best[1], best[2])


def decoded(data):
    if not data.strip():
        raise Unreadable("empty")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16", data.decode("utf-16", "replace")
    if b"\0" in data[:65536]:
        raise Unreadable("binary")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return "latin-1", data.decode("latin-1")


def regularity(lines, separator):
    """How evenly a separator splits lines, 0 to 1, with the separator and the number of lines above the table."""
    widths = [len(fields) for fields in split(lines, separator)]
    counted = [width for width in widths if width > 0]
    if not counted:
        return None
    usual = max(sorted(set(counted)), key=counted.count)
    if usual < 2:
        return None
    # A header may lack the name of row names.
    first = next((index for index, width in enumerate(widths) if width >= usual - (usual > 2)), 0)
    if first > MOST_SKIPPED_LINES:
        return None
    body = [width for width in widths[first:] if width > 0]
    share = body.count(usual) / len(body)
    return share - (0 if body[0] == usual else 0.1), separator, first


def split(lines, separator):
    if separator == BLANKS:
        return [line.split() for line in lines]
    rows = []
    try:
        rows.extend(csv.reader(lines, delimiter=separator, skipinitialspace=True))
    except csv.Error:
        rows = [line.split(separator) for line in lines]
    return rows


def frame(data, dialect, **options):
    """The table that pandas reads; rows with too many fields are skipped if they are few."""
    keywords = dict(
        sep=dialect.separator,
        encoding=dialect.encoding,
        skiprows=dialect.skipped,
        header=0 if dialect.header else None,
        decimal=dialect.decimal,
        quotechar=dialect.quote,
        skipinitialspace=True,
        low_memory=False,
        encoding_errors="replace",
        **options,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return pandas.read_csv(io.BytesIO(data), **keywords)
        except Exception as error:
            strict = error
        try:
            table = pandas.read_csv(io.BytesIO(data), on_bad_lines="skip", **keywords)
        except Exception as error:
            raise Unreadable(phrase(error))
    if len(table) < 0.9 * (sum(1 for line in data.splitlines() if line.strip()) - dialect.skipped - 1):
        raise Unreadable(phrase(strict))
    return table


def phrase(error):
    return re.sub(r"\s+", " ", str(error)).removeprefix("Error tokenizing data. C error: ")[:200]


def has_header(raw):
    """Whether the first line is a header by the evidence of all columns; None if there is no evidence.

    `raw` has all lines as rows of texts. A text above numbers speaks for a header, a number above numbers against one.
    """
    number = raw.apply(pandas.to_numeric, errors="coerce").notna()
    numeric = number.iloc[1:].mean() > 0.9
    above = number.iloc[0][numeric]
    first = raw.iloc[0][numeric].str.strip()
    named = (~above & (first != "")).sum()
    if named == 0 and above.sum() == 0:
        return None
    return bool(named >= above.sum())
