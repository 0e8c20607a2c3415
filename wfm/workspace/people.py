"""The people of an open centre: contracts, skills, availability and leave."""

from __future__ import annotations

from wfm.services.session import Session


class People:
    """The people of an open centre: contracts, skills, availability and leave."""

    def __init__(self, session: Session) -> None:
        self._session = session
