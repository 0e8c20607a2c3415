"""The solver's child process as its parent sees it: start, events, stop, and a clean end."""

from __future__ import annotations

import json
import queue
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Self

from solver.child import SPARE, Child
from solver.events import Event, Failed, Finished, from_line
from solver.settings import SolveSettings
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.codec import to_json
from wfm.model.problem import RosterProblem

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
        self._command = command
        self._should_stop, self._patience_s = should_stop, patience_s
        self._heard = time.monotonic()
        self._hung = self.answered = False
        self._child: Child | None = None
        self._deadline: float | None = None
        self._stopping = threading.Lock()

    def __enter__(self) -> Self:
        """Start the child; raises :class:`~wfm.errors.WfmError` when that is impossible."""
        self._child = SPARE.take() if self._command is None else Child(self._command)
        self._heard = time.monotonic()
        self._child.send(json.dumps(self._request, ensure_ascii=False, allow_nan=False))
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
    def child(self) -> Child:
        """The child; there is none outside the ``with`` statement."""
        assert self._child is not None
        return self._child

    @property
    def pid(self) -> int:
        """The child's process number."""
        return self.child.process.pid

    def events(self) -> Iterator[Event]:
        """Return the events in order; an interrupt while waiting does not end the iteration."""
        return _Events(self)

    def stop(self) -> None:
        """Ask the child to end with its best roster; it is killed if it does not answer."""
        with self._stopping:
            if self._deadline is None:
                self._deadline = time.monotonic() + GRACE_S
                self.child.send('{"stop": true}')

    def kill(self) -> None:
        """End the child at once."""
        if self._child is not None:
            self._child.kill()

    def close(self) -> None:
        """Leave nothing behind but a spare child; may be called again."""
        child, own = self._child, self._command is not None
        if child is None:
            return
        if own or not self.answered or not SPARE.give(child):
            child.close(GRACE_S if self._deadline is not None else 0.3)
        self._child = None

    def next_line(self) -> str | None:
        """Wait for the next line (``None``: the child has ended); kills one that ignores a stop."""
        while True:
            if self._should_stop():
                self.stop()
            if self._deadline is not None and time.monotonic() > self._deadline:
                self.kill()
            try:
                line = self.child.lines.get(timeout=_POLL_S)
            except queue.Empty:
                if time.monotonic() - self._heard > self._patience_s:
                    self._hung = True
                    self.kill()
                continue
            self._heard = time.monotonic()
            return line

    def ending(self) -> Message:
        """Return the sentence for a child that ended without a result."""
        code = self.child.process.wait()
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
        self.ended = self.process.answered = isinstance(event, (Finished, Failed))
        return event
