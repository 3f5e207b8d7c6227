"""Compares scores with scikit-learn's forest and with boosting of LightGBM and scikit-learn, with the same settings.

    scripts/bench quality [--seeds=N] [--only=LEARNER] [--tables=FOLDER] [TABLE...]

Each seed draws its own split, 80 to 20, and is the seed of the learners. Default: 20 for made tables, 10 for real ones, and
at least 2. LEARNER is forest or boosting.

The first part is about made tables, and about those that scikit-learn has. The difference is in standard errors of the
mean over seeds, positive where ours is better; above -3 counts as equally good. Log loss is clipped at 1e-15.

The second part is about real tables of Python packages, with ties, texts, gaps and dates. With --tables (or the variable
TABLES) it is the only part, and has the tables of public repositories too, copies of which are below FOLDER, each as
OWNER/NAME or OWNER+NAME: SoumadipDey/datasets, ageron/handson-ml2, aiplanethub/Datasets, fivethirtyeight/data,
jbrownlee/Datasets, mwaskom/seaborn-data, plotly/datasets. peers/catalogue.py names the tables, and peers/preparation.py
prepares them alike for all learners. A difference is the mean over seeds of ours minus theirs, with its standard error; a
learner is worse where it is below -0.01 and below minus two standard errors. `boosting` is beside HistGradientBoosting on
the same numbers; `boosting, categories` is beside HistGradientBoosting that knows texts as categories without order.
"""

import pathlib
import subprocess
import sys

import peers


def main():
    okaibot = pathlib.Path(sys.argv[1]).resolve() / "okaibot"
    command = [peers.python(), peers.SOURCE / "quality.py", okaibot, *sys.argv[2:]]
    sys.exit(subprocess.run(command).returncode)


main()
