"""The window on a real X server, where the offscreen platform could hide a missing part."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

LEAST_BYTES = 20_000
"""A picture of a window with text in it takes more than this."""

PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ui.app import make_application, run_app
from ui.main_window import MainWindow

app = make_application("ja")
def look():
    window = next(item for item in app.topLevelWidgets() if isinstance(item, MainWindow))
    if window.shell is None or window.jobs.busy:
        return
    window.grab().save(sys.argv[1])
    # a window just built is blank until its first page has been laid out
    if Path(sys.argv[1]).stat().st_size <= int(sys.argv[3]):
        return
    print(app.platformName())
    timer.stop()
    window.close()
timer = QTimer(interval=50)
timer.timeout.connect(look)
timer.start()
sys.exit(run_app(None, who="planner", language="ja", logs=Path(sys.argv[2])))
"""


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="xvfb-run is not installed")
def test_the_window_opens_on_an_x_server_and_closes_cleanly(tmp_path: Path) -> None:
    folders = {f"XDG_{name}_HOME": str(tmp_path) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
    environment = {
        **os.environ, **folders, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)
    }  # fmt: skip
    picture = tmp_path / "window.png"
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", sys.executable, "-c", PROGRAM,
         str(picture), str(tmp_path), str(LEAST_BYTES)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["xcb"]
    assert picture.stat().st_size > LEAST_BYTES
