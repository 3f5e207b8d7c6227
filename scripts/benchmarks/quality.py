"""Compares scores with scikit-learn's forest and LightGBM's boosting, on the same splits with the same settings.

    scripts/bench quality [--seeds=N] [TABLE...]

Each seed draws its own split, 80 to 20, and is the seed of the learners. The difference is in standard errors of the mean
over seeds, positive where ours is better; above -3 counts as equally good. Log loss is clipped at 1e-15.
"""

import pathlib
import subprocess
import sys

import peers


def main():
    okaibot = pathlib.Path(sys.argv[1]).resolve() / "okaibot"
    seeds = next((argument[8:] for argument in sys.argv[2:] if argument.startswith("--seeds=")), "20")
    chosen = [argument for argument in sys.argv[2:] if not argument.startswith("--")]
    command = [peers.python(), peers.SOURCE / "quality.py", okaibot, seeds, *chosen]
    sys.exit(subprocess.run(command).returncode)


main()
