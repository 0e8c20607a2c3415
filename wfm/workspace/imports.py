"""Bringing files into an open centre."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from wfm.model.site import ImportMapping
from wfm.publishing import table_csv, write_atomically
from wfm.services import acd_preview, importing, people_preview
from wfm.services.session import Session
from wfm.services.source_files import ShouldStop, never


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

    def preview_acd(
        self,
        path: Path,
        mapping: ImportMapping | None = None,
        *,
        should_stop: ShouldStop = never,
    ) -> acd_preview.AcdPreview:
        """Return what importing interval history would do; nothing is stored."""
        return acd_preview.preview_acd(self._session, path, mapping, should_stop=should_stop)

    def preview_people(
        self,
        path: Path,
        mapping: ImportMapping | None = None,
        *,
        should_stop: ShouldStop = never,
    ) -> people_preview.PeoplePreview:
        """Return what importing people would do; nothing is stored."""
        return people_preview.preview_people(self._session, path, mapping, should_stop=should_stop)

    def as_seen(
        self,
        preview: acd_preview.AcdPreview | people_preview.PeoplePreview,
        *,
        strict: bool = False,
        should_stop: ShouldStop = never,
    ) -> importing.Imported:
        """Import exactly what a preview showed."""
        if isinstance(preview, acd_preview.AcdPreview):
            return importing.import_acd_as_seen(
                self._session, preview, strict=strict, should_stop=should_stop
            )
        return importing.import_people_as_seen(
            self._session, preview, strict=strict, should_stop=should_stop
        )

    def write_table(self, path: Path, rows: Iterable[Sequence[str]]) -> Path:
        """Write rows of texts, such as the rejected ones, as a CSV file; returns the file."""
        return write_atomically(path, table_csv(rows))
