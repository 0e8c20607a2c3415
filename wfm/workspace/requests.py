"""Requests of staff and what was decided about them."""

from __future__ import annotations

from datetime import date

from wfm.model.change import Outcome
from wfm.model.request import Evidence, Request
from wfm.services import requests
from wfm.services.session import Session


class Requests:
    """Requests of staff and what was decided about them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> tuple[Request, ...]:
        """Return every request: open ones by their day, then decided ones, the newest first."""
        with self._session.database.read() as store:
            return requests.all_requests(store)

    def rows(self) -> tuple[requests.RequestRow, ...]:
        """Return every request with the names in it, in the order of :meth:`all`."""
        with self._session.database.read() as store:
            return requests.request_rows(store)

    def people(self) -> tuple[requests.Person, ...]:
        """Return everybody who can be chosen for a request."""
        with self._session.database.read() as store:
            return requests.people(store)

    def card(self, key: str) -> requests.RequestCard:
        """Return a request with the figures to decide on, or those it was decided on."""
        with self._session.database.read() as store:
            return requests.request_card(store, self._session, key)

    def draft_card(self, draft: Request) -> requests.RequestCard:
        """Return what a request that is only being written would do, or what is wrong with it."""
        with self._session.database.read() as store:
            return requests.draft_card(store, self._session, draft)

    def enter(self, draft: Request) -> Outcome:
        """Keep a draft as an open request."""
        return requests.enter(self._session, draft)

    def enter_swap(
        self, agent: str, day: date, other: str, other_day: date | None = None, note: str = ""
    ) -> Outcome:
        """Enter a swap of shifts, within a day or across two."""
        return requests.enter_swap(self._session, agent, day, other, other_day, note)

    def enter_leave(
        self,
        agent: str,
        first: date,
        last: date | None = None,
        kind: str = "paid_leave",
        note: str = "",
    ) -> Outcome:
        """Enter a leave of whole days."""
        return requests.enter_leave(self._session, agent, first, last, kind, note)

    def approve(self, key: str, seen: Evidence, reason: str = "") -> Outcome:
        """Carry out a request on the figures that were seen."""
        return requests.approve(self._session, key, seen, reason)

    def refuse(self, key: str, reason: str, seen: Evidence | None = None) -> Outcome:
        """Refuse a request with a reason."""
        return requests.refuse(self._session, key, reason, seen)

    def withdraw(self, key: str, reason: str = "") -> Outcome:
        """Close a request that the person took back."""
        return requests.withdraw(self._session, key, reason)

    def reopen(self, key: str) -> Outcome:
        """Take back a decision and what it did to the roster."""
        return requests.reopen(self._session, key)
