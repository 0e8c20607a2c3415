"""What leaves an open centre as files, and the published roster."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from wfm import persistence
from wfm.calendars import wage_month
from wfm.messages import Message
from wfm.model.change import Outcome
from wfm.model.site import ExportRecord
from wfm.model.time import Horizon, next_month
from wfm.services import payroll, publishing
from wfm.services.session import Session, site_of


class Files:
    """What leaves the house: files, written whole or not at all, and the published roster."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def roster(
        self, horizon: Horizon, format_name: str, out: str, language: str
    ) -> tuple[Path, ...]:
        """Write a week's roster; returns the files."""
        return publishing.export_roster(self._session, horizon, format_name, Path(out), language)

    def publish(self, horizon: Horizon) -> Outcome:
        """Mark a week's roster as shown to staff, after a backup."""
        return publishing.publish_week(self._session, horizon)

    def payroll(self, month: date, format_name: str, out: str, language: str) -> ExportRecord:
        """Write the payroll file of a wage month."""
        return payroll.export_payroll(self._session, month, format_name, Path(out), language)[0]

    def backup(self, out: str | None = None) -> Path:
        """Write a verified copy of the centre; returns the file."""
        return persistence.backup(self._session.database, Path(out) if out else None)

    def lost(self) -> Message | None:
        """Return what became of a centre's file that was deleted, moved or replaced while open."""
        return self._session.database.lost()

    def rescue(self, out: str) -> Path:
        """Write a checked copy of what is open, even where the centre's own file is gone."""
        return persistence.rescue(self._session.database, Path(out))

    def wage_month_of(self, horizon: Horizon) -> date:
        """Return the first day of the month whose wage month holds the middle of the horizon."""
        with self._session.database.read() as store:
            closing_day = site_of(store).closing_day
        middle = horizon.start + timedelta(days=horizon.days // 2)
        month = middle.replace(day=1)
        _, last = wage_month(month, closing_day)
        return month if middle <= last else next_month(month)
