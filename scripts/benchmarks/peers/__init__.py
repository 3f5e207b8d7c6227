"""Other people's libraries, in a virtual environment of their own below .build."""

import pathlib
import subprocess
import venv

SOURCE = pathlib.Path(__file__).parent
HOME = pathlib.Path(".build/bench-peers").resolve()


def python():
    """An interpreter that can import them; installs them the first time."""
    interpreter = HOME / "bin" / "python"
    if not (HOME / "complete").exists():
        venv.create(HOME, with_pip=True)
        subprocess.run([interpreter, "-m", "pip", "install", "-q", "-r", SOURCE / "requirements.txt"], check=True)
        (HOME / "complete").touch()
    return interpreter


def run(script, *arguments):
    """What a script of theirs prints."""
    command = [python(), SOURCE / script, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
