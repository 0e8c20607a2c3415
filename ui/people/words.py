"""Words of the people screen: roles, levels of skill, hours and days of leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ui.translate import Render, format_hours, format_weekday
from ui.widgets.marks import absence_mark
from wfm.messages import Message, message
from wfm.model.people import Agent, Availability, Contract, Leave, Skill
from wfm.model.time import DAY_MINUTES
from wfm.services.people_checks import ROLE_NAMES

LEVEL_MARKS: dict[int, Message] = {
    1: message("1", context="skill level"),
    2: message("2", context="skill level"),
    3: message("3", context="skill level"),
}
"""How a level is written beside a skill; Japanese skill tables write △ ○ ◎."""

LEVEL_NAMES: dict[int, Message] = {
    0: message("None", context="skill level"),
    1: message("Trained", context="skill level"),
    2: message("Able", context="skill level"),
    3: message("Expert", context="skill level"),
}
NO_TEAM = message("No team")


def role_choices(render: Render) -> list[tuple[str, str]]:
    """Return the roles as (key, name)."""
    return [(key, render(name)) for key, name in ROLE_NAMES.items()]


def role_name(render: Render, role: str) -> str:
    """Return the name of a role."""
    return render(ROLE_NAMES[role]) if role in ROLE_NAMES else role


def skill_words(render: Render, agent: Agent, skills: Mapping[str, Skill]) -> tuple[str, ...]:
    """Return a person's skills with their levels, best first."""
    known = sorted(agent.skills.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        f"{skills[key].name if key in skills else key} "
        f"{render(LEVEL_MARKS[level]) if level in LEVEL_MARKS else level}"
        for key, level in known
    )


def contract_hours(contract: Contract | None, language: str) -> str:
    """Return the hours per week of a contract: ``40`` or ``16–24``."""
    if contract is None:
        return ""
    low, high = contract.week_minutes_min / 60, contract.week_minutes_max / 60
    if not high:
        return ""
    most = _short(high, language)
    return most if low == high or not low else f"{_short(low, language)}–{most}"


def _short(hours: float, language: str) -> str:
    return f"{hours:.0f}" if hours == int(hours) else format_hours(hours, language)


def leave_word(render: Render, language: str, leave: Leave) -> str:
    """Return a day of leave as ``Thu AL``, in brackets while it is only asked for."""
    word = f"{format_weekday(leave.day, language)} {render(absence_mark(leave.kind).letter)}"
    return word if leave.approved else f"({word})"


def availability_word(render: Render, value: Availability | None) -> str:
    """Return when somebody can work, in a word or two."""
    if value is None or not value.weekdays:
        return render(message("any time"))
    closed = sum(not windows for windows in value.weekdays.values())
    if all(windows in ((), ((0, DAY_MINUTES),)) for windows in value.weekdays.values()):
        return render(message("{count} day", plural="{count} days", count=7 - closed))
    return render(message("{count} day, hours", plural="{count} days, hours", count=7 - closed))


def day_of(text: date) -> str:
    """Return a date as an editor shows it."""
    return text.isoformat()
