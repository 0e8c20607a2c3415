"""The settings of an open centre: site, opening hours, rules."""

from __future__ import annotations

from wfm.services.session import Session


class Settings:
    """The settings of an open centre: site, opening hours, rules."""

    def __init__(self, session: Session) -> None:
        self._session = session
