"""Prepares a real table for all learners alike.

okaibot reads the prepared columns as a CSV file. Other libraries get them as numbers, as okaibot's own reading makes them:
the texts of a column as their positions in sorted order, a date as its parts, and NaN for an empty cell and for a text
that the training rows lack.
"""

import numpy
import pandas

# More rows than these are left out, drawn once for all seeds, so that an hour is enough for forty tables.
MAX_ROWS = 20_000
# A class with fewer rows is left out: a split needs some on both sides.
MIN_ROWS_OF_CLASS = 10


class PreparedTable:
    """The features as a data frame of numbers, texts and dates, and the target as values or as classes from 0 on."""

    def __init__(self, table, frame):
        frame = frame.drop(columns=list(table.without)).dropna(subset=[table.target])
        if table.score != "R2":
            rows = frame.groupby(table.target)[table.target].transform("size")
            frame = frame[rows >= MIN_ROWS_OF_CLASS]
        if len(frame) > MAX_ROWS:
            frame = frame.sample(MAX_ROWS, random_state=0)
        y = frame[table.target]
        self.y = y.to_numpy(float) if table.score == "R2" else numpy.unique(y.astype(str), return_inverse=True)[1]
        columns = {}
        for name in frame.columns.drop(table.target):
            column = prepared(frame[name], table.dates.get(name), name in table.dates)
            if column is not None:
                columns[name] = column
        self.frame = pandas.DataFrame(columns).reset_index(drop=True)

    def codes(self, train, test):
        """The numbers of the rows `train` and `test`, as two matrices, and which columns are categories."""
        parts, categories = [], []
        for name in self.frame:
            column = self.frame[name]
            made = [column.to_numpy(float)] if column.dtype.kind == "f" else None
            if column.dtype.kind == "M":
                made = date_parts(column)
            limit = 0
            if made is None:
                texts = sorted(column.iloc[train].dropna().unique())
                made = [column.map({text: code for code, text in enumerate(texts)}).to_numpy(float)]
                limit = len(texts)
            parts += made
            categories += [2 < limit <= 255] * len(made)
        matrix = numpy.stack(parts, 1)
        return matrix[train], matrix[test], numpy.array(categories)


def prepared(column, spelling, isDate):
    """The column as numbers, dates or texts; None if it is empty, or its texts are too many to be categories."""
    if isDate:
        return pandas.to_datetime(column, format=spelling or "ISO8601", utc=True).dt.tz_localize(None)
    if column.isna().all():
        return None
    if column.dtype.kind in "iuf":
        return column.astype(float)
    texts = column.astype(object).where(column.notna())
    numbers = pandas.to_numeric(texts, errors="coerce")
    if column.dtype.kind != "b" and numbers.notna().sum() == texts.notna().sum():
        return numbers.astype(float)
    texts = texts.map(lambda text: str(text).strip(), na_action="ignore")
    texts = texts.where(texts != "")
    # okaibot leaves such a column out: its texts name rows.
    return None if texts.nunique() > texts.notna().sum() / 2 else texts


def date_parts(column):
    """The parts that okaibot makes of a date; days since the first stand for its time since the first row."""
    date = column.dt
    days = (column - column.min()) / pandas.Timedelta(days=1)
    day = [date.year, date.month, date.day, date.day_of_week, date.day_of_year]
    return [part.to_numpy(float) for part in [*day, date.hour, date.hour * 60 + date.minute, days]]
