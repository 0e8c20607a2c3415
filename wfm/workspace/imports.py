"""Bringing files into an open centre."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from wfm.services import importing
from wfm.services.session import Session


class Imports:
    """Bringing files into an open centre."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def acd(
        self,
        path: Path,
        mapping: Path | None = None,
        *,
        save_mapping: Path | None = None,
        strict: bool = False,
    ) -> importing.Imported:
        """Import interval history."""
        return importing.import_acd(
            self._session, path, mapping, save_mapping_to=save_mapping, strict=strict
        )

    def people(
        self, path: Path, *, strict: bool = False, month: date | None = None
    ) -> importing.Imported:
        """Import people, availability, balances and past duties."""
        return importing.import_people(self._session, path, strict=strict, month=month)
