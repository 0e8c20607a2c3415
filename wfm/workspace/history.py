"""The contact history of an open centre."""

from __future__ import annotations

from pathlib import Path

from wfm.publishing import write_atomically
from wfm.services import history
from wfm.services.session import Session


class History:
    """The contact history of a centre."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def summary(self) -> tuple[history.QueueHistory, ...]:
        """Return totals, gaps and odd days of every queue."""
        with self._session.database.read() as store:
            return history.history_of(store)

    def write_csv(self, path: Path, interval_minutes: int) -> Path:
        """Write the recorded intervals; returns the file."""
        with self._session.database.read() as store:
            return write_atomically(path, history.history_csv(store, interval_minutes))
