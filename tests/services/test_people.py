"""Adding, editing and removing people: one operation each, refused in words, undone by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.services.three_people import (
    ITO,
    KATO,
    MONDAY,
    SATO,
    TODAY,
    WEEK,
    agent_of,
    last_text,
    three_people,
    undo,
)
from wfm.errors import Conflict, WfmError
from wfm.model.people import Agent, Balance, Contract, Leave, Team, Wish
from wfm.services.centre import read_centre
from wfm.services.people import BulkEdit
from wfm.services.people_checks import FieldError
from wfm.workspace import Workspace


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Workspace]:
    with three_people(tmp_path) as made:
        yield made


# --- looking ---------------------------------------------------------------------------------


def test_a_person_is_shown_with_the_rostered_hours_of_the_week_and_what_is_left(
    centre: Workspace,
) -> None:
    view = centre.people.view(WEEK)
    assert [item.agent.key for item in view.people] == ["a3", "a1", "a2"]
    sato = view.person("a1")
    assert sato is not None
    assert (sato.worked_minutes, sato.most_minutes, sato.room_minutes) == (960, 2400, 1440)
    assert view.today == TODAY


def test_leave_that_counts_as_worked_leaves_less_room_and_days_off_do_not(
    centre: Workspace,
) -> None:
    centre.people.add_leave(["a1"], date(2026, 12, 3), date(2026, 12, 3), "paid_leave")
    centre.people.add_leave(["a1"], date(2026, 12, 4), date(2026, 12, 4), "day_off")
    sato = centre.people.view(WEEK).person("a1")
    assert sato is not None
    assert sato.credited_minutes == 480
    assert sato.room_minutes == 960
    assert [leave.kind for leave in sato.leaves] == ["paid_leave", "day_off"]


def test_paid_leave_left_is_the_balance_without_what_was_taken_since(centre: Workspace) -> None:
    centre.people.set_balance(Balance("a1", date(2026, 11, 1), paid_leave_days=10.0), None)
    centre.people.add_leave(["a1"], date(2026, 12, 3), date(2026, 12, 4), "paid_leave")
    centre.people.add_leave(["a1"], date(2026, 12, 7), date(2026, 12, 7), "half_leave")
    days = centre.people.days("a1")
    assert days.paid_leave_left == 7.5
    assert days.duty_days == {MONDAY, date(2026, 12, 2)}


# --- adding and editing ----------------------------------------------------------------------


def test_a_new_person_takes_the_number_as_key_and_undo_takes_them_away(centre: Workspace) -> None:
    centre.people.add(Agent("", "200", "Mori Ren", "", "full"))
    assert agent_of(centre, "200").name == "Mori Ren"
    assert last_text(centre) == "Add Mori Ren"
    undo(centre)
    assert centre.people.view(WEEK).person("200") is None


def test_two_people_without_a_number_get_keys_of_their_own(centre: Workspace) -> None:
    for name in ("Mori Ren", "Ono Nao"):
        centre.people.add(Agent("", "", name, "", "full"))
    names = {item.agent.name for item in centre.people.view(WEEK).people}
    assert {"Mori Ren", "Ono Nao"} <= names


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"name": " "}, "name", "A person needs a name."),
        ({"number": "102"}, "number", "Number 102 already belongs to Kato Mao."),
        ({"contract": ""}, "contract", "Choose a contract for Sato Haruka"),
        ({"team": "west"}, "team", "There is no team “west”."),
        ({"role": "boss"}, "role", "There is no role “boss”."),
        ({"skills": {"phone": 4}}, "skills", "A skill has level 1, 2 or 3, not 4."),
        ({"skills": {"fax": 1}}, "skills", "There is no skill “fax”."),
        ({"speed_percent": 5}, "speed_percent", "Speed lies between 10 and 200 %"),
        ({"speed_percent": 201}, "speed_percent", "Speed lies between 10 and 200 %"),
        ({"hourly_wage": -1}, "hourly_wage", "An hourly wage is not negative"),
        ({"birth_date": TODAY}, "birth_date", "lies in the future"),
        ({"birth_date": date(1850, 1, 1)}, "birth_date", "is no date of birth"),
        (
            {"birth_date": date(2000, 1, 1), "hired": date(1999, 1, 1)},
            "hired",
            "lies before the birth",
        ),
        (
            {"hired": date(2026, 4, 1), "left": date(2026, 4, 1)},
            "left",
            "is not after the day of entry",
        ),
        ({"mentor": "a9"}, "mentor", "Somebody else of the centre can be a mentor."),
        ({"mentor": "a1"}, "mentor", "Somebody else of the centre can be a mentor."),
        ({"first_percent": 300}, "first_percent", "lies between 0 and 200 %"),
        ({"full_speed_on": date(2027, 1, 1)}, "full_speed_on", "enter both days"),
    ],
)
def test_what_no_person_can_be_is_refused_at_its_field_in_words(
    centre: Workspace, change: dict[str, object], field: str, sentence: str
) -> None:
    with pytest.raises(FieldError) as refused:
        centre.people.change([(SATO, replace(SATO, **change))])
    assert refused.value.field == field
    assert sentence in str(refused.value)
    assert agent_of(centre, "a1") == SATO


def test_the_edges_of_every_range_are_accepted(centre: Workspace) -> None:
    for change in (
        {"speed_percent": 10}, {"speed_percent": 200}, {"hourly_wage": 0},
        {"birth_date": date(2026, 11, 23)}, {"number": ""},
        {"hired": date(2026, 4, 1), "left": date(2026, 4, 2)},
    ):  # fmt: skip
        seen = agent_of(centre, "a1")
        centre.people.change([(seen, replace(SATO, **change))])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "Sato Haru"}, "Rename Sato Haruka to Sato Haru"),
        ({"team": "south"}, "Put Sato Haruka into team South"),
        ({"team": ""}, "Change team of Sato Haruka"),
        ({"contract": "part"}, "Give Sato Haruka the contract Part-time"),
        ({"role": "supervisor"}, "Give Sato Haruka the role Supervisor"),
        ({"speed_percent": 90}, "Set the speed of Sato Haruka to 90 %"),
        ({"skills": {"phone": 2, "mail": 1}}, "Give Sato Haruka the skill Mail"),
        ({"skills": {}}, "Take the skill Phone from Sato Haruka"),
        ({"skills": {"phone": 3}}, "Change skills of Sato Haruka"),
        ({"hourly_wage": 1500}, "Change hourly wage of Sato Haruka"),
        ({"reading": "x", "number": "9"}, "Change Sato Haruka"),
    ],
)
def test_the_log_says_what_was_changed_and_whose_and_undo_brings_it_back(
    centre: Workspace, change: dict[str, object], words: str
) -> None:
    centre.people.change([(SATO, replace(SATO, **change))])
    assert last_text(centre) == words
    undo(centre)
    assert agent_of(centre, "a1") == SATO


def test_an_edit_of_what_somebody_else_changed_names_the_person_and_writes_nothing(
    centre: Workspace,
) -> None:
    centre.people.change([(SATO, replace(SATO, team="south"))])
    with pytest.raises(Conflict) as refused:
        centre.people.change([(SATO, replace(SATO, team=""))])
    assert "Sato Haruka was changed by planner" in str(refused.value)
    assert "Put Sato Haruka into team South" in str(refused.value)
    assert agent_of(centre, "a1").team == "south"


def test_an_edit_that_changes_nothing_writes_no_operation(centre: Workspace) -> None:
    before = centre.log.head()
    assert centre.people.change([(SATO, SATO)]).operation is None
    assert centre.log.head() == before


# --- many at once ----------------------------------------------------------------------------


def test_a_bulk_edit_is_one_operation_and_one_undo(centre: Workspace) -> None:
    edit = BulkEdit(
        team="south", role="senior", speed_percent=110,
        add_skills={"mail": 2}, remove_skills=("phone",),
    )  # fmt: skip
    count = len(centre.log.last(100))
    centre.people.change_many([SATO, KATO, ITO], edit)
    assert len(centre.log.last(100)) == count + 1
    assert last_text(centre) == "Change 3 people"
    for key, skills in (("a1", {"mail": 2}), ("a2", {"chat": 3, "mail": 2}), ("a3", {"mail": 2})):
        agent = agent_of(centre, key)
        assert (agent.team, agent.role, agent.speed_percent) == ("south", "senior", 110)
        assert agent.skills == skills
    undo(centre)
    assert [agent_of(centre, key) for key in ("a1", "a2", "a3")] == [SATO, KATO, ITO]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (BulkEdit(team="south"), "Put 2 people into team South"),
        (BulkEdit(contract="part"), "Give Sato Haruka the contract Part-time"),
        (BulkEdit(add_skills={"mail": 1}), "Give 2 people the skill Mail"),
        (BulkEdit(remove_skills=("phone",)), "Take the skill Phone from 2 people"),
    ],
)
def test_the_log_counts_the_people_that_a_bulk_edit_changes(
    centre: Workspace, edit: BulkEdit, words: str
) -> None:
    centre.people.change_many([SATO, KATO], edit)
    assert last_text(centre) == words


def test_a_bulk_edit_is_refused_whole_when_one_person_was_changed_meanwhile(
    centre: Workspace,
) -> None:
    centre.people.change([(KATO, replace(KATO, role="trainee"))])
    with pytest.raises(Conflict):
        centre.people.change_many([SATO, KATO], BulkEdit(team="south"))
    assert agent_of(centre, "a1").team == "north"


def test_two_people_of_one_edit_cannot_take_the_same_number(centre: Workspace) -> None:
    with pytest.raises(FieldError, match="already belongs"):
        centre.people.change([(SATO, replace(SATO, number="7")), (ITO, replace(ITO, number="7"))])


# --- removing --------------------------------------------------------------------------------


def test_a_person_without_duties_is_deleted_with_all_that_is_theirs_and_comes_back_whole(
    centre: Workspace,
) -> None:
    centre.people.add_leave(["a2"], date(2026, 12, 7), date(2026, 12, 7), "paid_leave")
    centre.people.add_wishes("a2", date(2026, 12, 8), date(2026, 12, 8), "off")
    outcome = centre.people.remove(["a2"], TODAY)
    assert [str(note) for note in outcome.notes] == ["Kato Mao was deleted."]
    assert last_text(centre) == "Delete Kato Mao"
    view = centre.people.view(WEEK)
    assert view.person("a2") is None
    with centre._session.database.read() as store:
        assert not [item for item in store.all(Leave) if item.agent == "a2"]
        assert not [item for item in store.all(Wish) if item.agent == "a2"]
    undo(centre)
    assert len(centre.people.days("a2").leaves) == len(centre.people.days("a2").wishes) == 1


def test_a_person_with_duties_leaves_and_later_duties_go_in_the_same_operation(
    centre: Workspace,
) -> None:
    plan = centre.people.removal(["a1", "a2"])
    assert [agent.key for agent in plan.deleted] == ["a2"]
    assert [(agent.key, day) for agent, day in plan.leaving] == [("a1", date(2026, 12, 2))]
    outcome = centre.people.remove(["a1"], date(2026, 12, 1))
    assert [str(note) for note in outcome.notes] == [
        "Sato Haruka leaves on 2026-12-01 and keeps the past.",
        "1 duty from that day on was taken off the roster.",
    ]
    assert agent_of(centre, "a1").left == date(2026, 12, 1)
    assert centre.people.days("a1").duty_days == {MONDAY}
    assert centre.people.view(WEEK).teams["north"].supervisor == ""
    undo(centre)
    assert centre.people.days("a1").duty_days == {MONDAY, date(2026, 12, 2)}
    assert centre.people.view(WEEK).teams["north"].supervisor == "a1"


def test_removing_somebody_who_is_no_longer_there_is_a_sentence(centre: Workspace) -> None:
    with pytest.raises(WfmError, match="no longer there"):
        centre.people.remove(["nobody"], TODAY)


def test_a_leaving_date_tells_of_the_duties_after_it(centre: Workspace) -> None:
    outcome = centre.people.change([(SATO, replace(SATO, left=date(2026, 12, 1)))])
    assert [str(note) for note in outcome.notes] == [
        "Sato Haruka still has 1 duty on or after the leaving date."
    ]


# --- contracts, skills and teams -------------------------------------------------------------


def test_a_contract_that_somebody_has_cannot_be_removed_and_says_who(centre: Workspace) -> None:
    part = centre.people.view(WEEK).contracts["part"]
    with pytest.raises(WfmError, match="Part-time is still the contract of Kato Mao"):
        centre.people.remove_contract(part)
    centre.people.change([(KATO, replace(KATO, contract="full"))])
    centre.people.remove_contract(part)
    assert "part" not in centre.people.view(WEEK).contracts


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Full-time"}, "name"),
        ({"shift_kinds": ()}, "shift_kinds"),
        ({"shift_kinds": ("moon",)}, "shift_kinds"),
        ({"day_minutes": 0}, "day_minutes"),
        ({"day_minutes": 1441}, "day_minutes"),
        ({"week_minutes_max": 10081}, "week_minutes_max"),
        ({"week_days_max": 8}, "week_days_max"),
        ({"week_days_max": 0}, "week_days_max"),
        (
            {"week_days_max": 1, "week_minutes_min": 1500, "week_minutes_max": 2400},
            "week_minutes_min",
        ),
        ({"four_week_minutes_max": 28 * 1440 + 1}, "four_week_minutes_max"),
        ({"month_minutes_min": -1}, "month_minutes_min"),
        ({"rotation": ("work", "off")}, "rotation_start"),
        ({"rotation": ("moon", "off"), "rotation_start": MONDAY}, "rotation"),
    ],
)
def test_a_contract_nobody_could_work_by_is_refused_at_its_field(
    centre: Workspace, change: dict[str, object], field: str
) -> None:
    part = centre.people.view(WEEK).contracts["part"]
    with pytest.raises(FieldError) as refused:
        centre.people.put_contract(replace(part, **change), part)
    assert refused.value.field == field


def test_a_contract_can_be_added_and_changed_and_both_undone(centre: Workspace) -> None:
    kinds = centre.people.view(WEEK).contracts["full"].shift_kinds
    centre.people.put_contract(Contract("", "Night staff", kinds), None)
    assert last_text(centre) == "Add the contract Night staff"
    made = centre.people.view(WEEK).contracts["contract-1"]
    centre.people.put_contract(replace(made, week_days_max=4), made)
    assert centre.people.view(WEEK).contracts["contract-1"].week_days_max == 4
    undo(centre)
    assert centre.people.view(WEEK).contracts["contract-1"].week_days_max == 5


def test_a_skill_that_a_queue_or_somebody_needs_cannot_be_removed(centre: Workspace) -> None:
    skills = centre.people.view(WEEK).skills
    with pytest.raises(WfmError, match="Chat is asked for by the queue Chat queue"):
        centre.people.remove_skill(skills["chat"])
    with pytest.raises(WfmError, match="Phone is still the skill of Sato Haruka, Kato Mao"):
        centre.people.remove_skill(skills["phone"])
    centre.people.remove_skill(skills["mail"])
    assert "mail" not in centre.people.view(WEEK).skills


def test_a_skill_keeps_its_people_when_it_is_renamed(centre: Workspace) -> None:
    centre.people.put_skill("Telephone", centre.people.view(WEEK).skills["phone"])
    assert last_text(centre) == "Rename the skill Phone to Telephone"
    assert centre.people.view(WEEK).skills["phone"].name == "Telephone"
    assert agent_of(centre, "a1").skills == {"phone": 2}


def test_names_of_skills_and_teams_are_there_and_their_own(centre: Workspace) -> None:
    with pytest.raises(FieldError, match="enter a name"):
        centre.people.put_skill("  ", None)
    with pytest.raises(FieldError, match="“Chat” exists already"):
        centre.people.put_skill("Chat", None)
    with pytest.raises(FieldError, match="“South” exists already"):
        centre.people.put_team(Team("", "South"), None)
    with pytest.raises(FieldError, match="supervisor is no longer there"):
        centre.people.put_team(Team("", "East", "nobody"), None)


def test_a_team_with_members_cannot_be_removed_and_names_three_of_them(
    centre: Workspace,
) -> None:
    for name in ("Mori Ren", "Ono Nao"):
        centre.people.add(Agent("", "", name, "north", "full"))
    north = centre.people.view(WEEK).teams["north"]
    with pytest.raises(WfmError, match="Sato Haruka, Kato Mao, Mori Ren and 1 other"):
        centre.people.remove_team(north)
    centre.people.remove_team(centre.people.view(WEEK).teams["south"])
    centre.people.put_team(replace(north, name="Up north"), north)
    assert last_text(centre) == "Rename the team North to Up north"


def test_a_learner_is_planned_as_fast_as_on_the_middle_day_of_the_week(centre: Workspace) -> None:
    learner = replace(SATO, hired=date(2026, 11, 3), full_speed_on=date(2027, 1, 2))
    centre.people.change([(SATO, learner)])
    with centre._session.database.read() as store:
        (sato,) = (item for item in read_centre(store, WEEK).agents if item.key == "a1")
    # 30 of 60 days, from 50 to 100 %
    assert (sato.speed_percent, sato.full_speed_on) == (75, None)
    assert agent_of(centre, "a1") == learner
