"""Worked time and payroll of an open centre."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from wfm.calendars import wage_month_of
from wfm.model.change import Outcome
from wfm.model.site import ExportRecord
from wfm.persistence import Store
from wfm.services import payroll, payroll_month
from wfm.services.session import Session, site_of


class Payroll:
    """Worked time and payroll of an open centre."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def present_month(self) -> date:
        """Return the first day of the month whose wage month holds the centre's present day."""
        with self._session.database.read() as store:
            return wage_month_of(self._today(store), site_of(store).closing_day)

    def month(self, month: date) -> payroll_month.PayrollView:
        """Return a wage month by person, with what to clear before it is exported."""
        with self._session.database.read() as store:
            return payroll_month.payroll_month(store, month, self._today(store))

    def person(self, month: date, agent: str) -> payroll_month.PersonMonth:
        """Return a person's wage month by day, with the reasons in words."""
        with self._session.database.read() as store:
            return payroll_month.person_month(store, month, agent)

    def preview(
        self, month: date, format_name: str, language: str, notation: str
    ) -> payroll.PayrollPreview:
        """Return the first rows of a payroll file, or what forbids it."""
        with self._session.database.read() as store:
            return payroll.preview_payroll(store, month, format_name, language, notation)

    def exports(self) -> tuple[payroll.PayrollExport, ...]:
        """Return every payroll file that left the house, newest first."""
        with self._session.database.read() as store:
            return payroll.payroll_exports(store)

    def export(
        self,
        month: date,
        format_name: str,
        path: Path,
        language: str,
        *,
        notation: str = "h:mm",
        known: Collection[str] | None = None,
    ) -> tuple[ExportRecord, Outcome]:
        """Write the payroll file of a wage month and record that it left the house."""
        return payroll.export_payroll(
            self._session, month, format_name, path, language, notation=notation, known=known
        )

    def _today(self, store: Store) -> date:
        site = site_of(store)
        return site.as_of or self._session.clock().date()
