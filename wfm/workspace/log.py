"""The work done in an open centre: how far it is, what was changed, and taking it back."""

from __future__ import annotations

from wfm import persistence
from wfm.model.change import Operation, Outcome
from wfm.model.time import Horizon
from wfm.services import overview, undoing
from wfm.services.session import Session


class LogBook:
    """The operation log of a centre."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def last(self, count: int) -> tuple[Operation, ...]:
        """Return the newest operations, oldest first."""
        with self._session.database.read() as store:
            return store.operations(last=count)

    def undo(self, operation: int) -> Outcome:
        """Take back one operation; raises :class:`~wfm.errors.Conflict` if it was built upon."""
        session = self._session
        return Outcome(persistence.undo(session.database, operation, session.who, session.clock))

    def overview(self, horizon: Horizon) -> overview.Overview:
        """Return how far a week's work is, its worst gaps, and what changed lately."""
        with self._session.database.read() as store:
            return overview.overview(store, self._session, horizon)

    def first_broken(self, known_head: tuple[int, str] | None = None) -> int | None:
        """Return the first entry that was tampered with, or ``None``.

        A head written down earlier shows whether entries were cut off the end.
        """
        return persistence.verify(self._session.database, known_head)

    def head(self) -> tuple[int, str]:
        """Return number and seal of the newest entry, to be kept elsewhere."""
        return persistence.head(self._session.database)

    def erase(self, operation: int) -> Outcome:
        """Erase what an entry holds (personal data) for good; the chain of seals stays intact."""
        session = self._session
        return Outcome(
            persistence.erase_payload(session.database, [operation], session.who, session.clock)
        )

    def since(self, number: int) -> tuple[Operation, ...]:
        """Return the operations after entry ``number``, oldest first: what others did."""
        with self._session.database.read() as store:
            return store.operations(since_id=number)

    def undo_state(self) -> undoing.UndoState:
        """Return what this user can take back and bring again."""
        with self._session.database.read() as store:
            return undoing.undo_state(store, self._session.who)
