"""Contracts, skills and teams of the centre, side by side with the people who have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ui.people.contracts_page import ContractsPage
from ui.people.edits import Edits
from ui.people.names_page import NamesPage, TeamsPage
from ui.translate import Render
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.change import Outcome
from wfm.model.people import Contract, Skill, Team
from wfm.services.people_view import PeopleView
from wfm.workspace import Workspace

Refuse = Callable[[WfmError], None]


class TermsPanel(QWidget):
    """Three pages; every change is written at once and can be undone."""

    def __init__(self, render: Render, edits: Edits, fail: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._edits, self._fail = edits, fail
        self.contracts = ContractsPage(render)
        self.skills = NamesPage(
            render,
            message("New skill"),
            message("A skill can be removed when nobody has it and no queue asks for it."),
        )
        self.teams = TeamsPage(render)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.contracts, render(message("Contracts")))
        self.tabs.addTab(self.skills, render(message("Skills")))
        self.tabs.addTab(self.teams, render(message("Teams")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        self._connect()

    def _connect(self) -> None:
        self.contracts.put.connect(self._put_contract)
        self.contracts.dropped.connect(self._drop_contract)
        self.skills.added.connect(lambda name: self._put_skill(name, None))
        self.skills.renamed.connect(lambda seen, name: self._put_skill(name, seen))
        self.skills.dropped.connect(self._drop_skill)
        self.teams.added.connect(lambda name: self._put_team(Team("", name), None))
        self.teams.renamed.connect(
            lambda seen, name: self._put_team(replace(seen, name=name), seen)
        )
        self.teams.led.connect(
            lambda seen, key: self._put_team(replace(seen, supervisor=key), seen)
        )
        self.teams.dropped.connect(self._drop_team)

    def show_view(self, view: PeopleView) -> None:
        """Show what the centre has."""
        self.contracts.show_view(view)
        used = Counter(key for person in view.people for key in person.agent.skills)
        self.skills.show_values(tuple(view.skills.values()), used)
        self.teams.show_view(view)

    @property
    def unsaved(self) -> bool:
        """Whether something typed is not written yet."""
        return self.contracts.unsaved

    # --- changes ---------------------------------------------------------------------------------

    def _put_contract(self, contract: Contract, seen: Contract | None) -> None:
        def then(outcome: Outcome) -> None:
            keys = [key for kind, key in outcome.touched if kind == "contract"]
            self.contracts.written(replace(contract, key=keys[0]))

        self._do(
            lambda workspace: workspace.people.put_contract(contract, seen),
            self.contracts.refuse,
            then,
        )

    def _drop_contract(self, seen: Contract) -> None:
        self._do(lambda workspace: workspace.people.remove_contract(seen), self.contracts.refuse)

    def _put_skill(self, name: str, seen: Skill | None) -> None:
        self._do(
            lambda workspace: workspace.people.put_skill(name, seen),
            self.skills.refuse,
            lambda _outcome: self.skills.done(),
        )

    def _drop_skill(self, seen: Skill) -> None:
        self._do(
            lambda workspace: workspace.people.remove_skill(seen),
            self.skills.refuse,
            lambda _outcome: self.skills.done(),
        )

    def _put_team(self, team: Team, seen: Team | None) -> None:
        self._do(
            lambda workspace: workspace.people.put_team(team, seen),
            self.teams.refuse,
            lambda _outcome: self.teams.done(),
        )

    def _drop_team(self, seen: Team) -> None:
        self._do(
            lambda workspace: workspace.people.remove_team(seen),
            self.teams.refuse,
            lambda _outcome: self.teams.done(),
        )

    def _do(
        self,
        work: Callable[[Workspace], Outcome],
        refuse: Refuse,
        then: Callable[[Outcome], None] | None = None,
    ) -> None:
        def failed(error: BaseException) -> None:
            if isinstance(error, WfmError):
                refuse(error)
            else:
                self._fail(error)

        self._edits.do(work, then=then, failed=failed)
