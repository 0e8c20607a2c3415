"""Puts the sample centre together: one frozen value with everything a planner works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from wfm.calendars import public_holidays, week_of
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.activity import ShiftKind
from wfm.model.house_rule import HouseRule
from wfm.model.people import Agent, Availability, Balance, Contract, Leave, Skill, Team, Wish
from wfm.model.request import Request
from wfm.model.roster import AgentWeek
from wfm.model.site import Site
from wfm.model.workload import HistoryDay, Queue, SpecialDay
from wfm.samples import asked, duties, events, history, people, requests, terms
from wfm.samples.tables import Tables, read_tables

HISTORY_WEEKS = 26
DEFAULT_SEED = 20


@dataclass(frozen=True, slots=True)
class SampleCentre:
    """An inbound centre in Japan with sixty people, half a year of history and past rosters.

    ``weeks`` are the published agent-weeks from the week of last month's first day to the week of
    the site's ``as_of``; leave of those weeks is in ``leaves`` and not in their duties.
    """

    site: Site
    skills: tuple[Skill, ...]
    teams: tuple[Team, ...]
    queues: tuple[Queue, ...]
    contracts: tuple[Contract, ...]
    shift_kinds: tuple[ShiftKind, ...]
    agents: tuple[Agent, ...]
    availabilities: tuple[Availability, ...]
    leaves: tuple[Leave, ...]
    wishes: tuple[Wish, ...]
    balances: tuple[Balance, ...]
    special_days: tuple[SpecialDay, ...]
    history: tuple[HistoryDay, ...]
    weeks: tuple[AgentWeek, ...]
    requests: tuple[Request, ...]
    house_rules: tuple[HouseRule, ...]


def sample_centre(
    as_of: date, language: str = "ja", *, seed: int = DEFAULT_SEED, scale: float = 1.0
) -> SampleCentre:
    """Return the sample centre as it stands on the morning of ``as_of``.

    The same ``as_of``, ``seed`` and ``scale`` give the same numbers in both languages.  ``scale``
    multiplies all contact volumes (0.2 … 5).  Raises :class:`~wfm.errors.WfmError` for another
    language or scale.
    """
    if not 0.2 <= scale <= 5:
        raise WfmError(
            message("The sample's volumes can be scaled by 0.2 to 5, not {scale}.", scale=scale)
        )
    tables = read_tables(language)
    first = as_of - timedelta(weeks=HISTORY_WEEKS)
    holidays = _holidays(as_of, language)
    queues = terms.queues(tables)
    special_days = events.special_days(tables, as_of, first)
    weeks, leaves, wishes = _people_plans(tables, as_of, seed)
    month = _last_month(as_of)
    agents = people.agents(tables, as_of)
    week_end = week_of(as_of, int(tables.centre["site"]["week_start"])) + timedelta(weeks=1)
    return SampleCentre(
        site=terms.site(tables, as_of),
        skills=terms.skills(tables),
        teams=terms.teams(tables),
        queues=queues,
        contracts=terms.contracts(tables),
        shift_kinds=terms.shift_kinds(tables),
        agents=agents,
        availabilities=people.availabilities(tables),
        leaves=leaves,
        wishes=wishes,
        balances=people.balances(tables, as_of, month, np.random.default_rng([seed, 101])),
        special_days=special_days,
        history=history.history(
            tables, queues, first, as_of, holidays, special_days, scale=scale, seed=seed
        ),
        weeks=weeks,
        requests=asked.open_requests(tables, agents, weeks, leaves, as_of, week_end),
        house_rules=terms.house_rules(tables),
    )


def _people_plans(
    tables: Tables, as_of: date, seed: int
) -> tuple[tuple[AgentWeek, ...], tuple[Leave, ...], tuple[Wish, ...]]:
    """Return past weeks, leave past and coming, and wishes for the coming weeks."""
    rng = np.random.default_rng([seed, 100])
    agents = people.agents(tables, as_of)
    contracts = terms.contracts(tables)
    available = people.availabilities(tables)
    week_start = int(tables.centre["site"]["week_start"])
    this_week = week_of(as_of, week_start)
    weeks = duties.past_weeks(
        tables, agents, contracts, terms.shift_kinds(tables), available,
        week_of(_last_month(as_of), week_start), this_week,
    )  # fmt: skip
    taken = requests.leaves_taken(tables, weeks, agents, rng)
    next_week = this_week + timedelta(weeks=1)
    ahead = requests.leaves_ahead(tables, agents, contracts, available, next_week, rng)
    wishes = requests.wishes(agents, available, ahead, next_week, rng)
    return duties.without_leave(weeks, taken), (*taken, *ahead), wishes


def _last_month(as_of: date) -> date:
    return (as_of.replace(day=1) - timedelta(days=1)).replace(day=1)


def _holidays(as_of: date, language: str) -> Mapping[date, str]:
    margin = timedelta(weeks=HISTORY_WEEKS + 5)
    return public_holidays("JP", as_of - margin, as_of + margin, language)
