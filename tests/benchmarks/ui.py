"""Speed and memory of the window in a real X window: `./run bench ui`.

The window runs in programs of its own under Xvfb (software drawing, no graphics card, no
compositor; a monitor's own delay is not in the figures).  Each prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
BOUNDS = {
    "drag event → timeline and coverage painted, p95": (16.0, "ms"),
    "drag event → timeline and coverage painted, median": (8.0, "ms"),
    "scroll → painted, p95": (16.0, "ms"),
    "scroll at 150 %, p95": (16.0, "ms"),
    "start to usable window (sample centre)": (3.0, "s"),
    "memory after start": (350.0, "MB"),
    "memory with 1,000 agents, after the drags": (350.0, "MB"),
}


def main() -> None:
    """Print every figure beside its bound."""
    if shutil.which("xvfb-run") is None:
        print("xvfb-run was not found: the window cannot be measured here.")
        return
    from tests.ui.large import large_centre
    from wfm.workspace import Workspace

    with tempfile.TemporaryDirectory(prefix="toban-bench-") as place:
        folder = Path(place)
        sample = folder / "sample.toban"
        Workspace.create(str(sample), "planner", language="ja", sample_as_of=date.today()).close()
        large = large_centre(folder / "large.toban")
        found = _measured("start", sample, folder)
        found |= _measured("board", large, folder)
        found |= {
            name.replace("scroll → painted", "scroll at 150 %"): value
            for name, value in _measured("board", large, folder, scale="1.5").items()
            if name == "scroll → painted, p95"
        }
    print(f"{'':52}{'measured':>12}{'bound':>12}{'share':>9}")
    for name, (bound, unit) in BOUNDS.items():
        value = found[name]
        print(f"{name:52}{value:>9.1f} {unit}{bound:>9.0f} {unit}{value / bound:>8.0%}")


def _measured(part: str, centre: Path, folder: Path, scale: str = "1") -> dict[str, float]:
    environment = {
        **os.environ,
        **{f"XDG_{name}_HOME": str(folder) for name in ("CONFIG", "DATA", "STATE")},
        "QT_QPA_PLATFORM": "xcb",
        "QT_SCALE_FACTOR": scale,
        "QT_SCALE_FACTOR_ROUNDING_POLICY": "PassThrough",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 2880x1800x24", sys.executable, "-m",
         "tests.benchmarks.ui", part, str(centre)],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def memory_mb() -> float:
    """Return the memory this program holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def age_s() -> float:
    """Return how long this program has been running: importing Python itself counts too."""
    started = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19])
    uptime = float(Path("/proc/uptime").read_text().split()[0])
    return uptime - started / os.sysconf("SC_CLK_TCK")


def measure_start(centre: Path) -> dict[str, float]:
    """Open the window on a centre and measure until its first screen has been read and painted."""
    from ui.app import make_application
    from ui.main_window import MainWindow
    from ui.theme import LIGHT, apply_theme

    app = make_application("ja")
    apply_theme(app, LIGHT)
    window = MainWindow(who="planner", language="ja")
    window.show()
    window.open_location(str(centre))
    while window.shell is None or window.jobs.busy:
        app.processEvents()
    app.processEvents()
    seconds = age_s()
    memory = memory_mb()
    window.close_now()
    return {
        "start to usable window (sample centre)": seconds,
        "memory after start": memory,
    }


def _child(part: str, centre: Path) -> None:
    if part == "board":
        from tests.benchmarks._board import measure_board as measure
    else:
        measure = measure_start
    print(json.dumps(measure(centre)))


if __name__ == "__main__":
    _child(sys.argv[1], Path(sys.argv[2]))
