"""Groups errors, decisions and warnings by kind: numbers and names become placeholders."""

import collections
import re

# A list of names goes to the last quote, because names may have quotes of their own.
QUOTED = re.compile(r'(?<=: )".*"|(?<=class )".*"|"[^"]*"')
LIST = re.compile(r"…(?:, (?:and )?…)+")
NUMBER = re.compile(r"0x[0-9A-F]{2}|(?<!\w)[-+]?\d(?:[\d.,]*\d)?(?:e[-+]?\d+)?(?!\w)")
# Words of the texts themselves, which some columns have as their name.
WORDS = set("alone category class classes column columns date day header hour index line month name names number numbers "
            "only row rows target task text time with year".split())


def kind(text, names=()):
    """The kind of a text; `names` are names of columns, which may stand in it without quotes."""
    text = QUOTED.sub("…", text)
    for name in sorted((it for it in names if len(it) > 2 and it not in WORDS), key=len, reverse=True):
        if name in text:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", text)
    return LIST.sub("…", NUMBER.sub("N", text))


def counted(pairs):
    """The kinds of pairs of a text and what it belongs to: count and first example, the most frequent first."""
    counts, examples = collections.Counter(), {}
    for text, example in pairs:
        counts[text] += 1
        examples.setdefault(text, example)
    return [(text, count, examples[text]) for text, count in counts.most_common()]
