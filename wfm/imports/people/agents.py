"""Reads people themselves: number, name, reading, team, contract, skills, role, dates, wage."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from wfm.imports.aliases import normal
from wfm.imports.figures import parse_figure
from wfm.imports.moments import WEEKDAYS, parse_stamp
from wfm.imports.people.outcome import Known
from wfm.imports.people.register import Register, compact
from wfm.imports.people.table import PeopleTable, tidy
from wfm.imports.people.windows import folded
from wfm.imports.reading import cell_text
from wfm.imports.workbook import Cell
from wfm.messages import Message, message
from wfm.model.people import Agent, Skill, Team

DETAILS = (
    "reading", "team", "contract", "skill_list", "role", "hired", "left", "birth_date",
    "hourly_wage", "speed_percent",
)  # fmt: skip
LEVELS = {
    **dict.fromkeys(("◎", "3"), 3),
    **dict.fromkeys(("○", "〇", "◯", "o", "●", "可", "✓", "✔", "2"), 2),
    **dict.fromkeys(("△", "1"), 1),
    **dict.fromkeys(("×", "x", "✕", "不可", "", "-", "ー", "−", "0"), 0),
}
"""Signs of a skill table: ◎ expert, ○ able, △ trained."""
ROLES = {
    "agent": "agent operator op オペレーター オペレータ コミュニケーター 一般",
    "senior": "senior leader ld asv リーダー シニア サブリーダー シニアオペレーター",
    "supervisor": "supervisor sv スーパーバイザー 管理者 マネージャー センター長",
    "trainee": "trainee 研修生 研修中 新人 見習い",
}
_ROLE_OF = {word: role for role, words in ROLES.items() for word in words.split()}
_LEVELLED = re.compile(r"^(.*?)[:(=]?\s*([0-3◎○△×])\)?$")
NOT_A_DATE = message("this is not a date such as 2026-11-23")


@dataclass(slots=True)
class NewTerms:
    """Teams and skills that a file names and the centre does not have yet."""

    teams: dict[str, Team] = field(default_factory=dict)
    skills: dict[str, Skill] = field(default_factory=dict)


def recognises(table: PeopleTable, known: Known) -> bool:
    """Tell whether a sheet introduces people: it has a name and any detail or a skill table."""
    return table.has("staff_name") and (
        any(table.has(column) for column in DETAILS) or bool(skill_columns(table, known))
    )


def read_agents(table: PeopleTable, known: Known, register: Register, terms: NewTerms) -> None:
    """Enter the people of a sheet in the register; rows with any unreadable cell are refused."""
    skills = skill_columns(table, known)
    seen: dict[str, int] = {}
    for row in table.rows:
        number, name = table.text(row, "staff_number"), table.text(row, "staff_name")
        mark = compact(number) or compact(name)
        if mark in seen:
            table.refuse(
                row,
                "staff_number" if number else "staff_name",
                number or name,
                message("this person is already in row {row}", row=seen[mark] + 1),
            )
            continue
        seen[mark] = row
        if not name:
            table.refuse(row, "staff_name", "", message("a person needs a name"))
        agent = _agent(table, row, number, name, known, register, terms, skills)
        if row in table.refused:
            register.refuse(number, name)
        else:
            register.enter(agent)


def _agent(
    table: PeopleTable,
    row: int,
    number: str,
    name: str,
    known: Known,
    register: Register,
    terms: NewTerms,
    skills: dict[int, str],
) -> Agent:
    """Return the person of a row; what the sheet does not say of a known one stays."""
    found = register.introduced(number, name)
    if found is not None:
        agent = replace(found, name=name, number=number or found.number)
    else:
        agent = Agent(number or compact(name), number, name, "", "")
    if table.has("contract") or not agent.contract:
        agent = replace(agent, contract=_contract(table, row, known))
    if table.has("team"):
        agent = replace(agent, team=_team(table.text(row, "team"), known, terms))
    if table.has("reading"):
        agent = replace(agent, reading=table.text(row, "reading"))
    if table.has("role"):
        agent = replace(agent, role=_role(table, row))
    if table.has("skill_list") or skills:
        agent = replace(agent, skills=_skills(table, row, known, terms, skills))
    return replace(
        agent,
        hired=_date(table, row, "hired") or agent.hired,
        left=_date(table, row, "left") or agent.left,
        birth_date=_date(table, row, "birth_date") or agent.birth_date,
        hourly_wage=_figure(table, row, "hourly_wage", 0, 1_000_000) or agent.hourly_wage,
        speed_percent=_figure(table, row, "speed_percent", 10, 300) or agent.speed_percent,
    )


def _contract(table: PeopleTable, row: int, known: Known) -> str:
    """Return the key of a row's contract; the only one of a centre need not be named."""
    text = table.text(row, "contract")
    meant = known.contract_names.get(normal(text), "")
    for contract in known.contracts:
        named = text and normal(text) in {normal(contract.key), normal(contract.name)}
        if named or contract.key == meant:
            return contract.key
    if not text and len(known.contracts) == 1:
        return known.contracts[0].key
    names = ", ".join(contract.name or contract.key for contract in known.contracts)
    if known.contracts:
        reason = (
            message("there is no such contract; there are {names}", names=names)
            if text
            else message("a person needs a contract; there are {names}", names=names)
        )
        table.refuse(row, "contract", text, reason)
    return text


def _team(text: str, known: Known, terms: NewTerms) -> str:
    """Return the key of a team, entering a new one under its name."""
    if not text:
        return ""
    for team in known.teams:
        if normal(text) in {normal(team.key), normal(team.name)}:
            return team.key
    return terms.teams.setdefault(normal(text), Team(text, text)).key


def _skill(text: str, known: Known, terms: NewTerms) -> str:
    """Return the key of a skill, entering a new one under its name."""
    for skill in known.skills:
        if normal(text) in {normal(skill.key), normal(skill.name)}:
            return skill.key
    return terms.skills.setdefault(normal(text), Skill(text, text)).key


def _role(table: PeopleTable, row: int) -> str:
    """Return the role of a row; a job title that is none of ours means an agent."""
    text = table.text(row, "role")
    role = _ROLE_OF.get(normal(text)) if text else "agent"
    if role is None:
        note = message("The role “{role}” was read as agent.", role=text)
        if note not in table.notes:
            table.notes.append(note)
    return role or "agent"


def _skills(
    table: PeopleTable, row: int, known: Known, terms: NewTerms, columns: dict[int, str]
) -> dict[str, int]:
    """Return the skills of a row from its list and from the columns of a skill table."""
    levels: dict[str, int] = {}
    for part in re.split(r"[、,;/・|\n]+", table.text(row, "skill_list")):
        text = part.strip()
        if not text:
            continue
        found = _LEVELLED.match(text)
        name, level = (
            (found[1].strip(), LEVELS[found[2]]) if found and found[1].strip() else (text, 2)
        )
        if level:
            levels[_skill(name, known, terms)] = level
    for at, name in columns.items():
        cell = table.sheet.cell(row, at)
        sign = folded(cell)
        if sign not in LEVELS:
            table.refuse(row, at, cell, message("a skill is marked ◎, ○, △, × or 0 to 3"))
        elif LEVELS[sign]:
            levels[_skill(name, known, terms)] = LEVELS[sign]
    return levels


def skill_columns(table: PeopleTable, known: Known) -> dict[int, str]:
    """Return the columns of a skill table: headings that name a skill, or hold only its signs.

    A column of nothing but the figures 1 to 3 belongs to it when it stands beside another one.
    """
    names = {normal(text) for skill in known.skills for text in (skill.key, skill.name)}
    columns: dict[int, str] = {}
    for at, heading in enumerate(table.header.texts):
        text = tidy(heading)
        word = normal(text)
        if not text or at in table.header.meanings or _is_calendar(word):
            continue
        if (
            word in names
            or (table.rows and _holds_signs(table, at, "◎○〇◯●△"))
            or (at - 1 in columns and _holds_signs(table, at, "123"))
        ):
            columns[at] = text
    return columns


def _is_calendar(word: str) -> bool:
    """Tell whether a heading is a weekday or the number of a day."""
    stem = re.sub(r"(曜日?|day|s?day)$", "", word)
    return stem in WEEKDAYS or word[:3] in WEEKDAYS or word.rstrip("日").isdigit()


def _holds_signs(table: PeopleTable, at: int, telling: str) -> bool:
    """Tell whether a column holds nothing but signs of skill, and one of ``telling`` at least."""
    signs = {folded(table.sheet.cell(row, at)) for row in table.rows}
    return signs <= LEVELS.keys() and not signs.isdisjoint(telling)


def _date(table: PeopleTable, row: int, column: str) -> date | None:
    """Return a date of a row; one that can be read in two ways is refused."""
    cell = table.cell(row, column)
    if not cell_text(cell).strip() or folded(cell) in LEVELS:
        return None
    stamp = parse_stamp(cell)
    if stamp is None or stamp.day is None:
        table.refuse(row, column, cell, NOT_A_DATE)
        return None
    return stamp.day


def _figure(table: PeopleTable, row: int, column: str, low: int, high: int) -> int | None:
    """Return a whole number of a row within bounds."""
    cell: Cell = table.cell(row, column)
    if isinstance(cell, str):
        cell = tidy(cell).strip("円¥\\% ")
    value = parse_figure(cell)
    if not isinstance(value, Message) and value != value:  # noqa: PLR0124 - NaN: not given
        return None
    if isinstance(value, Message) or not low <= value <= high:
        table.refuse(
            row, column, cell, message("this is no number from {low} to {high}", low=low, high=high)
        )
        return None
    return round(value)
