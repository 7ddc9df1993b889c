"""One command of `aarshjul`, in a process that has imported the program already."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

from tests.fakes.processes import start
from web.cli import main

__all__ = ["run_command"]

_SECONDS = 180


def run_command(
    arguments: Sequence[str], environment: Mapping[str, str], *, folder: Path, text: str = ""
) -> CompletedProcess[str]:
    """Run one command to its end in the folder, with `text` to read and nothing else to know."""
    with TemporaryDirectory() as given:
        files = [Path(given) / name for name in ("in", "out", "err")]
        files[0].write_text(text, encoding="utf-8")
        process = start(_run, list(arguments), dict(environment), folder, files)
        process.join(timeout=_SECONDS)
        assert process.exitcode is not None, f"aarshjul {' '.join(arguments)} does not end"
        said, complained = (file.read_text(encoding="utf-8") for file in files[1:])
        return CompletedProcess(list(arguments), process.exitcode, said, complained)


def _run(
    arguments: list[str], environment: dict[str, str], folder: Path, files: list[Path]
) -> None:
    for number, file in enumerate(files):
        os.dup2(os.open(file, os.O_RDWR | os.O_CREAT), number)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["aarshjul", *arguments]
    warnings.simplefilter("error")
    main()
