"""Runs scripts of this folder with other libraries, in a virtual environment below .build."""

import pathlib
import subprocess
import venv

SOURCE = pathlib.Path(__file__).parent
HOME = pathlib.Path(".build/bench-peers").resolve()


def python():
    """The Python interpreter of that environment; makes it and installs the libraries where they are not those required."""
    interpreter = HOME / "bin" / "python"
    complete, required = HOME / "complete", (SOURCE / "requirements.txt").read_text()
    if not complete.exists() or complete.read_text() != required:
        venv.create(HOME, with_pip=True)
        subprocess.run([interpreter, "-m", "pip", "install", "-q", "-r", SOURCE / "requirements.txt"], check=True)
        complete.write_text(required)
    return interpreter


def run(script, *arguments):
    """Runs a script of this folder and returns its output."""
    command = [python(), SOURCE / script, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
