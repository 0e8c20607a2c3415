"""Requests of staff and what was decided about them."""

from __future__ import annotations

from wfm.services.session import Session


class Requests:
    """Requests of staff and what was decided about them."""

    def __init__(self, session: Session) -> None:
        self._session = session
