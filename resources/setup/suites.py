"""The verbs `test`, `soak` and `check`: run the tools, count honestly, say the total."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

NOTHING_COLLECTED = 5
CHECKS = {
    "ruff check": ("-m", "ruff", "check", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "mypy": ("-m", "mypy"),
    "import-linter": (
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
    ),
}


class Totals(NamedTuple):
    """How many tests passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def plus(self, other: Totals) -> Totals:
        """Return the sum of two runs."""
        return Totals(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def say(line: str) -> None:
    """Write a line of the verb's own output, in order with the tools' lines."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def check(python: Path, variables: Mapping[str, str]) -> int:
    """Run every static check, also after one failed; return 1 where any did."""
    # The tools find the tree by the working directory; a search path would name it twice.
    plain = {name: value for name, value in variables.items() if name != "PYTHONPATH"}
    results = {}
    for name, arguments in CHECKS.items():
        say(f"== {name}")
        results[name] = command([str(python), *arguments], plain) == 0
    summary = ", ".join(f"{name} {'ok' if good else 'FAILED'}" for name, good in results.items())
    say(f"toban check: {summary}")
    return 0 if all(results.values()) else 1


def test(python: Path, arguments: list[str], variables: dict[str, str], *, title: str) -> int:
    """Run pytest, say the total over its runs; return 1 on a failure or where nothing ran."""
    variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    runs = [(arguments, variables)] if arguments else whole(variables)
    good, totals = True, Totals()
    for each, around in runs:
        status, found = pytest(python, each, around)
        good = good and status in (0, NOTHING_COLLECTED)
        totals = totals.plus(found)
    name = "tests" if title == "test" else title
    say(f"toban {name}: {totals.passed} passed, {totals.failed} failed, {totals.skipped} skipped")
    return 0 if good and totals.passed and not totals.failed else 1


def whole(variables: dict[str, str]) -> list[tuple[list[str], dict[str, str]]]:
    """Return the runs of the whole suite: two tests at a time, alone, and in a real X window."""
    runs = [
        (["-n", "2", "--dist", "loadgroup", "-m", "not xvfb and not alone"], variables),
        (["-m", "alone"], variables),
    ]
    if sys.platform != "linux":
        say("Tests that need an X window are left out on this system.")
    elif shutil.which("xvfb-run") is None:
        say("xvfb-run was not found: tests that need an X window are left out.")
    else:
        runs.append((["-m", "xvfb"], variables | {"QT_QPA_PLATFORM": "xcb"}))
    return runs


def pytest(python: Path, arguments: list[str], variables: Mapping[str, str]) -> tuple[int, Totals]:
    """Run pytest once; return its status and what its own report counts."""
    with tempfile.TemporaryDirectory(prefix="toban-") as folder:
        report = Path(folder) / "report.xml"
        line = [str(python), "-m", "pytest", *arguments, f"--junitxml={report}"]
        if variables["QT_QPA_PLATFORM"] == "xcb" and shutil.which("xvfb-run"):
            # A virtual screen of its own, so that no window opens on the user's.
            line = ["xvfb-run", "-a", *line]
        # A project without tests for a window need not read about a second, empty run.
        status = command(line, variables, mute=NOTHING_COLLECTED if "xvfb" in arguments else None)
        if report.exists():
            return status, counted(report.read_text(encoding="utf-8"))
    say(f"pytest ended with status {status} and left no report.")
    return status or 1, Totals()


def counted(report: str) -> Totals:
    """Return the totals of a JUnit report; an error of a fixture is a failure."""
    totals = Totals()
    for suite in ET.fromstring(report).iter("testsuite"):  # noqa: S314  # pytest's own
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        totals = totals.plus(Totals(int(suite.get("tests", 0)) - bad - skipped, bad, skipped))
    return totals


def command(line: list[str], variables: Mapping[str, str], *, mute: int | None = None) -> int:
    """Run a tool in the project's folder and return its status.

    With ``mute`` its output is shown when it has ended, and not where it ends with that status.
    """
    sys.stdout.flush()
    kept = None if mute is None else subprocess.PIPE
    done = subprocess.run(  # noqa: S603  # the tree's own tools
        line, env=dict(variables), stdout=kept, check=False
    )
    if done.stdout and done.returncode != mute:
        sys.stdout.buffer.write(done.stdout)
    return done.returncode
