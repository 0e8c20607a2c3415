"""The columns of the people table."""

from __future__ import annotations

from collections.abc import Callable

from ui.people.words import (
    NO_TEAM,
    availability_word,
    contract_hours,
    leave_word,
    role_choices,
    role_name,
    skill_words,
)
from ui.translate import Render, format_hours, format_list
from ui.widgets.table import Column
from wfm.messages import message
from wfm.services.people_view import PeopleView, Person

EDITED = ("name", "number", "reading", "team", "role", "contract")
"""Columns that change a person when they are edited in the table."""

Columns = tuple[Column, ...]


def people_columns(view: Callable[[], PeopleView], render: Render, language: str) -> Columns:
    """Return the columns; ``view`` gives the view shown when they are asked."""
    return (
        *_who(render),
        *_terms(view, render, language),
        *_week(render, language),
        _reading(render),
    )


def _who(render: Render) -> Columns:
    return (
        Column(
            "name", render(message("Name")), lambda p: p.agent.name, width=136, widest=210,
            searched=True, sort=lambda p: p.agent.reading or p.agent.name, editable=True, bold=True,
            tone=_name_tone,
        ),
        Column(
            "number", render(message("Number", context="person")), lambda p: p.agent.number,
            width=68, searched=True, editable=True, tone=lambda _p: "muted",
        ),
    )  # fmt: skip


def _reading(render: Render) -> Column:
    return Column(
        "reading", render(message("Reading")), lambda p: p.agent.reading, width=120,
        searched=True, editable=True, tone=lambda _p: "muted",
    )  # fmt: skip


def _name_tone(person: Person) -> str:
    return "faint" if person.agent.left is not None and person.contract is None else ""


def _terms(view: Callable[[], PeopleView], render: Render, language: str) -> Columns:
    def team(person: Person) -> str:
        found = view().teams.get(person.agent.team)
        return found.name if found is not None else person.agent.team

    def contract(person: Person) -> str:
        return person.contract.name if person.contract is not None else person.agent.contract

    return (
        Column(
            "team", render(message("Team")), team, width=132, searched=True, editable=True,
            edit=lambda p: p.agent.team,
            choices=lambda: [("", render(NO_TEAM)),
                             *((item.key, item.name) for item in view().teams.values())],
        ),
        Column(
            "role", render(message("Role")), lambda p: role_name(render, p.agent.role), width=104,
            editable=True, edit=lambda p: p.agent.role, choices=lambda: role_choices(render),
            tone=lambda p: "muted" if p.agent.role == "agent" else "",
        ),
        Column(
            "contract", render(message("Contract")), contract, width=164, widest=240, searched=True,
            editable=True, edit=lambda p: p.agent.contract,
            tone=lambda p: "bad" if p.contract is None else "",
            choices=lambda: [(item.key, item.name) for item in view().contracts.values()],
        ),
        Column(
            "skills", render(message("Skills")),
            lambda p: format_list(skill_words(render, p.agent, view().skills), language), width=212,
            chips=lambda p: skill_words(render, p.agent, view().skills), searched=True,
            sort=lambda p: (-len(p.agent.skills), sorted(p.agent.skills)),
        ),
        Column(
            "hours", render(message("h/week")), lambda p: contract_hours(p.contract, language),
            width=66, side="right", tip=render(message("Hours per week by the contract")),
            sort=lambda p: p.contract.week_minutes_max if p.contract is not None else None,
        ),
    )  # fmt: skip


def _week(render: Render, language: str) -> Columns:
    return (
        Column(
            "worked", render(message("Rostered")),
            lambda p: format_hours(p.worked_minutes / 60, language), width=66, side="right",
            tip=render(message("Hours on the roster of the week shown")),
            sort=lambda p: p.worked_minutes,
            tone=lambda p: "" if p.worked_minutes else "muted",
        ),
        Column(
            "room", render(message("Left over")),
            lambda p: format_hours(p.room_minutes / 60, language), width=66, side="right",
            tip=render(message("Hours that contract and law still allow in the week shown")),
            sort=lambda p: p.room_minutes,
            tone=lambda p: "warn" if p.room_minutes < 0 else "muted",
        ),
        Column(
            "leave", render(message("Leave of the week")),
            lambda p: format_list(
                (leave_word(render, language, item) for item in p.leaves), language
            ),
            width=120, sort=lambda p: -len(p.leaves),
            chips=lambda p: tuple(leave_word(render, language, item) for item in p.leaves),
        ),
        Column(
            "available", render(message("Can work")),
            lambda p: availability_word(render, p.availability), width=116,
            tone=lambda p: "muted" if p.availability is None else "",
        ),
    )  # fmt: skip
