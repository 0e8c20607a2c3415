"""What a person, a contract and hours of availability must be, said in words to the user."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.people import Agent, Availability, Contract
from wfm.model.time import DAY_MINUTES, LATEST_MINUTE, format_clock
from wfm.rules.rotation import ANY_SHIFT, DAY_OFF

ROLES = ("agent", "senior", "supervisor", "trainee")
LEAST_SPEED, MOST_SPEED = 10, 200
LEVELS = (1, 2, 3)
MOST_WAGE = 1_000_000
OLDEST_BIRTH = 1900
WEEK_MINUTES = 7 * DAY_MINUTES

ROLE_NAMES: dict[str, Message] = {
    "agent": message("Agent", context="role"),
    "senior": message("Leader", context="role"),
    "supervisor": message("Supervisor", context="role"),
    "trainee": message("Trainee", context="role"),
}
"""Names of the roles of :class:`~wfm.model.people.Agent`."""


class FieldError(WfmError):
    """A value that cannot be taken, with the name of the field it was given for."""

    def __init__(self, field: str, text: Message) -> None:
        super().__init__(text)
        self.field = field


def check_agent(
    agent: Agent,
    others: Iterable[Agent],
    contracts: Mapping[str, Contract],
    teams: Collection[str],
    skills: Collection[str],
    today: date,
) -> None:
    """Refuse a person that the centre cannot work with; ``others`` are all people but this one.

    Raises :class:`FieldError` for the first thing wrong.
    """
    if not agent.name.strip():
        raise FieldError("name", message("A person needs a name."))
    if agent.number:
        for other in others:
            if other.number == agent.number and other.key != agent.key:
                raise FieldError(
                    "number",
                    message(
                        "Number {number} already belongs to {name}.",
                        number=agent.number,
                        name=other.name,
                    ),
                )
    if agent.contract not in contracts:
        raise FieldError(
            "contract",
            message("Choose a contract for {name}; people are planned by its hours.",
                    name=agent.name),
        )  # fmt: skip
    if agent.team and agent.team not in teams:
        raise FieldError("team", message("There is no team “{team}”.", team=agent.team))
    if agent.role not in ROLES:
        raise FieldError("role", message("There is no role “{role}”.", role=agent.role))
    _check_numbers(agent, skills)
    _check_dates(agent, today)
    _check_learning(agent, others)


def _check_numbers(agent: Agent, skills: Collection[str]) -> None:
    for skill, level in agent.skills.items():
        if skill not in skills:
            raise FieldError("skills", message("There is no skill “{skill}”.", skill=skill))
        if level not in LEVELS:
            raise FieldError(
                "skills",
                message("A skill has level 1, 2 or 3, not {level}.", level=level),
            )
    if not LEAST_SPEED <= agent.speed_percent <= MOST_SPEED:
        raise FieldError(
            "speed_percent",
            message(
                "Speed lies between {low} and {high} % of a standard agent, not {value}.",
                low=LEAST_SPEED,
                high=MOST_SPEED,
                value=agent.speed_percent,
            ),
        )
    wage = agent.hourly_wage
    if wage is not None and not 0 <= wage <= MOST_WAGE:
        raise FieldError(
            "hourly_wage",
            message("An hourly wage is not negative and below a million, not {value}.", value=wage),
        )


def _check_dates(agent: Agent, today: date) -> None:
    born, hired, left = agent.birth_date, agent.hired, agent.left
    if born is not None and born >= today:
        raise FieldError(
            "birth_date", message("The date of birth {day} lies in the future.", day=born)
        )
    if born is not None and born.year < OLDEST_BIRTH:
        raise FieldError("birth_date", message("{day} is no date of birth.", day=born))
    if born is not None and hired is not None and hired <= born:
        raise FieldError(
            "hired", message("The day of entry {day} lies before the birth.", day=hired)
        )
    if hired is not None and left is not None and left <= hired:
        raise FieldError(
            "left",
            message(
                "The leaving date {left} is not after the day of entry {hired}.",
                left=left,
                hired=hired,
            ),
        )


def _check_learning(agent: Agent, others: Iterable[Agent]) -> None:
    known = {other.key for other in others} - {agent.key}
    if agent.mentor and agent.mentor not in known:
        raise FieldError("mentor", message("Somebody else of the centre can be a mentor."))
    if not 0 <= agent.first_percent <= MOST_SPEED:
        raise FieldError(
            "first_percent",
            message("The speed at the beginning lies between 0 and {high} %.", high=MOST_SPEED),
        )
    full, hired = agent.full_speed_on, agent.hired
    if full is not None and (hired is None or full <= hired):
        raise FieldError(
            "full_speed_on",
            message("The full speed is reached after the day of entry; enter both days."),
        )


def check_contract(
    contract: Contract, others: Iterable[Contract], shift_kinds: Collection[str]
) -> None:
    """Refuse a contract that nobody could be planned by; raises :class:`FieldError`."""
    if not contract.name.strip():
        raise FieldError("name", message("A contract needs a name."))
    check_new_name(contract.key, contract.name, others)
    if not contract.shift_kinds:
        raise FieldError(
            "shift_kinds",
            message("Choose at least one shift kind that {name} allows.", name=contract.name),
        )
    for kind in contract.shift_kinds:
        if kind not in shift_kinds:
            raise FieldError("shift_kinds", message("There is no shift kind “{kind}”.", kind=kind))
    if not 0 < contract.day_minutes <= DAY_MINUTES:
        raise FieldError(
            "day_minutes", message("A working day is longer than 0 and at most 24 hours long.")
        )
    if not 0 <= contract.week_minutes_max <= WEEK_MINUTES or contract.week_minutes_min < 0:
        raise FieldError(
            "week_minutes_max", message("Hours per week lie between 0 and 168.")
        )  # fmt: skip
    if not 0 <= contract.week_days_min <= contract.week_days_max <= 7 or not contract.week_days_max:
        raise FieldError("week_days_max", message("A week has 1 to 7 working days."))
    _check_periods(contract)
    _check_rotation(contract)
    if contract.week_minutes_min > contract.week_days_max * DAY_MINUTES:
        raise FieldError(
            "week_minutes_min",
            message("The least hours per week do not fit into its working days."),
        )


def _check_periods(contract: Contract) -> None:
    for field, days in (("four_week_minutes", 28), ("month_minutes", 31)):
        for end in ("_min", "_max"):
            if not 0 <= getattr(contract, field + end) <= days * DAY_MINUTES:
                raise FieldError(
                    field + end, message("There are no more than {hours} hours.", hours=days * 24)
                )


def _check_rotation(contract: Contract) -> None:
    if contract.rotation and contract.rotation_start is None:
        raise FieldError(
            "rotation_start", message("A rotation needs a day on which its first day lies.")
        )
    for step in contract.rotation:
        if step not in {DAY_OFF, ANY_SHIFT, *contract.shift_kinds}:
            raise FieldError(
                "rotation", message("The rotation names a shift kind that the contract lacks.")
            )


def check_new_name(key: str, name: str, others: Iterable[object]) -> None:
    """Refuse a name that another value of the same class has; raises :class:`FieldError`."""
    for other in others:
        if getattr(other, "key", "") != key and getattr(other, "name", "") == name:
            raise FieldError("name", message("“{name}” exists already.", name=name))


def check_availability(value: Availability) -> None:
    """Refuse windows that end before they start, overlap, or leave the two days of a duty."""
    for windows in (*value.weekdays.values(), *value.dates.values()):
        before = 0
        for start, end in windows:
            if not 0 <= start < end <= LATEST_MINUTE:
                raise WfmError(
                    message(
                        "The hours {start}–{end} do not lie between 0:00 and 48:00, in order.",
                        start=format_clock(start),
                        end=format_clock(end),
                    )
                )
            if start < before:
                raise WfmError(
                    message(
                        "The hours from {start} overlap the ones before them.",
                        start=format_clock(start),
                    )
                )
            before = end
    for weekday in value.weekdays:
        if weekday not in range(7):
            raise WfmError(message("A week has no day number {day}.", day=weekday))
