"""Everything about the person chosen: profile, skills, availability, leave and wishes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.people.availability_tab import AvailabilityTab
from ui.people.days_tab import DaysTab
from ui.people.edits import Edits
from ui.people.profile import ProfileTab
from ui.people.skills import SkillsTab
from ui.widgets.cards import styled_label
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.change import Outcome
from wfm.model.people import Agent, Availability, Balance, Leave, Wish
from wfm.services.people_view import PeopleView, PersonDays

TABS = ("profile", "skills", "availability", "days")


class PersonPanel(QWidget):
    """Shows one person; what is typed or painted is written when it is left."""

    remove_wanted = Signal()
    days_wanted = Signal(str)
    """The days of a person have to be read."""

    def __init__(self, desk: Desk, edits: Edits) -> None:
        super().__init__()
        self._desk, self._edits = desk, edits
        self._view: PeopleView | None = None
        self.key = ""
        render, start = desk.render, desk.site.week_start
        self.profile = ProfileTab(render)
        self.skills = SkillsTab(render, desk.language)
        self.availability = AvailabilityTab(desk.language, render, desk.theme, start)
        self.days = DaysTab(desk.language, render, desk.theme, start)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for tab, name in (
            (self.profile, message("Profile")),
            (self.skills, message("Skills")),
            (self.availability, message("Availability")),
            (self.days, message("Leave and wishes")),
        ):
            self.tabs.addTab(tab, render(name))
        self.hint = styled_label(role="subtitle")
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.hint)
        self._stack.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._connect()
        self.show_nobody(0)

    def _connect(self) -> None:
        self.profile.changed.connect(self._put_profile)
        self.profile.remove_wanted.connect(self.remove_wanted)
        self.skills.changed.connect(self._put_skills)
        self.availability.changed.connect(self._put_availability)
        self.days.form.leave_wanted.connect(self._add_leave)
        self.days.form.wish_wanted.connect(self._add_wish)
        self.days.leave_dropped.connect(self._drop_leave)
        self.days.wish_dropped.connect(self._drop_wish)
        self.days.balance_changed.connect(self._put_balance)

    # --- showing ---------------------------------------------------------------------------------

    def show_person(self, view: PeopleView, key: str) -> None:
        """Show a person; what was typed for the one before is written first."""
        person = view.person(key)
        if person is None:
            self.show_nobody(0)
            return
        if key != self.key:
            self.commit()
        self._view, new, self.key = view, key != self.key, key
        agent = self._edits.agent(key) or person.agent
        self.profile.show_agent(view, agent)
        self.skills.show_agent(view, agent)
        available = self._edits.availability(key) or Availability(key)
        if new:
            self.availability.show_value(available)
        else:
            self.availability.renew(available)
        self._stack.setCurrentWidget(self.tabs)
        self.days_wanted.emit(key)

    def show_days(self, days: PersonDays) -> None:
        """Show the days of the person shown; those of another one come too late."""
        if self._view is not None and days.agent == self.key:
            view = self._view
            self.days.show_days(days, view.shift_kinds, view.horizon.start, view.today)

    def show_nobody(self, count: int) -> None:
        """Show what to do while not exactly one person is chosen."""
        self.commit()
        self.key = ""
        text = (
            message("Choose what to change for all of them above the table.")
            if count > 1
            else message("Choose a person in the table.")
        )
        self.hint.setText(self._desk.render(text))
        self._stack.setCurrentWidget(self.hint)

    def show_tab(self, name: str) -> None:
        """Show a tab by its name."""
        if name in TABS:
            self.tabs.setCurrentIndex(TABS.index(name))

    @property
    def tab(self) -> str:
        """The name of the tab shown."""
        return TABS[self.tabs.currentIndex()]

    # --- writing ---------------------------------------------------------------------------------

    @property
    def unsaved(self) -> bool:
        """Whether something typed or painted is not written yet."""
        if not self.key:
            return False
        return self.profile.unsaved or self.availability.unsaved or self.days.unsaved

    def commit(self) -> None:
        """Write what was typed and painted; say what cannot be taken and is given up."""
        if not self.key:
            return
        self.availability.commit()
        for reason in (self.profile.commit(), self.days.commit()):
            if reason is not None:
                self._desk.say(message("Not saved. {reason}", reason=reason), "bad")
        self.profile.revert()

    def _refused(
        self, key: str, show: Callable[[WfmError], None]
    ) -> Callable[[BaseException], None]:
        """Return what shows a refusal beside its cause, or as a message where that has gone."""

        def failed(error: BaseException) -> None:
            if isinstance(error, WfmError) and key == self.key:
                show(error)
            else:
                self._desk.fail(error)

        return failed

    def _put_profile(self, wanted: Agent) -> None:
        stored = self._edits.agent(wanted.key)
        if stored is None:
            return
        # skills are edited beside the profile, which does not show them
        wanted = _with_skills_of(wanted, stored)

        def show(error: WfmError) -> None:
            self.profile.refuse(error, stored)

        self._edits.put_agent(wanted, self._refused(wanted.key, show))

    def _put_skills(self, wanted: Agent) -> None:
        stored = self._edits.agent(wanted.key)
        if stored is not None:
            self._edits.put_agent(_with_skills_of(stored, wanted))

    def _put_availability(self, value: Availability) -> None:
        failed = self._refused(value.agent, self.availability.refuse)
        self._edits.put_availability(value, failed)

    def _add_leave(self, kind: str, first: date, last: date, note: str, clear: bool) -> None:
        def done(_outcome: Outcome) -> None:
            self.days.form.done()

        self._edits.add_leave(
            [self.key], (first, last), kind, note,
            clear_duties=clear, then=done, failed=self._leave_refused,
        )  # fmt: skip

    def _leave_refused(self, error: BaseException) -> None:
        if not self.days.form.refuse(error):
            self._desk.fail(error)

    def _add_wish(self, kind: str, first: date, last: date, start: int, end: int) -> None:
        key = self.key
        self._edits.do(
            lambda workspace: workspace.people.add_wishes(key, first, last, kind, start, end),
            failed=self._leave_refused,
        )

    def _drop_leave(self, leave: Leave) -> None:
        self._edits.do(lambda workspace: workspace.people.remove_leave([leave]))

    def _drop_wish(self, wish: Wish) -> None:
        self._edits.do(lambda workspace: workspace.people.remove_wish(wish))

    def _put_balance(self, wanted: Balance, seen: Balance | None) -> None:
        self._edits.do(lambda workspace: workspace.people.set_balance(wanted, seen))


def _with_skills_of(agent: Agent, other: Agent) -> Agent:
    return replace(agent, skills=other.skills)
