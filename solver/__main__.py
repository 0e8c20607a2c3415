"""The solver's child process: a problem comes in on stdin, events go out on stdout, as JSON lines.

The first line holds ``{"problem": …, "settings": …}``; a later ``{"stop": true}``, or the end of
the input, ends the run with its best roster.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
import time
from typing import TextIO

from solver.events import Event, Failed, Finished, to_line
from solver.settings import SolveSettings
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.codec import from_json
from wfm.model.problem import RosterProblem

LAST_S = 30.0
"""Seconds after a stop in which a run must have ended; then the child ends whatever it does."""


def read_request(line: str) -> tuple[RosterProblem, SolveSettings]:
    """Read the first line; raises :class:`~wfm.errors.WfmError`."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise WfmError(
            message("The solver was sent no readable JSON: {detail}.", detail=str(error))
        ) from None
    if not isinstance(data, dict) or "problem" not in data:
        raise WfmError(message("The solver was sent no problem."))
    problem = from_json(RosterProblem, data["problem"], "problem")
    settings = from_json(SolveSettings, data.get("settings", {}), "settings")
    return problem, settings


def watch_for_stop(source: TextIO, stopped: threading.Event) -> None:
    """Set ``stopped`` at a stop message or at the end of the input."""
    for line in source:
        with contextlib.suppress(ValueError):
            data = json.loads(line)
            if isinstance(data, dict) and data.get("stop"):
                break
    stopped.set()
    # a child whose parent is gone is ended by nobody else
    time.sleep(LAST_S)
    os._exit(3)


def answer(source: TextIO, tell: "Teller") -> None:  # noqa: UP037
    """Read a request and answer it with events; every failure is a :class:`Failed`."""
    stopped = threading.Event()
    try:
        from solver.warm import warm_up

        # loads what is compiled while the request is on its way; the run's clock starts after it
        warm_up()
        problem, settings = read_request(source.readline())
        threading.Thread(target=watch_for_stop, args=(source, stopped), daemon=True).start()
        from solver import solve

        tell(Finished(solve(problem, settings, tell, stopped.is_set)))
    except WfmError as error:
        tell(Failed(error.message))
    except MemoryError:
        tell(Failed(message("There is not enough memory to solve this problem.")))
    except Exception as error:  # noqa: BLE001  whatever it is, the parent gets a sentence
        detail = f"{type(error).__name__}: {error}"
        tell(Failed(message("The solver failed unexpectedly ({detail}).", detail=detail)))


class Teller:
    """Writes events; falls silent when nobody listens any more."""

    def __init__(self, target: TextIO) -> None:
        self.target = target

    def __call__(self, event: Event) -> None:
        """Write one event as a line."""
        with contextlib.suppress(OSError, ValueError):
            self.target.write(to_line(event) + "\n")
            self.target.flush()


def main() -> None:
    """Answer one request on the standard streams."""
    # Ctrl-C in a terminal reaches the whole group; the parent decides what it means
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    target = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", newline="\n")
    # nothing but events may reach the parent: libraries that print go to stderr
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    source = open(sys.stdin.fileno(), encoding="utf-8", closefd=False)  # noqa: SIM115
    answer(source, Teller(target))
    target.flush()
    # the watcher may still be waiting for input; leaving must not wait for it
    os._exit(0)


if __name__ == "__main__":
    main()
