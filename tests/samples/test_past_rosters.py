"""The past rosters of the sample keep the law, by checks that share nothing with its generator."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise

import pytest

from wfm.model.roster import Duty
from wfm.samples import SampleCentre, sample_centre

DAYS = [
    date(2026, 11, 23), date(2026, 11, 29), date(2026, 1, 1), date(2026, 1, 31),
    date(2024, 2, 29), date(2027, 5, 12),
]  # fmt: skip
each_day = pytest.mark.parametrize("as_of", DAYS)


@cache
def centre(as_of: date) -> SampleCentre:
    return sample_centre(as_of, "en", seed=as_of.day)


def duties_by_agent(made: SampleCentre) -> dict[str, list[Duty]]:
    result: dict[str, list[Duty]] = defaultdict(list)
    for week in made.weeks:
        result[week.agent] += week.duties
    return {agent: sorted(duties, key=lambda duty: duty.day) for agent, duties in result.items()}


def moment(duty: Duty, minutes: int) -> datetime:
    return datetime.combine(duty.day, time()) + timedelta(minutes=minutes)


@each_day
def test_weeks_reach_from_last_month_to_the_current_week_and_are_published(as_of: date) -> None:
    made = centre(as_of)
    last_month = (as_of.replace(day=1) - timedelta(days=1)).replace(day=1)
    starts = sorted({week.start for week in made.weeks})
    assert starts[0] <= last_month < starts[0] + timedelta(days=7)
    assert starts[-1] <= as_of < starts[-1] + timedelta(days=7)
    assert all((later - sooner).days == 7 for sooner, later in pairwise(starts))
    assert len(made.weeks) == 60 * len(starts)
    for week in made.weeks:
        assert week.published == week.duties
        assert all(0 <= (duty.day - week.start).days < 7 for duty in week.duties)
        assert all(duty.agent == week.agent for duty in week.duties)


@each_day
def test_eleven_hours_lie_between_two_duties_and_nobody_has_two_a_day(as_of: date) -> None:
    for duties in duties_by_agent(centre(as_of)).values():
        for sooner, later in pairwise(duties):
            assert sooner.day < later.day
            rest = moment(later, later.start) - moment(sooner, sooner.end)
            assert rest >= timedelta(hours=11), (sooner, later)


@each_day
def test_nobody_works_more_than_five_days_in_a_row(as_of: date) -> None:
    for duties in duties_by_agent(centre(as_of)).values():
        worked = {duty.day for duty in duties}
        for day in worked:
            assert not all(day + timedelta(days=offset) in worked for offset in range(6))


@each_day
def test_weekly_hours_and_days_stay_within_the_contract(as_of: date) -> None:
    made = centre(as_of)
    contracts = {contract.key: contract for contract in made.contracts}
    terms = {agent.key: contracts[agent.contract] for agent in made.agents}
    for week in made.weeks:
        minutes = sum(duty.worked_minutes for duty in week.duties)
        assert minutes <= min(terms[week.agent].week_minutes_max, 2400)
        assert len(week.duties) <= terms[week.agent].week_days_max


@each_day
def test_full_timers_work_or_take_leave_for_forty_hours_unless_a_week_is_cut(as_of: date) -> None:
    made = centre(as_of)
    full = {agent.key: agent for agent in made.agents if agent.contract == "full"}
    paid = {(item.agent, item.day): item.minutes for item in made.leaves if item.approved}
    closed = {item.day for item in made.special_days if item.kind == "closed"}
    for week in made.weeks:
        days = {week.start + timedelta(days=offset) for offset in range(7)}
        hired = full[week.agent].hired if week.agent in full else None
        if hired is None or hired > week.start or days & closed:
            continue
        minutes = sum(duty.worked_minutes for duty in week.duties)
        minutes += sum(paid.get((week.agent, day), 0) for day in days)
        assert minutes == 2400


@each_day
def test_duties_are_shifts_of_the_contract_with_legal_breaks(as_of: date) -> None:
    made = centre(as_of)
    kinds = {kind.key: kind for kind in made.shift_kinds}
    contracts = {contract.key: contract for contract in made.contracts}
    terms = {agent.key: contracts[agent.contract] for agent in made.agents}
    for agent, duties in duties_by_agent(made).items():
        for duty in duties:
            kind = kinds[duty.kind]
            assert duty.kind in terms[agent].shift_kinds
            assert duty.start in kind.starts
            assert duty.span_minutes in kind.lengths
            assert duty.letter == kind.letter
            assert len(duty.breaks) == len(kind.breaks)
            for placed, rule in zip(duty.breaks, kind.breaks, strict=True):
                assert rule.earliest <= placed.start - duty.start <= rule.latest
                assert (placed.length, placed.paid) == (rule.length, rule.paid)
            for sooner, later in pairwise(duty.breaks):
                assert sooner.end <= later.start
            rest = sum(item.length for item in duty.breaks if not item.paid)
            assert rest >= (45 if duty.worked_minutes > 360 else 0)
            assert duty.worked_minutes <= 480


@each_day
def test_leave_availability_and_employment_are_respected(as_of: date) -> None:
    made = centre(as_of)
    agents = {agent.key: agent for agent in made.agents}
    windows = {item.agent: item for item in made.availabilities}
    away = {(item.agent, item.day) for item in made.leaves if item.approved}
    for agent, duties in duties_by_agent(made).items():
        for duty in duties:
            assert (agent, duty.day) not in away
            assert agents[agent].employed_on(duty.day)
            free = windows[agent].windows(duty.day) if agent in windows else None
            assert free is None or any(
                start <= duty.start and duty.end <= end for start, end in free
            )


@each_day
def test_the_minor_works_within_eight_and_forty_hours_and_never_at_night(as_of: date) -> None:
    made = centre(as_of)
    minors = [
        agent.key
        for agent in made.agents
        if agent.birth_date and (as_of - agent.birth_date).days < 18 * 365.25
    ]
    assert len(minors) == 1
    duties = duties_by_agent(made)[minors[0]]
    assert duties
    assert all(duty.worked_minutes <= 480 and duty.start >= 300 for duty in duties)
    assert all(duty.end <= 22 * 60 for duty in duties)


@each_day
def test_every_open_hour_of_every_past_day_has_people_and_a_supervisor_most_of_the_time(
    as_of: date,
) -> None:
    made = centre(as_of)
    leads = {agent.key for agent in made.agents if agent.role == "supervisor"}
    closed = {item.day for item in made.special_days if item.kind == "closed"}
    by_day: dict[date, list[Duty]] = defaultdict(list)
    for week in made.weeks:
        for duty in week.duties:
            by_day[duty.day].append(duty)
    starts = {week.start for week in made.weeks}
    days = {start + timedelta(days=offset) for start in starts for offset in range(7)} - closed
    hours = led = 0
    for day in days:
        assert sum(duty.start <= 480 for duty in by_day[day]) >= 1, day
        assert sum(duty.end >= 1320 for duty in by_day[day]) >= 1, day
        for hour in range(9, 21):
            present = {
                duty.agent
                for duty in by_day[day]
                if duty.start <= hour * 60 and duty.end > hour * 60
            }
            assert len(present) >= 4, (day, hour)
            hours += 1
            led += bool(present & leads)
    assert led / hours > 0.75


@each_day
def test_weekend_work_is_shared_among_those_who_can(as_of: date) -> None:
    made = centre(as_of)
    restricted = {item.agent for item in made.availabilities}
    settled = as_of - timedelta(days=80)
    free = {
        agent.key
        for agent in made.agents
        if agent.key not in restricted and agent.hired and agent.hired < settled
    }
    counts = [
        sum(duty.day.weekday() >= 5 for duty in duties)
        for agent, duties in duties_by_agent(made).items()
        if agent in free
    ]
    weeks = len({week.start for week in made.weeks})
    assert min(counts) >= weeks // 3
    assert max(counts) <= 2 * weeks
