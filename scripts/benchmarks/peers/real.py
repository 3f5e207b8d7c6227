"""Compares learners on real tables, a line for each table."""

import statistics

from sklearn.model_selection import train_test_split

import learners
from catalogue import FILES, PACKAGED
from preparation import PreparedTable

# A learner is worse on a table where the mean difference is below both: minus so many standard errors, minus the margin.
ERRORS, MARGIN = 2, 0.01
# Our settings, theirs, and what is theirs.
WAYS = {
    "forest, depth 5": ("depth=5", learners.forest, 5),
    "forest, unlimited": ("depth=none", learners.forest, None),
    "boosting": ("model=boost", learners.histogram_boosting, None),
}
# Beside boosting that knows categories without order, where a table has some.
CATEGORIES = "boosting, categories"


def compare(okaibot, seeds, folder, chosen, only):
    """Prints the tables of the packages; with `folder`, those of the repositories below it too."""
    differences = {way: {} for way in [*WAYS, CATEGORIES] if way.startswith(only)}
    print(f"\n{'':42}" + "".join(f"{way:22}" for way in differences).rstrip())
    titles = "".join(f"{'difference' if way == CATEGORIES else 'ours  difference':22}" for way in differences)
    print(f"{'table':17} {'rows':>5} {'columns':>7} {'score':9} {titles}".rstrip())
    missing, refused = [], []
    for table in PACKAGED + (FILES if folder else []):
        if chosen and table.name not in chosen:
            continue
        frame = table.read(folder)
        if frame is None:
            missing.append(table.source)
            continue
        try:
            show(okaibot, table, PreparedTable(table, frame), seeds, differences)
        except learners.Refusal as refusal:
            refused.append(table.name)
            print(f"{table.name:17} {refusal}", flush=True)
    summary(differences, missing, refused)


def show(okaibot, table, prepared, seeds, differences):
    pairs = {way: [] for way in differences}
    for seed in seeds:
        for way, pair in compared(okaibot, table, prepared, seed, differences).items():
            pairs[way].append(pair)
    cells, worse = "", []
    for way, of in pairs.items():
        if not of:
            cells += f"{'':22}"
            continue
        mean, error = differences[way][table.name] = difference(of)
        own = "" if way == CATEGORIES else f"{statistics.mean(own for own, _ in of):5.3f} "
        cells += f"{f'{own}{mean:+.3f} ± {error:.3f}':22}"
        worse += [way] if is_worse(mean, error) else []
    rows, columns = prepared.frame.shape
    mark = f"worse: {'; '.join(worse)}" if worse else ""
    print(f"{table.name:17} {rows:5} {columns:7} {table.score:9} {cells}{mark}".rstrip(), flush=True)


def compared(okaibot, table, prepared, seed, ways):
    """Our score and theirs, for each way."""
    isValues, y = table.score == "R2", prepared.y
    split = train_test_split(range(len(y)), test_size=0.2, random_state=seed, stratify=None if isValues else y)
    train, test = split
    X, X_test, categories = prepared.codes(train, test)

    def score(said):
        return learners.score(table.score, y[test], said)

    pairs = {}
    for way, (setting, fit, their) in WAYS.items():
        if way in ways:
            frames = prepared.frame.iloc[train], y[train], prepared.frame.iloc[test]
            said = learners.ours(okaibot, *frames, isValues, [setting], seed)
            pairs[way] = score(said), score(fit(X, y[train], X_test, isValues, their, seed))
    if CATEGORIES in ways and categories.any():
        said = learners.histogram_boosting(X, y[train], X_test, isValues, categories, seed)
        pairs[CATEGORIES] = pairs["boosting"][0], score(said)
    return pairs


def difference(pairs):
    """The mean of ours minus theirs, and its standard error over seeds; both sides of a pair had the same rows."""
    gaps = [own - their for own, their in pairs]
    return statistics.mean(gaps), statistics.stdev(gaps) / len(gaps) ** 0.5


def is_worse(mean, error):
    return mean < -MARGIN and mean < -ERRORS * error


def summary(differences, missing, refused):
    print()
    for way, of in differences.items():
        if of:
            worse = [name for name, both in of.items() if is_worse(*both)]
            better = sum(is_worse(-mean, error) for mean, error in of.values())
            mean = statistics.mean(mean for mean, _ in of.values())
            names = f" ({', '.join(worse)})" if worse else ""
            print(f"{way:20} {len(of):2} tables: better in {better}, worse in {len(worse)}{names}; mean {mean:+.4f}")
    if refused:
        print(f"refused by okaibot: {', '.join(refused)}")
    if missing:
        print(f"not found: {', '.join(missing)}")
