"""Installs packages of PyPI, each set in a folder of its own; once."""

import pathlib
import subprocess
import sys
import venv


def installed(cache, *requirements):
    """The folder with these packages; exits with 77 where they cannot be installed."""
    folder = cache / requirements[0].replace("==", "-")
    if (folder / "complete").exists():
        return folder
    python = cache / "venv" / "bin" / "python"
    try:
        if not python.exists():
            venv.create(cache / "venv", with_pip=True)
        command = [python, "-m", "pip", "install", "-q", "--target", folder, *requirements]
        subprocess.run(command, check=True, timeout=600, stderr=subprocess.PIPE, text=True)
    except (OSError, subprocess.SubprocessError) as error:
        reason = getattr(error, "stderr", None) or error
        print(f"skipped: cannot install {requirements[0]}: {reason}", file=sys.stderr)
        sys.exit(77)
    (folder / "complete").touch()
    return pathlib.Path(folder)
