"""Reports are nobody else's business: nothing that reads them keeps notes elsewhere or reports its use to its maker."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

RECOGNISE = """
import numpy as np
from pipelines.documents.recogniser import found
assert found(np.full((200, 400, 3), 255, np.uint8), 100.0) == []
"""


def test_the_recogniser_keeps_no_database_of_its_use_in_the_users_home(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "ORT_DISABLE_TELEMETRY"}
    environment |= {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[1])}
    subprocess.run([sys.executable, "-c", RECOGNISE], env=environment, check=True)
    assert list(tmp_path.iterdir()) == []
