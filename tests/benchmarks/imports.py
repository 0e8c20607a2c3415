"""Prints how long a large file takes to be looked at and imported, and how long a thread waits.

``python -m tests.benchmarks.imports [rows]``; the file has nine columns and four queues.  "longest
stall" is how long another thread, such as that of the window, had to wait for its turn.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from wfm.workspace import Workspace

T = TypeVar("T")

HEAD = ["日付", "時間帯", "窓口", "着信数", "応答数", "放棄呼数", "20秒以内応答数", "平均応答速度"]
HEAD += ["平均処理時間"]
QUEUES = ("総合", "技術", "解約", "法人")


def write_file(path: Path, rows: int) -> None:
    """Write half hours of four queues, one cell in thirty thousand of them unreadable."""
    source = random.Random(1)
    start = datetime(2021, 1, 1)
    with path.open("w", newline="", encoding="cp932") as file:
        table = csv.writer(file)
        table.writerow(HEAD)
        for number in range(rows):
            at = start + timedelta(minutes=30 * (number // len(QUEUES)))
            offered = source.randint(0, 60)
            answered = int(offered * source.uniform(0.8, 1))
            table.writerow(
                [
                    f"{at:%Y/%m/%d}",
                    f"{at:%H:%M}",
                    QUEUES[number % len(QUEUES)],
                    "?" if number % 30011 == 5 else offered,
                    answered,
                    offered - answered,
                    int(answered * 0.7),
                    f"0:{source.randint(5, 59):02d}",
                    f"{source.randint(3, 9)}:{source.randint(0, 59):02d}",
                ]
            )


def watched(name: str, work: Callable[[], T]) -> T:
    """Run a work in a thread and print how long it and the longest stall of this one took."""
    done: list[T] = []
    thread = threading.Thread(target=lambda: done.append(work()))
    began = last = time.perf_counter()
    stall = 0.0
    thread.start()
    while thread.is_alive():
        time.sleep(0.002)
        now = time.perf_counter()
        stall, last = max(stall, now - last), now
    seconds = time.perf_counter() - began
    print(f"{name:24} {seconds:7.2f} s   longest stall {stall * 1000:5.0f} ms   {memory()}")
    return done[0]


def memory() -> str:
    """Return the most memory used so far, where the system tells it."""
    try:
        import resource
    except ImportError:
        return ""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most"


def main(rows: int = 300_000) -> None:
    """Measure a first import of a file, and a second one of the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.csv"
        write_file(path, rows)
        print(f"{rows} rows, {path.stat().st_size / 1e6:.0f} MB")
        with Workspace.create(str(Path(folder) / "c.toban"), "bench", language="en") as centre:
            for name in ("first", "second"):
                preview = watched(f"{name} preview", lambda: centre.imports.preview_acd(path))
                watched(f"{name} import", lambda seen=preview: centre.imports.as_seen(seen))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
