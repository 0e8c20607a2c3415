"""The screen “roster”: a week's roster to edit, build, compare, publish and hand out."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QIcon

from ui.desk import Desk
from ui.roster.actions import BOARD
from ui.roster.board_edits import changes_locks
from ui.roster.board_week import BoardWeek, load_board_week
from ui.roster.build import PROPOSED as WAITING
from ui.roster.build import RosterBuild
from ui.roster.lists import change_groups, violation_lines
from ui.roster.parts import DAY, WEEK, RosterParts
from ui.roster.people_filter import Person, Wanted, found, people_of
from ui.roster.possible import possible_actions
from ui.roster.scope_fields import SHOWN
from ui.roster.side_panel import BUILD, PROPOSED, PUBLISHED, VIOLATIONS, Lines
from ui.roster.status import roster_words, status_words
from ui.roster.week_work import WeekWork
from ui.screen import ICON_SIZE, Screen
from ui.widgets.cards import restyle
from ui.widgets.icons import beside_text
from wfm.analysis import AgentDifference, Publication, publication
from wfm.analysis.draft import RosterEdit, WeekDraft
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.run import RunRequest
from wfm.services.proposing import Proposal
from wfm.services.week import WeekState


class RosterScreen(Screen):
    """Holds the board and everything around it; edits are shown at once and then stored."""

    key = "roster"
    uses_week = True
    reads = frozenset(
        {
            "agent", "agent_week", "availability", "balance", "contract", "leave", "queue",
            "requirement", "run_record", "shift_kind", "site", "skill", "special_day", "team",
            "wish",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._state: WeekState | None = None
        self._people: tuple[Person, ...] = ()
        self._names: dict[str, str] = {}
        self._publication: Publication | None = None
        self._previewed: Proposal | None = None
        self._own_edits = 0
        self._place: dict[str, Any] = {}
        self.build = RosterBuild(desk)
        self.work = WeekWork(desk)
        self.parts = parts = RosterParts(desk, self.build, self._lines_of, self._people_of)
        self.board, self.filters, self.panel = parts.board, parts.filters, parts.panel
        self.proposal_bar, self.publish_bar = parts.proposal_bar, parts.publish_bar
        self.export_bar, self.hint, self.figures = parts.export_bar, parts.hint, parts.figures
        self.zoom, self.build_panel = parts.zoom, parts.build_panel
        self.questions = parts.questions
        self.publish_button = parts.furnish(self.head)
        self.body.addWidget(parts.stack, 1)
        self._connect()

    # --- building --------------------------------------------------------------------------------

    def _connect(self) -> None:
        board, desk = self.board, self.desk
        board.edit_wanted.connect(self._commit)
        board.refused.connect(lambda text: desk.say(text, "warn"))
        board.figures_changed.connect(self._figures_moved)
        board.selection_changed.connect(lambda _selection: self._show_status())
        board.reload_wanted.connect(self.refresh)
        board.zoomed_day.connect(lambda day: self.zoom.choose(WEEK if day is None else DAY))
        self.zoom.chosen.connect(self._zoom)
        self.filters.changed.connect(self._show_people)
        self.build.phase_changed.connect(self._show_build)
        self.build.progressed.connect(self._show_search)
        self.build_panel.start_wanted.connect(self._start_asked)
        self.questions.page_wanted.connect(self._open_page)
        self.questions.place_wanted.connect(self._show_place)
        self.proposal_bar.accept_wanted.connect(self.accept)
        self.proposal_bar.discard_wanted.connect(self.discard)
        self.proposal_bar.week_wanted.connect(self._show_proposed_week)
        self.publish_bar.publish_wanted.connect(self._publish)
        self.publish_bar.cancelled.connect(self._end_question)
        self.publish_bar.changes_wanted.connect(lambda: self.panel.open_page(PUBLISHED))
        self.publish_bar.violations_wanted.connect(lambda: self.panel.open_page(VIOLATIONS))
        self.export_bar.cancelled.connect(self._end_question)
        self.export_bar.write_wanted.connect(self._write)
        self.hint.build_wanted.connect(self.start_build)
        self.hint.require_wanted.connect(lambda: self.work.require(desk.horizon))
        self.parts.nobody.button.clicked.connect(lambda: desk.go("people"))
        for page in self.panel.lists.values():
            page.list.chosen.connect(self._show_place)
        self.panel.closed.connect(lambda: board.setFocus(Qt.FocusReason.OtherFocusReason))

    def connect_actions(self) -> None:
        """Connect what can be done here."""
        desk = self.desk
        for key, act in {
            "build": self.start_build,
            "stop": self.build.stop,
            "accept": self.accept,
            "discard": self.discard,
            "publish": self.ask_to_publish,
            "export": self.ask_to_export,
            "violations": lambda: self._toggle(VIOLATIONS),
            "build_panel": lambda: self._toggle(BUILD),
            "search": self.filters.focus_search,
            "show_all": self.filters.clear,
            "day": lambda: self._zoom(DAY),
            "week": lambda: self._zoom(WEEK),
            "lock_week": lambda: self.work.lock_week(desk.horizon, locked=True),
            "unlock_week": lambda: self.work.lock_week(desk.horizon, locked=False),
            "copy_week": self._copy_week,
            "clear_week": self._clear_week,
            **self.questions.acts,
        }.items():
            desk.action(f"roster.{key}").triggered.connect(lambda _on=False, act=act: act())
        table = desk.action("roster.table")
        table.setCheckable(True)
        table.toggled.connect(self.board.show_table)
        for action in BOARD:
            command = action.key.partition(".")[2]
            desk.action(action.key).triggered.connect(
                lambda _on=False, command=command: self.board.run(command)
            )
        self._enable()

    # --- reading ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the week and show it."""
        horizon = self.desk.horizon
        self.desk.ask(lambda workspace: load_board_week(workspace, horizon), self._take)
        if self.build.phase == WAITING and self.build.horizon == horizon:
            self.build.compare_again()

    @Slot(object)
    def _changed(self, kinds: frozenset[str]) -> None:
        """Leave alone what this screen has stored itself: the board shows it already."""
        if self._own_edits and kinds <= {"agent_week"}:
            self._own_edits -= 1
            return
        super()._changed(kinds)

    def _take(self, week: BoardWeek) -> None:
        if week.state.centre.horizon != self.desk.horizon:
            return
        state = self._state = week.state
        self._people = people_of(state.centre)
        self._names = {agent.key: agent.name for agent in state.centre.agents}
        self.board.set_week(week)
        self.filters.set_teams([(team.key, team.name) for team in state.centre.teams])
        self.parts.show_people(there=bool(state.centre.agents))
        self._show_build()
        where, self._place = self._place, {}
        self.focus_on(**where)

    @property
    def draft(self) -> WeekDraft | None:
        """The week as it is stored, own edits included."""
        return self.board.draft

    @property
    def shown_draft(self) -> WeekDraft | None:
        """The week shown: the proposal's while one is looked at."""
        return self.build.after if self.previewing else self.draft

    @property
    def previewing(self) -> bool:
        """Whether the board shows a proposal for this week."""
        return self.build.proposal is not None and self.build.horizon == self.desk.horizon

    @property
    def _bound(self) -> float | None:
        run = None if self._state is None else self._state.run
        return None if run is None else run.lower_bound

    # --- showing ---------------------------------------------------------------------------------

    def _show_week(self) -> None:
        """Show everything that follows from the week's duties."""
        draft, shown = self.draft, self.shown_draft
        if draft is None or shown is None or self._state is None:
            return
        self._publication = publication(draft.weeks.values(), draft.horizon)
        used = {duty.kind for duty in shown.all_duties()}
        self.filters.set_kinds([kind for kind in draft.facts.kinds.values() if kind.key in used])
        self._show_figures()
        self._show_people()
        self.panel.refill()
        self.build_panel.show_week(draft)
        self.questions.show_week(draft, self._names, self._state.centre.leaves)
        self.hint.show_week(draft, previewing=self.previewing, running=self.build.running)
        self._show_status()
        self._enable()

    def _show_figures(self) -> None:
        proposal, after, draft = self.build.proposal, self.build.after, self.draft
        if self.previewing and proposal is not None and after is not None:
            self.figures.show_proposal(proposal.difference, after, proposal.plan.lower_bound)
        elif draft is not None:
            self.figures.show_draft(draft, self._bound)

    def _people_of(self, which: str) -> tuple[str, ...]:
        """Return the people selected in the roster, or those shown."""
        if which == SHOWN:
            return self._wanted()[1]
        chosen = self.board.timeline.selection.chosen
        return tuple(sorted({agent for agent, _ in chosen}))

    def _lines_of(self, page: str) -> Lines:
        """Return what a list of the side panel shows."""
        desk, shown, proposal = self.desk, self.shown_draft, self.build.proposal
        if page == VIOLATIONS:
            return violation_lines(shown, desk.render)
        agents: tuple[AgentDifference, ...] = ()
        if page == PROPOSED and proposal is not None:
            agents = proposal.difference.agents
        elif page == PUBLISHED and self._publication is not None:
            agents = self._publication.agents
        if agents:
            return change_groups(agents, self._names, desk.language, desk.render)
        if page == PROPOSED:
            return message("Nothing would change.")
        return message("Everybody was shown this roster.")

    def _figures_moved(self, draft: WeekDraft) -> None:
        """An edit is being made: the figures follow, everything else waits for its end."""
        if not self.previewing:
            self.figures.show_draft(draft, self._bound)

    def _show_people(self) -> None:
        wanted, keys = self._wanted()
        self.board.set_filter(None if wanted.everybody else keys)
        self.filters.show_count(len(keys), len(self._people))

    def _wanted(self) -> tuple[Wanted, tuple[str, ...]]:
        """Return what the filters ask for, and the people found."""
        shown, proposal, changed = self.shown_draft, self.build.proposal, None
        if self.previewing and proposal is not None:
            changed = frozenset(item.agent for item in proposal.difference.agents)
        wanted = self.filters.wanted(changed)
        return wanted, () if shown is None else found(self._people, wanted, shown)

    def _show_status(self) -> None:
        draft, published, chosen = self.draft, self._publication, self.board.selection
        if draft is None or published is None or not self.isVisible():
            return
        state = roster_words(draft, published, previewing=self.previewing)
        self.desk.set_status(status_words(state, chosen.shifts, chosen.minutes, self.desk.language))

    def _show_place(self, agent: str, day: date | None) -> None:
        if not agent:
            self.focus_on(day=day)
            return
        if agent not in self._wanted()[1]:
            self.filters.clear()
        self.board.focus_on(agent, day)

    def focus_on(self, **where: Any) -> None:
        """Show a person's week or a day of it (``agent``, ``day``), a ``day``, or a ``panel``."""
        day = where.get("day")
        if where and (self.draft is None or self.draft.horizon != self.desk.horizon):
            self._place = where  # the week is on its way
        elif "agent" in where:
            self.board.focus_on(str(where["agent"]), day if isinstance(day, date) else None)
        elif isinstance(day, date) and day in self.desk.horizon.dates:
            self.board.show_day(day)
            self.zoom.choose(DAY)
        if where.get("panel") in self.panel.lists:
            self.panel.open_page(str(where["panel"]))

    def activate(self) -> None:
        """Come to the front: read what changed, and say where the week stands."""
        super().activate()
        self._show_status()

    def _zoom(self, how: str) -> None:
        day = None
        if how == DAY:
            day = self.board.selection.day or self.desk.horizon.start
        self.board.show_day(day)
        self.zoom.choose(how)

    def _toggle(self, page: str) -> None:
        self.panel.toggle_page(page)
        if self.panel.is_open:
            self.panel.focus_page()

    # --- edits by hand ---------------------------------------------------------------------------

    def _commit(self, edit: RosterEdit) -> None:
        """Store what the board shows already."""

        def stored(outcome: Outcome) -> None:
            self.board.committed(edit)
            if outcome.operation is not None:
                self._own_edits += 1
            if changes_locks(edit):  # what is proven of the week holds for its locks
                self.refresh()
            self._show_week()

        def failed(error: BaseException) -> None:
            self.desk.fail(error)
            self.board.forget(edit)
            self.refresh()

        self.desk.do(lambda workspace: workspace.rosters.change(edit), stored, failed=failed)

    def _copy_week(self) -> None:
        if self.draft is not None:
            self.work.copy_week(self.desk.horizon, planned=self.draft.planned)

    def _clear_week(self) -> None:
        if self.draft is not None:
            free = sum(not duty.locked for duty in self.draft.all_duties())
            self.work.clear_week(self.desk.horizon, free)

    # --- building --------------------------------------------------------------------------------

    def start_build(self) -> None:
        """Build the week shown; the panel shows how it goes."""
        self._start(RunRequest())

    def _start_asked(self) -> None:
        """Build as much of the week as the panel says."""
        request = self.build_panel.scope.request()
        if request is not None:
            self._start(request)

    def _start(self, request: RunRequest) -> None:
        if self.build.running or self._state is None:
            return
        self._open_page(BUILD)
        self.build.start(self.desk.horizon, request)
        self.build_panel.show_start()

    def _open_page(self, page: str) -> None:
        self._end_question()
        self.panel.open_page(page)
        self.panel.focus_page()

    def _show_search(self) -> None:
        """Draw the coverage of the best roster so far."""
        if self.build.horizon == self.desk.horizon and not self.previewing:
            self.board.coverage.follow_search(self.build.covered)

    def accept(self) -> None:
        """Make the proposal shown the roster."""
        if self.previewing:
            self.build.accept(lambda: self.panel.show_page(VIOLATIONS))

    def discard(self) -> None:
        """Throw the proposal shown away."""
        if self.previewing:
            self.build.discard()

    def _show_build(self) -> None:
        """Show the proposal on the board, or the roster again."""
        build = self.build
        proposal = build.proposal
        if proposal is None:
            self.proposal_bar.hide()
            if self.panel.page == PROPOSED:
                self.panel.show_page(BUILD)
        else:
            self.proposal_bar.show_proposal(
                proposal, build.objection, here=self.previewing, busy=build.phase != WAITING
            )
        self._preview()
        self._show_search()
        self.filters.offer_changed(offered=self.previewing)
        self._show_week()

    def _preview(self) -> None:
        """Bring the board to what is to be shown; a new proposal gets panel and keyboard."""
        proposal, before = self.build.proposal, self._previewed
        if not self.previewing or proposal is None:
            self._previewed = None
            if before is not None:
                self.board.preview(None)
                if proposal is None:
                    self.board.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if before is not proposal or self.board.shown is self.board.draft:
            marks = {(item.agent, item.day): item.what for item in proposal.difference.changes}
            self.board.preview(self.build.after, marks)
            self._previewed = proposal
        if before is None:
            self._end_question()
            if self.panel.page in {BUILD, PROPOSED}:
                self.panel.show_page(PROPOSED)
            self.proposal_bar.focus_accept()

    def _show_proposed_week(self) -> None:
        if self.build.horizon is not None:
            self.desk.show_week(self.build.horizon.start)

    # --- handing out -----------------------------------------------------------------------------

    def ask_to_publish(self) -> None:
        """Show what publishing would tell, and ask."""
        if self.draft is None or self._publication is None or self.previewing:
            return
        self._end_question()
        self.publish_bar.ask(self._publication, self.draft)
        self._enable()

    def ask_to_export(self) -> None:
        """Ask for format and file, unless a proposal is to be decided on first."""
        if self.previewing:
            self.desk.say(
                message(
                    "Accept or discard the proposal first: a file holds the stored roster only."
                ),
                "warn",
            )
            return
        self._end_question()
        self.export_bar.ask(self.desk.horizon)

    def _publish(self) -> None:
        self._end_question()
        self.work.publish(self.desk.horizon, lambda _outcome: None)

    def _write(self, format_name: str, path: str) -> None:
        self.work.write(self.desk.horizon, format_name, path, self._end_question)

    def _end_question(self) -> None:
        inside = self.publish_bar.is_open or self.export_bar.is_open
        self.publish_bar.hide()
        self.export_bar.hide()
        if inside:
            self.board.setFocus(Qt.FocusReason.OtherFocusReason)
        self._enable()

    # --- what is possible ------------------------------------------------------------------------

    def _enable(self) -> None:
        """Let actions be possible when they are; the head's button is primary when nothing asks."""
        possible = possible_actions(
            self.draft, self._publication, self.build,
            people=bool(self._people), previewing=self.previewing,
        )  # fmt: skip
        self.questions.show_build()
        for key, on in possible.items():
            self.desk.action(f"roster.{key}").setEnabled(on)
        asking = self.publish_bar.is_open or self.previewing
        role = "" if asking else "primary"
        if self.publish_button.property("role") != role:
            self.publish_button.setProperty("role", role)
            plain = self.desk.action("roster.publish").icon()
            self.publish_button.setIcon(QIcon() if role else beside_text(plain, ICON_SIZE))
            restyle(self.publish_button)

    # --- staying and leaving ---------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Return filters, zoom, the panel's page and the proposal."""
        return {
            "filters": self.filters.state(),
            "board": self.board.state(),
            "page": self.panel.page,
            "build": self.build.kept(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take over from the screen before."""
        self.filters.restore(state.get("filters", {}))
        self.board.restore(state.get("board", {}))
        self.panel.show_page(state.get("page", VIOLATIONS))
        self.build.take_over(state.get("build", {}))

    def unsaved(self) -> Message | None:
        """Return that a build runs, or that its proposal waits."""
        if self.build.running:
            return message("A roster is being built; what it found would be lost.")
        if self.build.proposal is not None:
            return message("The proposed roster was neither accepted nor discarded.")
        return None

    def unkept(self) -> Message | None:
        """Nothing: a build is waited for, and a proposal is part of the state."""
        return None

    def leave(self) -> None:
        """End the search and any question: their child process goes with the centre."""
        self.build.stop()
        self.questions.stop()
