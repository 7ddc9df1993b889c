"""The folder that the web processes count in lives as long as the first of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_A_MASTER = """
import os
from pathlib import Path
from types import SimpleNamespace
import logging
from web.serving import on_starting

on_starting(SimpleNamespace(log=SimpleNamespace(error_log=logging.getLogger("gunicorn.error"))))
folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
child = os.fork()
if child == 0:
    raise SystemExit(0)
os.waitpid(child, 0)
(folder / "counter_1.db").write_bytes(b"")
print(folder.is_dir(), folder.parent)
"""


def test_the_folder_outlives_a_web_process_and_goes_with_the_first(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _A_MASTER],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"True {tmp_path}\n"
    assert list(tmp_path.iterdir()) == []
