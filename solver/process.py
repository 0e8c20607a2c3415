"""The solver's child process as its parent sees it: start, events, stop, and a clean end."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from solver.events import Event, Failed, Finished, from_line
from solver.settings import SolveSettings
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.codec import to_json
from wfm.model.problem import RosterProblem

ROOT = Path(__file__).resolve().parent.parent
GRACE_S = 2.0
"""How long a child may take to answer a stop before it is killed."""
PATIENCE_S = 90.0
"""How long a child may be silent before it counts as hung; one at work speaks every second."""
_POLL_S = 0.1


class SolverProcess:
    """One run of the solver in a child process; use it in a ``with`` statement.

    :meth:`events` ends after :class:`Finished` or :class:`Failed`, one of which always comes: a
    child that dies, is killed, hangs or talks nonsense is a :class:`Failed` with a sentence.
    ``should_stop`` is asked while waiting, also for a child that says nothing.  ``command``
    replaces the child, for tests.
    """

    def __init__(
        self,
        problem: RosterProblem,
        settings: SolveSettings | None = None,
        *,
        should_stop: Callable[[], bool] = lambda: False,
        patience_s: float = PATIENCE_S,
        command: Sequence[str] | None = None,
    ) -> None:
        self._request = {
            "problem": to_json(problem),
            "settings": to_json(settings or SolveSettings()),
        }
        self._command = list(command or (sys.executable, "-m", "solver"))
        self._should_stop, self._patience_s = should_stop, patience_s
        self._heard = time.monotonic()
        self._hung = False
        self._child: subprocess.Popen[str] | None = None
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._orders: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._deadline: float | None = None
        self._stopping = threading.Lock()

    def __enter__(self) -> Self:
        """Start the child; raises :class:`~wfm.errors.WfmError` when that is impossible."""
        path = os.pathsep.join(
            part for part in (str(ROOT), os.environ.get("PYTHONPATH", "")) if part
        )
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
        group = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        try:
            self._child = subprocess.Popen(  # noqa: S603
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                errors="replace",
                env=environment,
                cwd=ROOT,
                start_new_session=os.name == "posix",
                creationflags=group,
            )
        except OSError as error:
            raise WfmError(
                message("The solver could not be started: {detail}.", detail=str(error))
            ) from None
        self._heard = time.monotonic()
        self._orders.put(json.dumps(self._request, ensure_ascii=False, allow_nan=False))
        for target in (self._write, self._read):
            thread = threading.Thread(target=target, daemon=True, name="solver-pipe")
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the child, by force if it does not end by itself, and the threads."""
        self.close()

    @property
    def pid(self) -> int:
        """The child's process number."""
        assert self._child is not None
        return self._child.pid

    def events(self) -> Iterator[Event]:
        """Return the events in order; an interrupt while waiting does not end the iteration."""
        return _Events(self)

    def stop(self) -> None:
        """Ask the child to end with its best roster; it is killed if it does not answer."""
        with self._stopping:
            if self._deadline is None:
                self._deadline = time.monotonic() + GRACE_S
                self._orders.put('{"stop": true}')

    def kill(self) -> None:
        """End the child at once."""
        if self._child is not None and self._child.poll() is None:
            with contextlib.suppress(OSError):
                self._child.kill()

    def close(self) -> None:
        """Leave nothing behind; may be called again."""
        if self._child is None:
            return
        self._orders.put(None)
        if self._child.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                # the end of its input makes a child that is still at work stop
                self._child.wait(timeout=GRACE_S if self._deadline is not None else 0.3)
        self.kill()
        self._child.wait()
        for thread in self._threads:
            thread.join()
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def next_line(self) -> str | None:
        """Wait for the next line (``None``: the child has ended); kills one that ignores a stop."""
        while True:
            if self._should_stop():
                self.stop()
            if self._deadline is not None and time.monotonic() > self._deadline:
                self.kill()
            try:
                line = self._lines.get(timeout=_POLL_S)
            except queue.Empty:
                if time.monotonic() - self._heard > self._patience_s:
                    self._hung = True
                    self.kill()
                continue
            self._heard = time.monotonic()
            return line

    def ending(self) -> Message:
        """Return the sentence for a child that ended without a result."""
        assert self._child is not None
        code = self._child.wait()
        if self._hung:
            return message(
                "The solver gave no sign of life for {seconds} s and was ended. Nothing was"
                " changed.",
                seconds=round(self._patience_s),
            )
        if self._deadline is not None and code:
            return message("The solver did not answer the stop and was ended. Nothing was changed.")
        if code < 0:
            name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
            return message(
                "The solver was ended by the system ({signal}), often for lack of memory."
                " Nothing was changed.",
                signal=name,
            )
        return message(
            "The solver ended without a roster (exit code {code}). Nothing was changed.", code=code
        )

    def _write(self) -> None:
        assert self._child is not None
        assert self._child.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            while (line := self._orders.get()) is not None:
                self._child.stdin.write(line + "\n")
                self._child.stdin.flush()
        with contextlib.suppress(OSError, ValueError):
            self._child.stdin.close()

    def _read(self) -> None:
        assert self._child is not None
        assert self._child.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            for line in self._child.stdout:
                self._lines.put(line)
        self._lines.put(None)


class _Events(Iterator[Event]):
    """The events of a child; an object, for a generator would end at an interrupt."""

    def __init__(self, process: SolverProcess) -> None:
        self.process = process
        self.ended = False

    def __next__(self) -> Event:
        if self.ended:
            raise StopIteration
        line = self.process.next_line()
        if line is None:
            self.ended = True
            return Failed(self.process.ending())
        try:
            event = from_line(line)
        except WfmError as error:
            self.ended = True
            self.process.kill()
            return Failed(error.message)
        self.ended = isinstance(event, (Finished, Failed))
        return event
