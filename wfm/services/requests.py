"""Requests of staff: entered, looked at with their figures, decided and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from wfm import persistence
from wfm.analysis.decision import PROPOSAL_WORDS, Light, lights, reason_words, rule_words, unlawful
from wfm.errors import Conflict, Problem, ProblemsError, WfmError
from wfm.messages import Message, message
from wfm.model.activity import ShiftKind, absence_name
from wfm.model.change import Outcome
from wfm.model.people import Agent, Skill, Team
from wfm.model.request import Evidence, Request
from wfm.persistence import Store, Unit, kind_of
from wfm.services.evidence import evidence
from wfm.services.request_change import RosterChange, read_change
from wfm.services.request_faults import faults
from wfm.services.session import Session

KEY_PREFIX = "r"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be chosen for a request."""

    key: str
    name: str
    number: str
    reading: str
    team: str


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One line of a list of requests: the request and the names in it."""

    request: Request
    name: str
    other: str = ""
    searched: str = ""


@dataclass(frozen=True, slots=True)
class RequestCard:
    """A request with everything a decision needs, in words.

    ``evidence`` is that of now while it is open, else what it was decided on (``None``: it cannot
    be worked out, see ``faults``).  ``faults`` say why it cannot be carried out any more.
    ``names`` are those of the people concerned, ``kinds`` the shift kinds by their key.
    """

    request: Request
    names: dict[str, str]
    teams: dict[str, str]
    kinds: dict[str, ShiftKind]
    evidence: Evidence | None = None
    lights: tuple[Light, ...] = ()
    proposal: Message | None = None
    reasons: tuple[Message, ...] = ()
    faults: tuple[Message, ...] = ()
    skills: dict[str, str] | None = None


# --- reading -------------------------------------------------------------------------------------


def all_requests(store: Store) -> tuple[Request, ...]:
    """Return every request: open ones by their day, then decided ones, the newest first."""
    found = store.all(Request)
    still_open = sorted((item for item in found if item.is_open), key=lambda r: (r.day, r.key))
    rest = sorted((item for item in found if not item.is_open), key=_decided_last, reverse=True)
    return (*still_open, *rest)


def request_rows(store: Store) -> tuple[RequestRow, ...]:
    """Return every request with names, in the order of :func:`all_requests`."""
    agents = {agent.key: agent for agent in store.all(Agent)}

    def name(key: str) -> str:
        return agents[key].name or key if key in agents else key

    rows = []
    for item in all_requests(store):
        people = [agents[key] for key in item.agents if key in agents]
        words = [part for who in people for part in (who.name, who.reading, who.number)]
        rows.append(
            RequestRow(
                item,
                name(item.agent),
                name(item.other) if item.other else "",
                " ".join([item.key, item.note, *words]).casefold(),
            )
        )
    return tuple(rows)


def _decided_last(request: Request) -> tuple[str, str]:
    return request.decided_at, request.key


def people(store: Store) -> tuple[Person, ...]:
    """Return everybody by name, as a form offers them."""
    teams = {team.key: team.name for team in store.all(Team)}
    found = [
        Person(
            agent.key,
            agent.name or agent.key,
            agent.number,
            agent.reading,
            teams.get(agent.team, agent.team),
        )
        for agent in store.all(Agent)
        if agent.left is None
    ]
    return tuple(sorted(found, key=lambda person: (person.reading or person.name, person.key)))


def request_card(store: Store, session: Session, key: str) -> RequestCard:
    """Return a request with its figures; an open one is weighed against the roster of now."""
    request = _known(store, key)
    if not request.is_open:
        return _card(store, request, request.evidence, ())
    found = faults(store, request, session.clock)
    return _card(store, request, evidence(store, request), found)


def draft_card(store: Store, session: Session, draft: Request) -> RequestCard:
    """Return what a request that is only being written would do; its faults first."""
    found = faults(store, draft, session.clock)
    return _card(store, draft, None if found else evidence(store, draft), found)


def _card(
    store: Store, request: Request, found: Evidence | None, wrong: tuple[Message, ...]
) -> RequestCard:
    names, teams = _names(store, request.agents), {team.key: team.name for team in store.all(Team)}
    skills = {skill.key: skill.name for skill in store.all(Skill)}
    own = {key: agent.team for key in request.agents if (agent := store.get(Agent, key))}
    card = RequestCard(
        request,
        names,
        {key: teams.get(team, team) for key, team in own.items()},
        {kind.key: kind for kind in store.all(ShiftKind)},
        faults=wrong,
        skills=skills,
    )
    if found is None:
        return card
    return replace(
        card,
        evidence=found,
        lights=lights(found, names, skills),
        proposal=PROPOSAL_WORDS.get(found.proposal),
        reasons=reason_words(found, names),
    )


def _names(store: Store, keys: Sequence[str]) -> dict[str, str]:
    agents = {key: store.get(Agent, key) for key in keys}
    return {key: key if agent is None else agent.name or key for key, agent in agents.items()}


def _known(store: Store, key: str) -> Request:
    request = store.get(Request, key)
    if request is None:
        raise WfmError(message("There is no request {key}.", key=key))
    return request


# --- entering ------------------------------------------------------------------------------------


def enter_swap(
    session: Session,
    agent: str,
    day: date,
    other: str,
    other_day: date | None = None,
    note: str = "",
) -> Outcome:
    """Enter a swap: both do each other's work on ``day`` and on ``other_day`` (none: the same).

    Raises :class:`~wfm.errors.WfmError` in words for whatever cannot be swapped.
    """
    draft = Request("", "swap", agent, day, other, other_day or day, note=note.strip())
    return enter(session, draft)


def enter_leave(
    session: Session,
    agent: str,
    first: date,
    last: date | None = None,
    kind: str = "paid_leave",
    note: str = "",
) -> Outcome:
    """Enter a leave of whole days; ``kind`` as in :data:`wfm.model.request.REQUEST_ABSENCES`."""
    draft = Request(
        "", "leave", agent, first, last_day=last or first, absence=kind, note=note.strip()
    )
    return enter(session, draft)


def enter(session: Session, draft: Request) -> Outcome:
    """Keep a draft as an open request; raises when it has faults."""
    with session.database.write(session.who, session.clock) as unit:
        found = faults(unit, draft, session.clock)
        _refuse(found, message("The request was not entered; please mend this first:"))
        request = replace(
            draft,
            key=_next_key(unit),
            entered_at=session.clock().isoformat(timespec="seconds"),
            entered_by=session.who,
            state="open",
        )
        unit.put(request, seen=None)
        operation = unit.commit(_words("enter", request, unit))
    return Outcome(operation)


def _refuse(found: Sequence[Message], summary: Message) -> None:
    if len(found) == 1:
        raise WfmError(found[0])
    if found:
        raise ProblemsError(summary, [Problem(item) for item in found])


def _next_key(store: Store) -> str:
    numbers = [
        int(item.key[len(KEY_PREFIX) :])
        for item in store.all(Request)
        if item.key[len(KEY_PREFIX) :].isdecimal()
    ]
    return f"{KEY_PREFIX}{max(numbers, default=0) + 1:04d}"


# --- deciding ------------------------------------------------------------------------------------


def approve(session: Session, key: str, seen: Evidence, reason: str = "") -> Outcome:
    """Carry out a request and close it, as one operation.

    ``seen`` is the evidence the user looked at: raises :class:`~wfm.errors.Conflict` when the
    roster or its figures have changed since.  What breaks the law is not approved; what the policy
    would refuse needs a reason.
    """
    with session.database.write(session.who, session.clock) as unit:
        request = _open(unit, key)
        found = faults(unit, request, session.clock)
        _refuse(found, message("The request cannot be carried out:"))
        now = evidence(unit, request)
        change = read_change(unit, request)
        if now != seen:
            raise _changed(unit, request, change, seen)
        _refuse_unlawful(unit, request, now)
        if now.proposal == "refuse" and not reason.strip():
            raise WfmError(
                message("To approve what the rules would refuse, write down the reason.")
            )
        unit.put_all([*change.after, *change.leaves])
        unit.put(_closed(session, request, "approved", reason, now), seen=request)
        operation = unit.commit(_words("approved", request, unit))
    return Outcome(operation)


def refuse(session: Session, key: str, reason: str, seen: Evidence | None = None) -> Outcome:
    """Refuse a request; the person is owed a reason."""
    if not reason.strip():
        raise WfmError(message("Write down why the request is refused; the person will ask."))
    return _close(session, key, "refused", reason, seen)


def withdraw(session: Session, key: str, reason: str = "") -> Outcome:
    """Close a request that the person took back."""
    return _close(session, key, "withdrawn", reason, None)


def reopen(session: Session, key: str) -> Outcome:
    """Take back the decision about a request, with all that it did to the roster.

    Raises :class:`~wfm.errors.Conflict` when somebody has changed the same weeks since.
    """
    with session.database.read() as store:
        request = _known(store, key)
        entry = store.last_change(kind_of(Request).name, key)
    if request.is_open or entry is None:
        raise WfmError(message("Nothing has been decided about request {key} yet.", key=key))
    return Outcome(persistence.undo(session.database, entry.id, session.who, session.clock))


def _close(session: Session, key: str, state: str, reason: str, seen: Evidence | None) -> Outcome:
    with session.database.write(session.who, session.clock) as unit:
        request = _open(unit, key)
        unit.put(_closed(session, request, state, reason, seen), seen=request)
        operation = unit.commit(_words(state, request, unit))
    return Outcome(operation)


def _open(store: Store, key: str) -> Request:
    request = _known(store, key)
    if not request.is_open:
        raise Conflict(
            message(
                "Request {key} was decided by {who} already. Look at it again.",
                key=key,
                who=request.decided_by,
            )
        )
    return request


def _closed(
    session: Session, request: Request, state: str, reason: str, seen: Evidence | None
) -> Request:
    return replace(
        request,
        state=state,
        decided_at=session.clock().isoformat(timespec="seconds"),
        decided_by=session.who,
        reason=reason.strip(),
        evidence=seen,
    )


def _refuse_unlawful(store: Store, request: Request, found: Evidence) -> None:
    broken = unlawful(found)
    if broken:
        raise WfmError(
            message(
                "This cannot be approved, for it would break the law: {rule}.",
                rule=rule_words(broken[0], _names(store, request.agents)),
            )
        )


def _changed(unit: Unit, request: Request, change: RosterChange, seen: Evidence) -> Conflict:
    """Return the error that names who changed the roster since the evidence, where that shows."""
    days = set(seen.dates)
    shown = {duty for duty in seen.before if duty.agent in request.agents}
    for week in change.before:
        inside = {duty for duty in week.duties if duty.day in days}
        mine = {
            duty
            for duty in shown
            if duty.agent == week.agent and 0 <= (duty.day - week.start).days < 7
        }
        last = unit.last_change("agent_week", f"{week.agent}/{week.start}")
        if inside != mine and last is not None:
            return Conflict(
                message(
                    "The roster of {name} was changed by {who} since you looked. Nothing was"
                    " decided; look at the new figures.",
                    name=_names(unit, [week.agent])[week.agent],
                    who=last.who,
                )
            )
    return Conflict(
        message(
            "The roster or its figures have changed since you looked. Nothing was decided; look at"
            " the new figures."
        )
    )


# --- words ---------------------------------------------------------------------------------------


def _words(what: str, request: Request, store: Store) -> Message:
    """Return the operation's sentence."""
    names = _names(store, request.agents)
    name, other = names[request.agent], names.get(request.other, "")
    days = span(request)
    absence = absence_name(request.absence)
    match (what, request.kind):
        case ("enter", "swap"):
            return message(
                "Enter the swap of {name} and {other}, {days}", name=name, other=other, days=days
            )
        case ("approved", "swap"):
            return message(
                "Approve the swap of {name} and {other}, {days}", name=name, other=other, days=days
            )
        case ("refused", "swap"):
            return message(
                "Refuse the swap of {name} and {other}, {days}", name=name, other=other, days=days
            )
        case (_, "swap"):
            return message(
                "Withdraw the swap of {name} and {other}, {days}", name=name, other=other, days=days
            )
        case ("enter", _):
            return message(
                "Enter leave of {name}, {days}: {absence}", name=name, days=days, absence=absence
            )
        case ("approved", _):
            return message(
                "Approve leave of {name}, {days}: {absence}", name=name, days=days, absence=absence
            )
        case ("refused", _):
            return message(
                "Refuse leave of {name}, {days}: {absence}", name=name, days=days, absence=absence
            )
        case _:
            return message(
                "Withdraw leave of {name}, {days}: {absence}", name=name, days=days, absence=absence
            )


def span(request: Request) -> Message | date:
    """Return the days of a request, to be written in the reader's language."""
    dates = request.dates
    if len(dates) == 1:
        return dates[0]
    if request.kind == "swap":
        return message("{first} and {last}", first=dates[0], last=dates[-1])
    return message("{first} to {last}", first=dates[0], last=dates[-1])
