"""The people of an open centre: contracts, skills, availability and leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wfm.model.change import Outcome
from wfm.model.people import Agent, Availability, Balance, Contract, Leave, Skill, Team, Wish
from wfm.model.time import LATEST_MINUTE, Horizon
from wfm.services import people, people_days, people_terms, people_view
from wfm.services.session import Session


class People:
    """The people of an open centre: contracts, skills, availability and leave."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # --- looking ---------------------------------------------------------------------------------

    def view(self, horizon: Horizon) -> people_view.PeopleView:
        """Return everybody with the figures of a week."""
        with self._session.database.read() as store:
            return people_view.people_view(store, self._session, horizon)

    def days(self, agent: str) -> people_view.PersonDays:
        """Return absence, wishes, duties and balance of one person."""
        with self._session.database.read() as store:
            return people_view.person_days(store, self._session, agent)

    def removal(self, keys: Sequence[str]) -> people.Removal:
        """Tell what removing people would come to."""
        with self._session.database.read() as store:
            return people.removal(store, self._session, keys)

    # --- people ----------------------------------------------------------------------------------

    def add(self, agent: Agent) -> Outcome:
        """Add a person."""
        return people.add_agent(self._session, agent)

    def change(self, pairs: Sequence[tuple[Agent, Agent]]) -> Outcome:
        """Write people as (seen, wanted), all or none."""
        return people.change_agents(self._session, pairs)

    def change_many(self, seen: Sequence[Agent], edit: people.BulkEdit) -> Outcome:
        """Apply one edit to many people."""
        return people.change_many(self._session, seen, edit)

    def remove(self, keys: Sequence[str], left: date) -> Outcome:
        """Delete people without a past; the others leave on ``left``."""
        return people.remove_agents(self._session, keys, left)

    # --- terms -----------------------------------------------------------------------------------

    def put_contract(self, contract: Contract, seen: Contract | None) -> Outcome:
        """Add or change a contract."""
        return people_terms.put_contract(self._session, contract, seen)

    def remove_contract(self, seen: Contract) -> Outcome:
        """Remove a contract that nobody has."""
        return people_terms.remove_contract(self._session, seen)

    def put_skill(self, name: str, seen: Skill | None) -> Outcome:
        """Add or rename a skill."""
        return people_terms.put_skill(self._session, name, seen)

    def remove_skill(self, seen: Skill) -> Outcome:
        """Remove a skill that nobody has and no queue asks for."""
        return people_terms.remove_skill(self._session, seen)

    def put_team(self, team: Team, seen: Team | None) -> Outcome:
        """Add or change a team."""
        return people_terms.put_team(self._session, team, seen)

    def remove_team(self, seen: Team) -> Outcome:
        """Remove a team without members."""
        return people_terms.remove_team(self._session, seen)

    # --- days ------------------------------------------------------------------------------------

    def set_availability(self, value: Availability, seen: Availability | None) -> Outcome:
        """Write when a person can work."""
        return people_days.set_availability(self._session, value, seen)

    def add_leave(
        self,
        agents: Sequence[str],
        first: date,
        last: date,
        kind: str,
        note: str = "",
        *,
        clear_duties: bool = False,
    ) -> Outcome:
        """Enter absence on every day of a span."""
        return people_days.add_leave(
            self._session, agents, first, last, kind, note, clear_duties=clear_duties
        )

    def remove_leave(self, seen: Sequence[Leave]) -> Outcome:
        """Take absence away again."""
        return people_days.remove_leave(self._session, seen)

    def add_wishes(
        self, agent: str, first: date, last: date, kind: str, start: int = 0,
        end: int = LATEST_MINUTE,
    ) -> Outcome:  # fmt: skip
        """Enter a wish for every day of a span."""
        return people_days.add_wishes(self._session, agent, first, last, kind, start, end)

    def remove_wish(self, seen: Wish) -> Outcome:
        """Take a wish away again."""
        return people_days.remove_wish(self._session, seen)

    def set_balance(self, value: Balance, seen: Balance | None) -> Outcome:
        """Write the opening counters of a month."""
        return people_days.set_balance(self._session, value, seen)
