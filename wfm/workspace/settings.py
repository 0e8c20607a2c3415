"""The settings of an open centre: site, opening hours, rules."""

from __future__ import annotations

from pathlib import Path

from wfm import persistence
from wfm.calendars.day_windows import Windows
from wfm.messages import Message
from wfm.model.activity import ShiftKind
from wfm.model.aims import Aims
from wfm.model.change import Outcome
from wfm.model.house_rule import HouseRule
from wfm.model.site import BackupCopy, Site
from wfm.model.workload import SpecialDay
from wfm.rules.centre import CentreTerm
from wfm.services import aims as aim_changes
from wfm.services import centre_rules, settings, shift_kinds, work_rules
from wfm.services.session import Session


class Settings:
    """The settings of an open centre: site, opening hours, shift kinds, rules, special days."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def read(self) -> settings.SettingsView:
        """Return everything the settings screen shows."""
        with self._session.database.read() as store:
            return settings.read_settings(store)

    def change_site(self, site: Site, *, seen: Site) -> Outcome:
        """Write the centre's own settings."""
        return settings.change_site(self._session, site, seen)

    def change_opening(
        self, queue: str, opening: dict[int, Windows], *, seen: dict[int, Windows]
    ) -> Outcome:
        """Write a queue's opening hours."""
        return settings.change_opening(self._session, queue, opening, seen)

    def change_shift_kind(self, kind: ShiftKind, *, seen: ShiftKind | None) -> Outcome:
        """Write a shift kind; ``seen`` ``None`` makes a new one."""
        return shift_kinds.change_shift_kind(self._session, kind, seen)

    def remove_shift_kind(self, seen: ShiftKind) -> Outcome:
        """Remove a shift kind that no contract uses."""
        return shift_kinds.remove_shift_kind(self._session, seen)

    def change_special_day(self, value: SpecialDay, *, seen: SpecialDay | None) -> Outcome:
        """Write a special day in the place of ``seen``."""
        return settings.change_special_day(self._session, value, seen)

    def remove_special_day(self, seen: SpecialDay) -> Outcome:
        """Remove a special day."""
        return settings.remove_special_day(self._session, seen)

    def change_rules(self, name: str, overrides: work_rules.Overrides, *, seen: Site) -> Outcome:
        """Choose the rule set and the site's own numbers in it."""
        return work_rules.change_rules(self._session, name, overrides, seen)

    def rule_faults(
        self, name: str, overrides: work_rules.Overrides
    ) -> dict[tuple[str, str], Message]:
        """Return what a rule set refuses of a site's numbers, by (rule, number)."""
        return work_rules.rule_faults(name, overrides)

    def change_centre_rule(
        self, term: CentreTerm, *, key: str = "", seen: HouseRule | None = None
    ) -> Outcome:
        """Write a rule of the centre in the place of ``seen``; a new one finds its own key."""
        return centre_rules.change_centre_rule(self._session, key, term, seen)

    def remove_centre_rule(self, seen: HouseRule) -> Outcome:
        """Remove a rule of the centre."""
        return centre_rules.remove_centre_rule(self._session, seen)

    def change_aims(self, aims: Aims, *, seen: Aims) -> Outcome:
        """Write what rosters are to achieve; the present ones are those of the site."""
        return aim_changes.change_aims(self._session, aims, seen)

    @property
    def file(self) -> Path | None:
        """The centre's file, ``None`` on a server."""
        return self._session.database.path

    def backups(self) -> tuple[BackupCopy, ...]:
        """Return the copies beside the centre's file, newest first."""
        path = self._session.database.path
        return () if path is None else persistence.backup_copies(path)
