"""`toban doctor`: what this machine has, and whether the parts work."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from ui.commands.console import LANGUAGE, print_json, text
from ui.display import has_display
from wfm.errors import WfmError
from wfm.messages import Message, message

PACKAGES = ("PySide6-Essentials", "pyqtgraph", "SQLAlchemy", "alembic", "psycopg", "ortools",
            "pandas", "numpy", "numba")  # fmt: skip


def versions() -> str:
    """Return the versions of Python, the system and the main libraries."""
    found = [f"Python {platform.python_version()}", platform.platform()]
    found += [f"{name} {importlib.metadata.version(name)}" for name in PACKAGES]
    return ", ".join(found)


def display() -> str:
    """Return the display Qt would use; raises when none answers."""
    if not has_display():
        raise WfmError(message("There is no display; pictures are drawn without one."))
    return os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or sys.platform


def fonts() -> str:
    """Return the Japanese font that the program draws with."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QFontDatabase

    from ui.plots.coverage import ensure_application
    from ui.theme import FAMILY, load_fonts

    ensure_application()
    load_fonts()
    if FAMILY not in QFontDatabase.families():
        raise WfmError(message("The bundled font could not be loaded."))
    return FAMILY


def database() -> str:
    """Create, close and reopen a centre in a temporary folder."""
    from wfm.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "doctor.toban")
        with Workspace.create(path, "doctor", name="doctor", language=LANGUAGE):
            pass
        with Workspace.open(path, "doctor") as workspace:
            broken = workspace.log.first_broken()
    if broken is not None:
        raise WfmError(message("A new database does not verify."))
    import sqlite3

    return f"SQLite {sqlite3.sqlite_version}"


def solver() -> str:
    """Solve a tiny problem in the child process and compare with its known optimum."""
    import numpy as np

    from ui.commands.solving import solve_in_child
    from wfm.model.problem import AgentProblem, Demand, Option, RosterProblem
    from wfm.model.time import Horizon

    horizon = Horizon(date(2026, 11, 30), 1, 60)
    required = np.zeros(horizon.slots)
    required[9:17] = 1
    option = Option("day", 9 * 60, 17 * 60)
    problem = RosterProblem(
        horizon=horizon,
        options=(option,),
        measures={
            "duties": (1,),
            "worked_minutes": (480,),
            "night_minutes": (0,),
            "start": (540,),
        },
        demands=(Demand("phone", required),),
        agents=(AgentProblem("a", ("phone",), (0,)), AgentProblem("b", ("phone",), (0,))),
    )
    plan = solve_in_child(problem, time_limit_s=10, workers=1)
    if len(plan.duties) != 1 or plan.objective != 0:
        raise WfmError(message("The solver returned a wrong roster for the self-test."))
    return f"{plan.status}, {plan.seconds:.2f} s"


CHECKS: tuple[tuple[str, Message, Callable[[], str], bool], ...] = (
    ("versions", message("Versions"), versions, True),
    ("fonts", message("Fonts"), fonts, True),
    ("display", message("Display"), display, False),
    ("database", message("Database"), database, True),
    ("solver", message("Solver self-test"), solver, True),
)
"""Key, label, check, and whether its failure means that the program cannot work."""


@click.command(
    "doctor",
    help=text(message("Check versions, fonts, display, database and solver of this machine.")),
)
@click.option("--json", "as_json", is_flag=True, help=text(message("Print the result as JSON.")))
def doctor_command(as_json: bool) -> None:
    """Run every check; exit 1 if one that matters fails."""
    results = {}
    failed = False
    for key, label, run, needed in CHECKS:
        try:
            ok, detail = True, run()
        except WfmError as error:
            ok, detail = False, text(error.message)
        except Exception as error:  # noqa: BLE001  a broken installation fails in any way
            ok, detail = False, f"{type(error).__name__}: {error}"
        failed = failed or (needed and not ok)
        results[key] = {"ok": ok, "detail": detail}
        if not as_json:
            click.echo(f"{'✓' if ok else '✗' if needed else '–'} {text(label)}: {detail}")
    if as_json:
        print_json(results)
    if failed:
        raise click.exceptions.Exit(1)
