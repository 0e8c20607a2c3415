"""The sample centre: complete, the same in both languages, and repeatable."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from wfm.calendars import public_holidays
from wfm.errors import WfmError
from wfm.model.codec import from_json, to_json
from wfm.model.people import Agent
from wfm.model.time import Horizon
from wfm.rules.centre import terms_of
from wfm.rules.centre.staffing import LeadersPresent, Seats
from wfm.samples import SampleCentre, sample_centre

AS_OF = date(2026, 11, 23)


@cache
def centre(language: str = "ja", as_of: date = AS_OF) -> SampleCentre:
    return sample_centre(as_of, language)


def test_sixty_people_work_in_six_teams_each_with_a_supervisor() -> None:
    agents = {agent.key: agent for agent in centre().agents}
    assert len(agents) == 60
    assert set(Counter(agent.team for agent in agents.values()).values()) == {10}
    for team in centre().teams:
        lead = agents[team.supervisor]
        assert (lead.role, lead.team) == ("supervisor", team.key)
    assert sum(agent.role == "supervisor" for agent in agents.values()) == 6


@pytest.mark.parametrize("language", ["ja", "en"])
def test_names_numbers_and_readings_are_there_and_unique(language: str) -> None:
    agents = centre(language).agents
    for field in ("name", "number", "reading"):
        values = [getattr(agent, field) for agent in agents]
        assert all(values)
        assert len(set(values)) == 60


def test_japanese_readings_are_hiragana_and_english_texts_are_ascii() -> None:
    kana = "".join(agent.reading for agent in centre("ja").agents).replace(" ", "")
    assert all("ぁ" <= sign <= "ん" for sign in kana)
    assert all(agent.name.isascii() and agent.reading.isascii() for agent in centre("en").agents)
    named = (centre("en").skills, centre("en").teams, centre("en").queues, centre("en").contracts)
    assert all(item.name.isascii() for group in named for item in group)


def test_every_reference_leads_somewhere() -> None:
    made = centre()
    skills = {skill.key for skill in made.skills}
    contracts = {contract.key for contract in made.contracts}
    kinds = {kind.key for kind in made.shift_kinds}
    teams = {team.key for team in made.teams}
    agents = {agent.key for agent in made.agents}
    queues = {queue.key for queue in made.queues}
    assert {queue.skill for queue in made.queues} <= skills
    assert {skill for agent in made.agents for skill in agent.skills} <= skills
    assert {agent.contract for agent in made.agents} == contracts
    assert {agent.team for agent in made.agents} == teams
    assert {kind for contract in made.contracts for kind in contract.shift_kinds} == kinds
    assert {day.queue for day in made.history} == queues
    for group in (made.availabilities, made.leaves, made.wishes, made.balances, made.weeks):
        assert {item.agent for item in group} <= agents


def without_texts(agent: Agent) -> Agent:
    return replace(agent, name="", reading="")


def test_both_languages_hold_the_same_numbers() -> None:
    japanese, english = centre("ja"), centre("en")
    assert [without_texts(item) for item in japanese.agents] == [
        without_texts(item) for item in english.agents
    ]
    assert japanese.availabilities == english.availabilities
    assert japanese.wishes == english.wishes
    assert japanese.balances == english.balances
    assert [replace(item, note="") for item in japanese.leaves] == [
        replace(item, note="") for item in english.leaves
    ]
    assert [replace(item, name="") for item in japanese.special_days] == [
        replace(item, name="") for item in english.special_days
    ]
    for one, other in zip(japanese.history, english.history, strict=True):
        assert (one.queue, one.day) == (other.queue, other.day)
        assert all((one.columns[name] == other.columns[name]).all() for name in one.columns)
    spans = [
        [
            (duty.day, duty.start, duty.end, duty.breaks)
            for week in made.weeks
            for duty in week.duties
        ]
        for made in (japanese, english)
    ]
    assert spans[0] == spans[1]
    assert japanese.site.name != english.site.name
    assert (japanese.site.language, english.site.language) == ("ja", "en")


def test_a_seed_gives_the_same_centre_and_another_seed_another() -> None:
    again, other = sample_centre(AS_OF), sample_centre(AS_OF, seed=7)
    assert to_json(again) == to_json(centre())
    assert again.wishes != other.wishes
    assert to_json(again.history[0]) != to_json(other.history[0])


def test_the_centre_survives_its_json_form() -> None:
    made = replace(centre(), history=centre().history[:3])
    assert to_json(from_json(SampleCentre, to_json(made))) == to_json(made)


def test_another_language_or_scale_is_refused_in_a_sentence() -> None:
    with pytest.raises(WfmError, match=r"speaks ja, en, not “fr”"):
        sample_centre(AS_OF, "fr")
    with pytest.raises(WfmError, match=r"scaled by 0.2 to 5, not 90"):
        sample_centre(AS_OF, scale=90)


def test_scale_multiplies_the_contacts() -> None:
    half = sum(day.columns["offered"].sum() for day in sample_centre(AS_OF, scale=0.5).history)
    whole = sum(day.columns["offered"].sum() for day in centre().history)
    assert half / whole == pytest.approx(0.5, abs=0.01)


def test_trainees_a_minor_and_short_time_staff_are_among_them() -> None:
    agents = centre().agents
    trainees = [agent for agent in agents if agent.role == "trainee"]
    assert 3 <= len(trainees) <= 5
    assert all(not agent.skills or agent.speed_percent < 100 for agent in trainees)
    ages = [(AS_OF - agent.birth_date).days / 365.25 for agent in agents if agent.birth_date]
    assert len(ages) == 60
    assert sum(age < 18 for age in ages) == 1
    assert 17 <= min(ages) < 18
    assert max(ages) < 65
    assert sum(agent.contract == "short" for agent in agents) >= 4


@pytest.mark.parametrize(
    "as_of", [date(2026, 11, 23), date(2026, 1, 1), date(2024, 2, 29), date(2027, 3, 14)]
)
def test_ages_hire_dates_and_history_are_counted_from_the_day_asked_for(as_of: date) -> None:
    made = centre("en", as_of)
    assert made.site.as_of == as_of
    assert max(day.day for day in made.history) < as_of
    assert min(day.day for day in made.history) >= as_of - timedelta(weeks=26)
    assert all(agent.hired and agent.hired <= as_of for agent in made.agents)
    youngest = max(agent.birth_date for agent in made.agents if agent.birth_date)
    assert 17 * 365 <= (as_of - youngest).days < 18 * 365.25
    assert {item.month for item in made.balances} == {
        (as_of.replace(day=1) - timedelta(days=1)).replace(day=1)
    }


def test_the_number_of_shift_options_suits_a_solver() -> None:
    count = sum(len(kind.starts) * len(kind.lengths) for kind in centre().shift_kinds)
    assert 40 <= count <= 80


def test_shifts_begin_on_the_grid_and_lie_inside_the_opening_hours() -> None:
    first = min(start for queue in centre().queues for start, _ in queue.opening[0])
    last = max(end for queue in centre().queues for _, end in queue.opening[0])
    for kind in centre().shift_kinds:
        assert all(start % 30 == 0 for start in kind.starts)
        assert kind.earliest_start >= first
        assert kind.latest_start + max(kind.lengths) <= last


def test_breaks_of_every_shift_kind_keep_the_labour_standards_act() -> None:
    # Art. 34: over 6 h of work at least 45 min, over 8 h at least 60 min, inside the work
    for kind in centre().shift_kinds:
        for length in kind.lengths:
            unpaid = sum(rule.length for rule in kind.breaks if not rule.paid)
            worked = length - unpaid
            assert unpaid >= (60 if worked > 480 else 45 if worked > 360 else 0)
            assert worked <= 480
        ends = [rule.latest + rule.length for rule in kind.breaks]
        starts = [rule.earliest for rule in kind.breaks]
        assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


def test_mail_is_closed_on_sundays_and_public_holidays() -> None:
    holidays = public_holidays("JP", date(2026, 5, 1), AS_OF)
    days = {day.day for day in centre().history if day.queue == "mail"}
    assert not [day for day in days if day.weekday() == 6 or day in holidays]


def test_nobody_has_leave_and_a_wish_on_the_same_day_or_two_of_one_kind() -> None:
    made = centre()
    leaves = [(item.agent, item.day) for item in made.leaves]
    wishes = [(item.agent, item.day) for item in made.wishes]
    assert len(set(leaves)) == len(leaves)
    assert len(set(wishes)) == len(wishes)
    assert not set(leaves) & set(wishes)


def test_leave_lies_ahead_some_of_it_undecided_and_leaves_enough_days_to_work() -> None:
    made = centre()
    next_week = AS_OF + timedelta(days=7)
    coming = [item for item in made.leaves if item.day >= next_week]
    approved = [item for item in coming if item.approved]
    assert 30 <= len(approved) <= 70
    assert 2 <= len(coming) - len(approved) <= 4
    per_week = Counter((item.agent, (item.day - next_week).days // 7) for item in approved)
    assert max(per_week.values()) <= 2
    assert {item.kind for item in approved} == {"paid_leave", "special_leave"}
    assert all(item.minutes > 0 for item in coming)


def test_wishes_ask_for_days_off_and_for_early_or_late_work() -> None:
    kinds = Counter(
        (item.kind, item.start, item.end) if item.kind != "off" else item.kind
        for item in centre().wishes
    )
    assert kinds["off"] >= 40
    assert kinds["window", 0, 1080] >= 5
    assert kinds["window", 720, 2880] >= 5


def test_the_year_end_is_closed_and_nobody_works() -> None:
    made = centre("en", date(2027, 1, 15))
    closed = {item.day for item in made.special_days if item.kind == "closed"}
    assert closed == {date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)}
    assert not [day for day in made.history if day.day in closed]
    assert not [duty for week in made.weeks for duty in week.duties if duty.day in closed]


def test_campaign_and_outage_are_recorded_and_one_campaign_is_still_to_come() -> None:
    made = centre()
    past = Counter(item.kind for item in made.special_days if item.day < AS_OF)
    assert (past["campaign"], past["outage"]) == (5, 1)
    coming = [item for item in made.special_days if item.day >= AS_OF and item.kind == "campaign"]
    assert coming
    assert all(item.factor > 1 for item in coming)
    assert not [item for item in coming if item.day < AS_OF + timedelta(days=14)]


def test_every_queue_is_open_in_the_week_to_plan() -> None:
    horizon = Horizon(AS_OF + timedelta(days=7), 7)
    for queue in centre().queues:
        assert sum(1 for day in horizon.dates if queue.opening[day.weekday()]) >= 6


def test_a_leader_is_always_on_the_floor_by_rule_and_there_are_desks_for_everybody() -> None:
    terms, problems = terms_of(centre().house_rules)
    assert not problems
    assert terms == (LeadersPresent(count=1, role="senior"), Seats(count=46))
