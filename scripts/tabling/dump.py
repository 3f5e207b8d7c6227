"""Runs the program TablesDump over many files, and goes on after a crash."""

import json
import pathlib
import subprocess
import tempfile
import threading

# A file that takes longer, in seconds, is stopped and counts as a refusal.
LIMIT = 300


def lines(program, files, folder, arguments):
    """Yields what TablesDump says of each file, as soon as it is known; `folder` is for the values of columns."""
    files = list(files)
    run = 0
    while files:
        values = pathlib.Path(folder) / str(run)
        values.mkdir()
        with tempfile.TemporaryFile("w+") as errors:
            done, reason = 0, None
            for line in lines_of_one_run([program, *arguments, "--values", values], files, errors):
                if isinstance(line, str):
                    reason = line
                else:
                    done += 1
                    yield line
            if done < len(files):
                # Lines are written one by one, so the first file without a line ended the process.
                errors.seek(0)
                last = (errors.read().strip().splitlines() or [""])[0]
                yield {"file": files[done], "error": f"CRASH: {reason}: {last[:300]}", "crashed": True}
        files = files[done + 1:]
        run += 1


def lines_of_one_run(command, files, errors):
    """Yields the lines of one process, and last how it ended, if it ended badly."""
    with tempfile.TemporaryFile("w+") as list_of_files:
        list_of_files.write("".join(f"{file}\n" for file in files))
        list_of_files.seek(0)
        process = subprocess.Popen(
            list(map(str, command)), stdin=list_of_files, stdout=subprocess.PIPE, stderr=errors
        )
    is_late = threading.Event()

    def stop():
        is_late.set()
        process.kill()

    try:
        timer = started(stop)
        for line in process.stdout:
            timer.cancel()
            yield json.loads(line)
            timer = started(stop)
        timer.cancel()
        if process.wait() != 0:
            yield f"more than {LIMIT} s" if is_late.is_set() else f"status {process.returncode}"
    finally:
        timer.cancel()
        process.kill()
        process.wait()


def started(stop):
    timer = threading.Timer(LIMIT, stop)
    timer.start()
    return timer
