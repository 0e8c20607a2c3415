"""The solver's child process: a problem comes in on stdin, events go out on stdout, as JSON lines.

A line ``{"problem": …, "settings": …}`` is answered with events, the last of which is ``Finished``
or ``Failed``; a later ``{"stop": true}``, or the end of the input, ends the run with its best
roster.  Further requests may follow; the child leaves at the end of its input.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

from solver.events import Event, Failed, Finished, to_line
from solver.settings import SolveSettings
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.codec import from_json
from wfm.model.problem import RosterProblem

LONGEST_STOP = 100
"""Characters that the line of a stop has at most."""
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


@dataclass(frozen=True)
class Request:
    """One line of the parent, whether its run is to stop, and whether it has been answered."""

    line: str
    stopped: threading.Event = field(default_factory=threading.Event)
    answered: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """Let the run end with its best roster, or the child after :data:`LAST_S`."""
        self.stopped.set()
        # a child whose parent is gone is ended by nobody else
        last = threading.Timer(LAST_S, lambda: self.answered.is_set() or os._exit(3))
        last.daemon = True
        last.start()


def requests(source: TextIO) -> Iterator[Request]:
    """Return what the parent asks for, one after the other; a stop reaches the one it follows."""
    waiting: queue.SimpleQueue[Request | None] = queue.SimpleQueue()

    def read() -> None:
        latest: Request | None = None
        for line in source:
            if not _is_stop(line):
                latest = Request(line)
                waiting.put(latest)
            elif latest is not None:
                latest.stop()
        waiting.put(None)
        if latest is not None and not latest.answered.is_set():
            latest.stop()

    def given() -> Iterator[Request]:
        while (found := waiting.get()) is not None:
            yield found
            found.answered.set()

    threading.Thread(target=read, daemon=True).start()
    return given()


def _is_stop(line: str) -> bool:
    if len(line) > LONGEST_STOP:
        return False
    with contextlib.suppress(ValueError, RecursionError):
        data = json.loads(line)
        return isinstance(data, dict) and bool(data.get("stop"))
    return False


def answer(request: Request, tell: "Teller") -> None:  # noqa: UP037
    """Answer a request with events; every failure is a :class:`Failed`."""
    try:
        from solver import solve

        problem, settings = read_request(request.line)
        tell(Finished(solve(problem, settings, tell, request.stopped.is_set)))
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
    """Answer the requests on the standard streams."""
    # Ctrl-C in a terminal reaches the whole group; the parent decides what it means
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    target = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", newline="\n")
    # nothing but events may reach the parent: libraries that print go to stderr
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    source = open(sys.stdin.fileno(), encoding="utf-8", closefd=False)  # noqa: SIM115
    tell = Teller(target)
    waiting = requests(source)
    # loads what is compiled while a request is on its way; the run's clock starts after it
    failure = _warmed_up()
    for request in waiting:
        if failure is None:
            answer(request, tell)
        else:
            tell(failure)
    target.flush()
    # the reader may still be waiting for input; leaving must not wait for it
    os._exit(0)


def _warmed_up() -> Failed | None:
    """Load the compiled kernels; returns what is to be told where that is impossible."""
    try:
        from solver.warm import warm_up

        warm_up()
    except Exception as error:  # noqa: BLE001  whatever it is, the parent gets a sentence
        detail = f"{type(error).__name__}: {error}"
        return Failed(message("The solver failed unexpectedly ({detail}).", detail=detail))
    return None


if __name__ == "__main__":
    main()
