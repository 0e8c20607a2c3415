"""Looks at a file of people before it is imported; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wfm.errors import Problem
from wfm.imports import (
    Answer,
    Asked,
    Known,
    PeopleImport,
    column_label,
    fitting_mapping,
    month_answer,
    read_people_sheets,
    readers_of,
)
from wfm.imports.aliases import most_alike, normal
from wfm.imports.mapping import check_mapping
from wfm.messages import Message, message
from wfm.model.activity import ShiftKind
from wfm.model.people import Agent, Availability, Balance, Contract, Skill, Team
from wfm.model.site import ImportMapping
from wfm.model.time import next_month, parse_month
from wfm.persistence import Store
from wfm.services.people_checks import ROLE_NAMES
from wfm.services.session import Session, site_of
from wfm.services.source_files import (
    FilePreview,
    ShouldStop,
    never,
    pulse_of,
    read_source,
    read_table,
    text_settings,
    why_not,
)

NO_CONTRACT = "there is no such contract; there are {names}"
NEEDS_CONTRACT = "a person needs a contract; there are {names}"
NEEDS_MONTH = (
    "the month of this roster is not known; write it above the days (2026-10) or name it",
    "{place}: balances were left out because no month was named.",
)
MONTHS_BACK, MONTHS_AHEAD = 6, 3


Shown = str | date | int | Message | None
"""A value before or after; ``None`` where there is none, or nothing short to show."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that an import changes about a person."""

    label: Message
    before: Shown
    after: Shown


@dataclass(frozen=True, slots=True)
class PersonComing:
    """One person of a file: ``state`` is ``new``, ``changed`` or ``same``.

    ``duties``, ``leaves`` and ``wishes`` count what the file brings for the person.
    """

    key: str
    number: str
    name: str
    state: str
    differences: tuple[Difference, ...]
    duties: int = 0
    leaves: int = 0
    wishes: int = 0


@dataclass(frozen=True, slots=True)
class PeoplePreview(FilePreview):
    """What importing a file of people would do; :attr:`result` is what would be stored."""

    result: PeopleImport
    people: tuple[PersonComing, ...] = ()

    def why_not(self, *, strict: bool = False) -> Message | None:
        """Return why the file cannot be imported as it stands, or ``None``."""
        return why_not(self, self.result.accepted_rows, self.result.rejected_rows, strict=strict)


def preview_people(
    session: Session,
    path: Path,
    mapping: ImportMapping | None = None,
    *,
    should_stop: ShouldStop = never,
) -> PeoplePreview:
    """Return what importing a file would do, read by ``mapping``.

    Without a mapping the one saved with an earlier file of the same headings is taken.  The month
    of a roster or of balances that name none is asked for, never guessed.  Raises
    :class:`~wfm.errors.WfmError` for a file that cannot be read at all, and
    :class:`~wfm.errors.StoppedError` when the user stopped.
    """
    if mapping is not None:
        check_mapping(mapping, "people")
    pulse = pulse_of(should_stop, path)
    source, content = read_source(path)
    pulse()
    sheets = read_table(path, content, mapping.options if mapping else {})
    pulse()
    with session.database.read() as store:
        saved = store.all(ImportMapping)
        chosen = mapping or fitting_mapping("people", sheets, saved)
        given = chosen or ImportMapping(path.stem)
        known = known_people(store, given, pulse)
        result = read_people_sheets(sheets, known, given.columns)
        pulse()
        people = _coming(store, result, known)
        today = site_of(store).as_of or session.clock().date()
    readers = readers_of(sheets) if not result.sheets else frozenset()
    return PeoplePreview(
        source=source,
        mapping=given,
        reused=mapping is None and chosen is not None,
        other="acd" if readers == {"acd"} else "",
        questions=tuple(_questions(result, given, known, today)),
        settings=tuple(text_settings(sheets, given)),
        starts=result.previews,
        result=result,
        people=people,
    )


def known_people(
    store: Store,
    mapping: ImportMapping,
    pulse: Callable[[], None] = lambda: None,
    month: date | None = None,
) -> Known:
    """Return what is known about a centre when a file of people is read by ``mapping``."""
    options = mapping.options
    names = {"": options["contract"]} if "contract" in options else {}
    for key, value in options.items():
        kind, _, text = key.partition(":")
        if kind == "contract" and text:
            names[normal(text)] = value
    return Known(
        store.all(ShiftKind),
        store.all(Contract),
        store.all(Team),
        store.all(Skill),
        store.all(Agent),
        parse_month(options["month"]) if "month" in options else month,
        names,
        pulse,
    )


# --- questions ------------------------------------------------------------------------------------


def _questions(
    result: PeopleImport, mapping: ImportMapping, known: Known, today: date
) -> Iterable[Asked]:
    """Yield what the file asks: what it leaves open first, then what has a usual answer."""
    if not result.sheets:
        yield Asked(
            "columns",
            message(
                "No sheet was recognised. Say which column holds the names and what the others"
                " hold; a roster needs a row of days."
            ),
        )
        return
    reasons = {problem.reason.text for problem in result.problems}
    reasons |= {note.text for note in result.notes}
    if not reasons.isdisjoint(NEEDS_MONTH):
        months = _months(today)
        yield Asked(
            "month",
            message("The file names no month. Which month is it of?"),
            tuple(month_answer(month) for month in months),
            suggested=f"{today:%Y-%m}",
        )
    yield from _contract_questions(result.problems, mapping, known.contracts)


def _months(today: date) -> list[date]:
    """Return months around today, latest first."""
    month = today.replace(day=1)
    for _ in range(MONTHS_BACK):
        month = (month - date.resolution).replace(day=1)
    months = [month]
    for _ in range(MONTHS_BACK + MONTHS_AHEAD):
        months.append(next_month(months[-1]))
    return months[::-1]


def _contract_questions(
    problems: Sequence[Problem], mapping: ImportMapping, contracts: Sequence[Contract]
) -> Iterable[Asked]:
    """Yield a question per text that names no contract of the centre."""
    answers = (
        Answer("", message("None: reject these rows")),
        *(
            Answer(contract.key, message("{value}", value=contract.name or contract.key))
            for contract in contracts
        ),
    )
    if not contracts:
        return
    unknown = [item.value for item in problems if item.reason.text == NO_CONTRACT]
    told = [key.partition(":")[2] for key in mapping.options if key.startswith("contract:")]
    for text in dict.fromkeys([*told, *unknown]):
        yield Asked(
            f"contract:{text}",
            message(
                "“{contract}” is no contract of this centre. Which one is meant?", contract=text
            ),
            answers,
            mapping.options.get(f"contract:{text}", ""),
            most_alike(text, {item.key: item.name for item in contracts}),
        )
    without = sum(item.reason.text == NEEDS_CONTRACT for item in problems)
    if without or "contract" in mapping.options:
        yield Asked(
            "contract",
            message("Which contract do people have whose row names none?"),
            answers,
            mapping.options.get("contract", ""),
        )


# --- what the file holds --------------------------------------------------------------------------


def _coming(store: Store, result: PeopleImport, known: Known) -> tuple[PersonComing, ...]:
    """Return every person that a file speaks of, new ones first, then changed ones."""
    before = {agent.key: agent for agent in known.agents}
    after = {agent.key: agent for agent in result.agents}
    availabilities = {item.agent: item for item in result.availabilities}
    balances = {item.agent: item for item in result.balances}
    open_when = {item.agent: item for item in store.all(Availability)}
    counters = set(store.all(Balance))
    counts = [
        _counted(item.agent for item in items)
        for items in (result.duties, result.leaves, result.wishes)
    ]
    touched = dict.fromkeys([*after, *availabilities, *balances, *(k for c in counts for k in c)])
    names = _Names.of(known, result)
    found: list[PersonComing] = []
    for key in touched:
        old, new = before.get(key), after.get(key)
        agent = new or old
        if agent is None:
            continue
        differences = [*(_agent_differences(old, new, names) if new is not None else ())]
        coming = availabilities.get(key)
        if coming is not None and coming != open_when.get(key):
            differences.append(Difference(message("Availability"), None, None))
        balance = balances.get(key)
        if balance is not None and balance not in counters:
            differences.append(Difference(message("Opening balances"), None, None))
        duties, leaves, wishes = (count.get(key, 0) for count in counts)
        state = "new" if old is None else "changed" if differences else "same"
        found.append(
            PersonComing(
                key, agent.number, agent.name, state, tuple(differences), duties, leaves, wishes
            )
        )
    order = {"new": 0, "changed": 1, "same": 2}
    return tuple(sorted(found, key=lambda item: (order[item.state], item.number, item.name)))


def _counted(keys: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return counts


@dataclass(frozen=True, slots=True)
class _Names:
    """What contracts, teams and skills are called, those included that the file brings."""

    contracts: Mapping[str, str]
    teams: Mapping[str, str]
    skills: Mapping[str, str]

    @classmethod
    def of(cls, known: Known, result: PeopleImport) -> _Names:
        """Return the names of a centre and of a file."""
        return cls(
            {item.key: item.name or item.key for item in known.contracts},
            {item.key: item.name for item in (*known.teams, *result.teams)},
            {item.key: item.name for item in (*known.skills, *result.skills)},
        )

    def skill_list(self, skills: Mapping[str, int]) -> str:
        """Return skills with their levels as one text."""
        return ", ".join(f"{self.skills.get(key, key)} {level}" for key, level in skills.items())


def _agent_differences(old: Agent | None, new: Agent, names: _Names) -> list[Difference]:
    """Return what differs between a stored person and the one of the file."""

    def shown(agent: Agent | None) -> dict[str, Shown]:
        if agent is None:
            return {}
        return {
            "staff_name": agent.name,
            "staff_number": agent.number,
            "reading": agent.reading,
            "team": names.teams.get(agent.team, agent.team),
            "contract": names.contracts.get(agent.contract, agent.contract),
            "skill_list": names.skill_list(agent.skills),
            "role": ROLE_NAMES.get(agent.role, agent.role),
            "hired": agent.hired,
            "left": agent.left,
            "birth_date": agent.birth_date,
            "hourly_wage": agent.hourly_wage,
            "speed_percent": agent.speed_percent,
        }

    before, after = shown(old), shown(new)
    return [
        Difference(column_label(name), before.get(name) or None, value or None)
        for name, value in after.items()
        if before.get(name) != value and (before.get(name) or value)
    ]
