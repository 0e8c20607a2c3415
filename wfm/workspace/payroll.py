"""Worked time and payroll of an open centre."""

from __future__ import annotations

from wfm.services.session import Session


class Payroll:
    """Worked time and payroll of an open centre."""

    def __init__(self, session: Session) -> None:
        self._session = session
