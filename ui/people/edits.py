"""The people screen's changes: each one operation, starting from what was last written here.

Between writing and reading back a second edit may follow; it starts from the first one's value, so
that quick hands meet no conflict with themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal

from ui.desk import Desk
from wfm.messages import Message
from wfm.model.change import Outcome
from wfm.model.people import Agent, Availability
from wfm.services.people import BulkEdit
from wfm.services.people_view import PeopleView
from wfm.workspace import Workspace

Failed = Callable[[BaseException], None]


class Edits(QObject):
    """Writes people and what belongs to them; ``refused`` asks for what is stored now."""

    refused = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._agents: dict[str, Agent] = {}
        self._availabilities: dict[str, Availability | None] = {}
        self._under_way: Counter[str] = Counter()

    def take(self, view: PeopleView) -> None:
        """Start from what was read; what is being written just now is newer than that."""
        newer = {key for key, count in self._under_way.items() if count}
        agents, hours = self._agents, self._availabilities
        self._agents = {item.agent.key: item.agent for item in view.people}
        self._availabilities = {item.agent.key: item.availability for item in view.people}
        self._agents.update((key, agents[key]) for key in newer & agents.keys())
        self._availabilities.update((key, hours[key]) for key in newer & hours.keys())

    def agent(self, key: str) -> Agent | None:
        """Return a person as last written or read."""
        return self._agents.get(key)

    def availability(self, key: str) -> Availability | None:
        """Return somebody's availability as last written or read."""
        return self._availabilities.get(key)

    # --- people ----------------------------------------------------------------------------------

    def put_agent(self, wanted: Agent, failed: Failed | None = None) -> None:
        """Write one person."""
        seen = self._agents.get(wanted.key)
        if seen is None or seen == wanted:
            return
        self._agents[wanted.key] = wanted
        pairs = [(seen, wanted)]
        self.do(lambda workspace: workspace.people.change(pairs), failed=failed, keys=[wanted.key])

    def put_many(self, keys: Sequence[str], edit: BulkEdit) -> None:
        """Apply one edit to many people."""
        seen = [self._agents[key] for key in keys if key in self._agents]
        self._agents.update((agent.key, edit.applied_to(agent)) for agent in seen)
        self.do(
            lambda workspace: workspace.people.change_many(seen, edit),
            keys=[agent.key for agent in seen],
        )

    def put_availability(self, value: Availability, failed: Failed | None = None) -> None:
        """Write when somebody can work."""
        seen = self._availabilities.get(value.agent)
        stored = value if value.weekdays or value.dates else None
        self._availabilities[value.agent] = stored
        self.do(
            lambda workspace: workspace.people.set_availability(value, seen),
            failed=failed,
            keys=[value.agent],
        )

    def add_leave(
        self,
        keys: Sequence[str],
        span: tuple[date, date],
        kind: str,
        note: str,
        *,
        clear_duties: bool,
        then: Callable[[Outcome], None],
        failed: Failed,
    ) -> None:
        """Enter leave for some people."""
        first, last = span
        self.do(
            lambda workspace: workspace.people.add_leave(
                keys, first, last, kind, note, clear_duties=clear_duties
            ),
            then=then,
            failed=failed,
        )

    # --- any -------------------------------------------------------------------------------------

    def do(
        self,
        work: Callable[[Workspace], Outcome],
        *,
        then: Callable[[Outcome], None] | None = None,
        done: Message | None = None,
        failed: Failed | None = None,
        keys: Sequence[str] = (),
    ) -> None:
        """Do a change to the people of ``keys``.

        What is refused is shown where it was made, and everything is read again.
        """
        self._under_way.update(keys)

        def finish(outcome: Outcome) -> None:
            self._under_way.subtract(keys)
            if then is not None:
                then(outcome)

        def refuse(error: BaseException) -> None:
            self._under_way.subtract(keys)
            (failed or self._desk.fail)(error)
            self.refused.emit()

        self._desk.do(work, finish, done=done, failed=refuse)
