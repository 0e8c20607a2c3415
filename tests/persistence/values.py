"""Values to store: examples by hand, and strategies for every stored kind."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from wfm.messages import message
from wfm.model.activity import BreakRule, ShiftKind
from wfm.model.house_rule import HouseRule
from wfm.model.people import Agent, Availability, Balance, Contract, Leave, Skill, Team, Wish
from wfm.model.request import (
    AgentDay,
    Evidence,
    LeaveEffect,
    PersonEffect,
    Request,
    RuleEffect,
    SkillEffect,
)
from wfm.model.roster import AgentWeek, Duty, PlacedBreak
from wfm.model.rule import RuleRef, Violation
from wfm.model.site import ExportRecord, ImportMapping, RunRecord, Site
from wfm.model.time import Horizon
from wfm.model.workload import (
    HISTORY_COLUMNS,
    Floats,
    Forecast,
    Goal,
    HistoryDay,
    Queue,
    Requirement,
    SpecialDay,
)

MONDAY = date(2026, 11, 23)


def numbers(count: int, seed: int = 1, *, gaps: bool = True) -> Floats:
    """Return counts with some "not recorded" among them."""
    source = np.random.default_rng(seed)
    array = source.poisson(9.0, count).astype(np.float64)
    if gaps:
        array[source.random(count) < 0.05] = np.nan
    array.setflags(write=False)
    return array


def agent(key: str = "a1", **changes: object) -> Agent:
    """Return an agent with a name in Japanese."""
    fields: dict[str, object] = {
        "key": key, "number": key[1:], "name": "佐藤 花子", "team": "t1", "contract": "full",
        "skills": {"voice": 2}, "reading": "さとう はなこ", "hourly_wage": 1450,
    }  # fmt: skip
    return Agent(**{**fields, **changes})  # type: ignore[arg-type]


def queue(key: str = "q1") -> Queue:
    """Return a queue with opening hours and two goals."""
    goals = (Goal(), Goal("answer_rate", 0.95))
    return Queue(key, f"Queue {key}", "voice", opening={0: ((540, 1260),), 7: ()}, goals=goals)


def duty(key: str, day: date, start: int = 540) -> Duty:
    """Return a nine-hour duty with a lunch and two short breaks."""
    breaks = (
        PlacedBreak(start + 240, 60),
        PlacedBreak(start + 120, 15, paid=True),
        PlacedBreak(start + 420, 15, paid=True),
    )
    return Duty(key, day, start, start + 540, breaks, "early", "E")


def week(key: str = "a1", start: date = MONDAY, at: int = 540) -> AgentWeek:
    """Return a week of five duties."""
    duties = tuple(duty(key, start + timedelta(days=offset), at) for offset in range(5))
    return AgentWeek(key, start, duties)


def history(key: str, day: date, seed: int = 1) -> HistoryDay:
    """Return a recorded day of quarter hours."""
    columns = {name: numbers(96, seed + place) for place, name in enumerate(HISTORY_COLUMNS)}
    return HistoryDay(key, day, 15, columns, source="acd.csv")


def decided() -> Request:
    """Return a refused swap with everything that a decision can have looked at."""
    rest = Violation("a1", RuleRef("rest", "company", {"minutes": 660}), (1,), 120, hard=True)
    evidence = Evidence(
        MONDAY,
        9,
        touched=(AgentDay("a1", MONDAY), AgentDay("a2", MONDAY)),
        before=(duty("a1", MONDAY),),
        after=(duty("a2", MONDAY),),
        away_after=(Leave("a1", MONDAY, minutes=480),),
        rules=(RuleEffect("new", MONDAY, 7, rest),),
        rules_checked=14,
        skills=(SkillEffect("voice", 1.5, 2.25, 3.0, 3.0, MONDAY, 750, 2.5, 1.0),),
        gross_short=0.75,
        covered=True,
        rostered=True,
        people=(PersonEffect("a1", MONDAY, 2400, 1920, 5, 4, 2400, 2400, 5, mean_lates=1.5),),
        leave=LeaveEffect(1.0, 12.5, MONDAY, 4, 60),
        proposal="refuse",
        reasons=("rules",),
    )
    return Request(
        "r0001", "swap", "a1", MONDAY, "a2", MONDAY, note="通院のため", entered_at="2026-11-24",
        entered_by="sato", state="refused", decided_at="2026-11-25", decided_by="tanaka",
        reason="休息不足", evidence=evidence,
    )  # fmt: skip


def one_of_each() -> list[object]:
    """Return one value of every stored kind, those that others belong to first."""
    horizon = Horizon(MONDAY, 7)
    slots = horizon.slots
    return [
        Site("仙台センター", as_of=MONDAY, rules={"rest": {"hours": 11}}),
        Skill("voice", "電話"),
        Team("t1", "Team 1", "a1"),
        queue(),
        Contract("full", "正社員", ("early",)),
        ShiftKind("early", "早番", "E", 480, 600, 15, (540,), (BreakRule(60, 180, 300),)),
        HouseRule("seats", "seats", {"count": 40, "price": 60}, {"team": ""}),
        agent(birth_date=date(1990, 2, 28), hired=date(2020, 4, 1)),
        Availability("a1", {0: ((540, 1080),), 6: ()}, {MONDAY: ((0, 720), (780, 1500))}),
        Leave("a1", MONDAY, "paid_leave", 480, note="通院"),
        Wish("a1", MONDAY),
        Balance("a1", date(2026, 11, 1), 600, paid_leave_days=12.5),
        SpecialDay(date(2026, 12, 31), "closed", "大晦日"),
        history("q1", MONDAY),
        Forecast(
            "q1",
            horizon,
            numbers(slots, 2, gaps=False),
            numbers(slots, 3),
            {0.1: numbers(slots, 4, gaps=False), 0.9: numbers(slots, 5, gaps=False)},
            "weighted",
            (message("Only {days} days of history", days=20),),
        ),
        Requirement("q1", "voice", horizon, numbers(slots, 6, gaps=False), numbers(slots, 7)),
        AgentWeek("a1", MONDAY, week().duties, (MONDAY + timedelta(days=6),), week(at=600).duties),
        decided(),
        RunRecord("r1", MONDAY, 7, "ab" * 32, {"seconds": 60}, {"toban": "0.1"}, "feasible",
                  1234.5, 1200.25, 60.0),
        ImportMapping("acd", {"入電": "offered"}, {"encoding": "cp932"}),
        ExportRecord("e1", "payroll", "2026-11", "csv", "p.csv", "cd" * 32, 60, "2026-11-24"),
    ]  # fmt: skip


def values_of(number: int) -> list[object]:
    """Return what round ``number`` of a busy day writes: an edit, an import or a roster."""
    if number % 3 == 0:
        return [agent("a0", speed_percent=number, name=f"佐藤 {number}")]
    if number % 3 == 1:
        start = MONDAY + timedelta(days=4 * number)
        return [history("q1", start + timedelta(days=day), seed=number) for day in range(4)]
    return [week(f"a{place}", at=360 + number % 600) for place in range(6)]
