"""A solver child and its pipes, and the one that is kept ready for the next run.

Starting a child and loading its compiled kernels takes about a second.  A program that asks often
keeps one ready (:data:`SPARE`): a run takes it, and gives it back when it has answered.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from wfm.errors import WfmError
from wfm.messages import message

ROOT = Path(__file__).resolve().parent.parent
ANSWERS_AT_MOST = 20
"""Runs after which a child is replaced: what it has left in its memory goes with it."""
LARGE = 500_000
"""Characters of a request from which on a child is used once."""


class Child:
    """One child process: requests and stops go in as lines, events come out as lines.

    ``lines`` ends with ``None`` when the child has.  Raises :class:`~wfm.errors.WfmError` when it
    cannot be started.
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self.lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.answers, self.largest = 0, 0
        self._orders: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.process = _started(command or (sys.executable, "-m", "solver"))
        self._threads = [
            threading.Thread(target=target, daemon=True, name="solver-pipe")
            for target in (self._write, self._read)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self.process.poll() is None

    @property
    def is_worn(self) -> bool:
        """Whether the next run had better have a new child."""
        return self.answers >= ANSWERS_AT_MOST or self.largest >= LARGE

    def send(self, line: str) -> None:
        """Send a line without waiting until it is read."""
        self.largest = max(self.largest, len(line))
        self._orders.put(line)

    def kill(self) -> None:
        """End the process at once."""
        if self.is_alive:
            with contextlib.suppress(OSError):
                self.process.kill()

    def close(self, grace_s: float) -> None:
        """End the process, by force if it does not end by itself, and the threads."""
        self._orders.put(None)
        if self.is_alive:
            with contextlib.suppress(subprocess.TimeoutExpired):
                # the end of its input makes a child that is still at work stop
                self.process.wait(timeout=grace_s)
        self.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _write(self) -> None:
        target = self.process.stdin
        assert target is not None
        with contextlib.suppress(OSError, ValueError):
            while (line := self._orders.get()) is not None:
                target.write(line + "\n")
                target.flush()
        with contextlib.suppress(OSError, ValueError):
            target.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            for line in self.process.stdout:
                self.lines.put(line)
        self.lines.put(None)


def _started(command: Sequence[str]) -> subprocess.Popen[str]:
    path = os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH", "")) if part)
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    try:
        return subprocess.Popen(  # noqa: S603
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            env=environment,
            cwd=ROOT,
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    except OSError as error:
        raise WfmError(
            message("The solver could not be started: {detail}.", detail=str(error))
        ) from None


class Spare:
    """The child that is kept ready, from :meth:`keep` to :meth:`drop`; else none ever is."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept = False
        self._child: Child | None = None

    def keep(self) -> None:
        """Start a child in the background unless one is ready, and keep one from now on."""
        with self._lock:
            self._kept = True
            self._make_ready()

    def take(self) -> Child:
        """Return the child kept ready, else a new one."""
        with self._lock:
            child, self._child = self._child, None
        return child if child is not None and child.is_alive else Child()

    def give(self, child: Child) -> bool:
        """Take back a child that has answered; ``False``: it is not wanted."""
        child.answers += 1
        with self._lock:
            if not self._kept or self._child is not None:
                return False
            if child.is_alive and not child.is_worn:
                self._child = child
                return True
            self._make_ready()
            return False

    def drop(self) -> None:
        """Keep none any more, and end the one that is kept."""
        with self._lock:
            child, self._child, self._kept = self._child, None, False
        if child is not None:
            child.close(0.3)

    def _make_ready(self) -> None:
        """Start a child unless one is ready; the lock is held."""
        if self._child is None or not self._child.is_alive:
            with contextlib.suppress(WfmError):  # the run itself will tell
                self._child = Child()


SPARE = Spare()
"""The spare child of this program."""
