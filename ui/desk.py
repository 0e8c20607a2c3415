"""The desk: one open centre in the window, and everything a screen may ask for.

A screen reads with :meth:`Desk.ask`, changes with :meth:`Desk.do` and never touches the workspace
in the GUI thread.  What changed, by this window or by somebody else, arrives as one signal with
the kinds of values touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.actions import all_actions
from ui.centre_view import Progress, ShouldStop
from ui.jobs import Job, Jobs, Work
from ui.preferences import Preferences
from ui.theme import LIGHT, Theme, dress, theme_icon_of
from ui.translate import Render, render_in
from wfm.errors import LostFileError, NotYetError, WfmError
from wfm.messages import Message, message
from wfm.model.change import Operation, Outcome
from wfm.model.site import Site
from wfm.model.time import Horizon
from wfm.services.undoing import UndoState
from wfm.workspace import Workspace

T = TypeVar("T")
News = tuple[tuple[Operation, ...], UndoState, Message | None]
"""What others did, what undo would take back then, and what became of a lost file."""

POLL_MS = 4000
"""How often the log is asked what others did; one indexed row is read."""
AHEAD_WEEKS = 8
MOST_LINES = 3
"""Lines of a notice that are shown at once: it takes its room from the screen above it."""
NEXT_STEPS: dict[str, tuple[Message, str, dict[str, object]]] = {
    "imports": (message("Import contact history"), "forecast", {"importing": True}),
    "forecast": (message("Go to the forecast"), "forecast", {}),
    "staffing": (message("Go to the required staff"), "staffing", {}),
    "roster": (message("Go to the roster"), "roster", {}),
}
"""Where to go for what is missing, by the step of a :class:`~wfm.errors.NotYetError`."""


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """What a desk knows from the start: settings, weeks, what undo would take back, the log."""

    site: Site
    weeks: tuple[date, ...]
    first: Horizon
    undo: UndoState
    newest: int
    notes: tuple[Message, ...] = ()


def read_facts(workspace: Workspace) -> DeskFacts:
    """Read the facts of a centre; called in a worker."""
    coming = workspace.week_horizon("next")
    ahead = (coming.start + timedelta(weeks=count) for count in range(AHEAD_WEEKS))
    return DeskFacts(
        workspace.site,
        tuple(sorted({*workspace.known_weeks(), *ahead})),
        coming,
        workspace.log.undo_state(),
        workspace.log.head()[0],
        workspace.notes,
    )


class Desk(QObject):
    """One centre, one user, one week shown; lives in the GUI thread."""

    week_changed = Signal(object)
    """The horizon shown, after the week or the interval length changed."""
    changed = Signal(object)
    """Kinds of stored values that were written just now, as a frozenset of names."""
    undo_changed = Signal()
    said = Signal(object, str, object)
    """A message, its tone, and an optional (message, function) to offer with it."""
    wanted = Signal(str, dict)
    """A screen to go to, and where on it."""
    badge_changed = Signal(str, int)
    status_changed = Signal(object)
    """What the status line says about the screen shown, as a message or ``None``."""
    failed = Signal(object)
    """An exception that the one door for errors shows."""
    rescue_wanted = Signal()
    """The centre's file is gone and the user wants a copy of what is open."""
    language_wanted = Signal(str)
    theme_wanted = Signal(str)

    def __init__(
        self,
        workspace: Workspace,
        facts: DeskFacts,
        *,
        location: str = "",
        language: str = "ja",
        theme: Theme = LIGHT,
        preferences: Preferences | None = None,
        jobs: Jobs | None = None,
    ) -> None:
        super().__init__()
        self._workspace, self.facts, self.location = workspace, facts, location
        self.language, self.theme = language, theme
        self.render: Render = render_in(language, facts.site.zone)
        self.preferences = preferences or Preferences()
        self.jobs = jobs or Jobs(self)
        self.horizon: Horizon = facts.first
        self.badges: dict[str, int] = {}
        self._newest = facts.newest
        self._lost = False
        self._turning = False
        self._steps: list[Callable[[], None]] = []
        self.actions = self._make_actions()
        """Every action by its key."""
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._look_for_news)
        self._poll.start()
        self._enable()

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def site(self) -> Site:
        """The centre's settings, as last read."""
        return self.facts.site

    @property
    def weeks(self) -> tuple[date, ...]:
        """First days of the weeks that can be shown: with data, and some ahead."""
        return self.facts.weeks

    def show_week(self, start: date) -> None:
        """Show another week on every screen."""
        if start != self.horizon.start:
            self._set_horizon(start)

    def step(self, weeks: int) -> None:
        """Show a week earlier or later, within what can be shown."""
        target = self.horizon.start + timedelta(weeks=weeks)
        if self.weeks and self.weeks[0] <= target <= self.weeks[-1]:
            self.show_week(target)

    def _set_horizon(self, start: date) -> None:
        self.horizon = Horizon(start, 7, self.site.slot_minutes, self.site.zone)
        self._enable()
        self.week_changed.emit(self.horizon)

    # --- work ------------------------------------------------------------------------------------

    def ask(
        self,
        work: Callable[[Workspace], T],
        then: Callable[[T], None],
        *,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Read in the worker; ``then`` receives the value in the GUI thread."""
        workspace = self._workspace
        return self.jobs.run(
            lambda _progress, _stop: work(workspace), finished=then, failed=failed or self.fail
        )

    def do(
        self,
        work: Callable[[Workspace], Outcome],
        then: Callable[[Outcome], None] | None = None,
        *,
        done: Message | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Change something in the worker; then tell its notes and what it touched."""
        workspace = self._workspace

        def perform(_progress: object, _stop: ShouldStop) -> tuple[Outcome, UndoState]:
            return work(workspace), workspace.log.undo_state()

        def finished(answer: tuple[Outcome, UndoState]) -> None:
            outcome, undo = answer
            self._take(outcome, undo)
            if outcome.notes:
                self._say_notes(outcome.notes)
            elif done is not None:
                self.say(done, "ok")
            if then is not None:
                then(outcome)
            self._tell([outcome.operation] if outcome.operation is not None else [])

        return self.jobs.run(perform, finished=finished, failed=failed or self.fail)

    def run_long(
        self,
        work: Work,
        *,
        then: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
        progressed: Callable[[Progress], None] | None = None,
    ) -> Job:
        """Compute for long without the workspace, beside reading and writing."""
        return self.jobs.run(
            work, finished=then, failed=failed or self.fail, progressed=progressed, lane="long"
        )

    @Slot()
    def _undo(self) -> None:
        """Take back this user's last change."""
        self._take_back(self.facts.undo.undo, message("Nothing is left to undo."))

    @Slot()
    def _redo(self) -> None:
        """Bring back what was undone last."""
        self._take_back(self.facts.undo.redo, message("Nothing is left to redo."))

    def _turn(self, *steps: Callable[[], None]) -> None:
        """Take steps back or forth one after the other, however quickly they are asked for.

        What a step takes back is only known when the one before it is done.
        """
        self._steps += steps
        if self._steps and not self._turning:
            self._steps.pop(0)()

    def _take_back(self, entry: Operation | None, nothing: Message) -> None:
        if entry is None:
            self._steps.clear()
            self.say(nothing)
            return
        number, self._turning = entry.id, True

        def then(outcome: Outcome) -> None:
            self._turning = False
            if outcome.operation is not None:
                self.say(outcome.operation.text, "ok")
            self._turn()

        def failed(error: BaseException) -> None:
            self._turning = False
            self._steps.clear()
            self.fail(error)

        self.do(lambda workspace: workspace.log.undo(number), then, failed=failed)

    # --- telling ---------------------------------------------------------------------------------

    def say(
        self,
        text: Message,
        tone: str = "",
        action: tuple[Message, Callable[[], None]] | None = None,
    ) -> None:
        """Show a sentence inline in a tone (``ok``, ``warn``, ``bad``), with a thing to do."""
        self.said.emit(text, tone, action)

    def _say_notes(self, notes: tuple[Message, ...]) -> None:
        """Show what a change has to tell; of many lines the first, and the rest when asked for."""
        if len(notes) <= MOST_LINES:
            self.say(_joined(notes))
            return
        first = notes[: MOST_LINES - 1]
        rest = message(
            "  and {count} more line",
            plural="  and {count} more lines",
            count=len(notes) - len(first),
        )
        show_all = (message("Show all"), lambda: self.say(_joined(notes)))
        self.say(_joined([*first, rest]), action=show_all)

    def fail(self, error: BaseException) -> None:
        """Show an exception: the user's own as a sentence, a bug in the report dialog."""
        if isinstance(error, LostFileError):
            self._tell_lost(error.message)
        elif isinstance(error, NotYetError):
            words, screen, where = NEXT_STEPS[error.step]
            self.say(error.message, "bad", (words, lambda: self.go(screen, **where)))
        elif isinstance(error, WfmError):
            problems = tuple(getattr(error, "problems", ()))
            texts = [error.message, *(item.as_message() for item in problems[:5])]
            self.say(_joined(texts), "bad")
        else:
            self.failed.emit(error)

    def _tell_lost(self, text: Message) -> None:
        self.say(text, "bad", (message("Save a copy…"), self.rescue_wanted.emit))

    def go(self, screen: str, **where: object) -> None:
        """Show a screen, at a place of its own choosing."""
        self.wanted.emit(screen, where)

    def set_badge(self, screen: str, count: int) -> None:
        """Show a number beside a screen's name in the navigation; 0 shows none."""
        if self.badges.get(screen, 0) != count:
            self.badges[screen] = count
            self.badge_changed.emit(screen, count)

    def set_status(self, text: Message | None) -> None:
        """Say something about the screen shown in the status line."""
        self.status_changed.emit(text)

    def set_language(self, language: str) -> None:
        """Ask for another language."""
        self.language_wanted.emit(language)

    def set_theme(self, name: str) -> None:
        """Ask for another theme, by its name."""
        self.theme_wanted.emit(name)

    def dress(self, widget: QWidget) -> None:
        """Give a widget that came later the theme shown now."""
        dress(widget, self.theme)

    # --- actions ---------------------------------------------------------------------------------

    def action(self, key: str) -> QAction:
        """Return an action; an unknown key is a mistake of the caller."""
        return self.actions[key]

    def _make_actions(self) -> dict[str, QAction]:
        made = {}
        for item in all_actions():
            action = QAction(self.render(item.text), self)
            action.setShortcuts([QKeySequence(keys) for keys in item.keys])
            action.setProperty("screen", item.screen)
            action.setProperty("icon_name", item.icon)
            if item.icon:
                action.setIcon(theme_icon_of(item.icon, self.theme))
            made[item.key] = action
        made["undo"].triggered.connect(lambda: self._turn(self._undo))
        made["redo"].triggered.connect(lambda: self._turn(self._redo))
        made["week.earlier"].triggered.connect(lambda: self.step(-1))
        made["week.later"].triggered.connect(lambda: self.step(1))
        return made

    def wear(self, theme: Theme) -> None:
        """Take another theme; the icons of the actions follow."""
        self.theme = theme
        for action in self.actions.values():
            if name := action.property("icon_name"):
                action.setIcon(theme_icon_of(name, theme))

    def _enable(self) -> None:
        state, weeks, start = self.facts.undo, self.weeks, self.horizon.start
        for key, entry, plain in (
            ("undo", state.undo, message("Undo")),
            ("redo", state.redo, message("Redo")),
        ):
            action = self.actions[key]
            action.setEnabled(entry is not None)
            named = message("{action}: {what}", action=plain, what=entry.text) if entry else plain
            action.setToolTip(self.render(named))
        self.actions["week.earlier"].setEnabled(bool(weeks) and weeks[0] < start)
        self.actions["week.later"].setEnabled(bool(weeks) and start < weeks[-1])

    # --- news ------------------------------------------------------------------------------------

    def _take(self, outcome: Outcome, undo: UndoState) -> None:
        if outcome.operation is not None:
            self._newest = max(self._newest, outcome.operation.id)
        self._set_undo(undo)

    def _set_undo(self, undo: UndoState) -> None:
        self.facts = _with_undo(self.facts, undo)
        self._enable()
        self.undo_changed.emit()

    @Slot()
    def _look_for_news(self) -> None:
        if self.jobs.using_centre:
            return
        since = self._newest

        def look(workspace: Workspace) -> News:
            lost = workspace.files.lost()
            if lost is not None:
                return (), self.facts.undo, lost
            return workspace.log.since(since), workspace.log.undo_state(), None

        self.ask(
            look,
            self._take_news,
            failed=lambda _error: None,  # the next thing the user does will say what is wrong
        )

    def _take_news(self, answer: News) -> None:
        entries, undo, lost = answer
        if lost is not None:
            if not self._lost:
                self._lost = True
                self._tell_lost(lost)
            return
        news = [entry for entry in entries if entry.id > self._newest]
        if news:
            self._newest = news[-1].id
            self._set_undo(undo)
            self._tell(news)

    def read_again(self) -> None:
        """Read the centre's facts again and tell every screen that everything may have changed."""
        self.ask(read_facts, self._take_facts)

    def _tell(self, entries: Iterable[Operation]) -> None:
        kinds = frozenset(change.kind for entry in entries for change in entry.changes)
        if not kinds:
            return
        if kinds & {"site", "history_day", "agent_week"}:
            self.ask(read_facts, self._keep_facts)
        self.changed.emit(kinds)

    def _keep_facts(self, facts: DeskFacts) -> None:
        before = self.site
        self.facts = facts
        self._newest = max(self._newest, facts.newest)
        if (before.slot_minutes, before.zone) != (facts.site.slot_minutes, facts.site.zone):
            self._set_horizon(self.horizon.start)
        self._enable()
        self.undo_changed.emit()

    def _take_facts(self, facts: DeskFacts) -> None:
        self._keep_facts(facts)
        self.week_changed.emit(self.horizon)

    def rest(self) -> None:
        """Stop looking for news: the desk is about to go."""
        self._poll.stop()


def _with_undo(facts: DeskFacts, undo: UndoState) -> DeskFacts:
    return DeskFacts(facts.site, facts.weeks, facts.first, undo, facts.newest, facts.notes)


def _joined(texts: Iterable[Message]) -> Message:
    """Return several sentences as one message, each on a line of its own."""
    found = list(texts)
    joined = found[0]
    for text in found[1:]:
        joined = message("{first}\n{next}", first=joined, next=text)
    return joined
