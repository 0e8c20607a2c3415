"""The documented example: a small problem with every primitive, and the files made from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from solver import SolveSettings, solve
from wfm.model.activity import BreakRule
from wfm.model.codec import dump_document
from wfm.model.problem import (
    PROBLEM_FORMAT,
    AgentProblem,
    Demand,
    Option,
    RosterProblem,
    UnderStep,
)
from wfm.model.roster import ROSTER_FORMAT, Duty, PlacedBreak
from wfm.model.rule import OFF, Automaton, Counter, Distinct, Mask, RuleRef, Succession
from wfm.model.time import Horizon

FOLDER = Path(__file__).parents[2] / "resources/docs/formats"
HORIZON = Horizon(date(2026, 11, 30), 4, 30)
OPTIONS = (
    Option("day", 540, 1080, (BreakRule(60, 180, 300), BreakRule(15, 90, 150, paid=True)),
           "early", "D"),
    Option("evening", 780, 1260, (BreakRule(45, 180, 240),), "late", "E"),
    Option("night", 1320, 1800, (BreakRule(60, 180, 240),), "night", "N"),
)  # fmt: skip
MEASURES = {
    "duties": (1, 1, 1),
    "worked_minutes": (480, 435, 420),
    "night_minutes": (0, 0, 420),
    "start": (540, 780, 1320),
    "duty_class": (1, 1, 2),
}
EVERY_DAY = (0, 1, 2, 3)


def example_problem() -> RosterProblem:
    """Return the problem of ``problem.example.json``."""
    rest = RuleRef("rest", "illegal", {"minutes": 660})
    minutes = RuleRef("worked_minutes", "company", {"most": 1440})
    last = Duty("abe", date(2026, 11, 29), 780, 1260, (PlacedBreak(960, 45),), "late", "E")
    # two nights at most, and two days off after them
    nights = ((0, 0, 1), (3, -1, 2), (3, -1, -1), (0, -1, -1))
    abe = AgentProblem(
        "abe", ("phone",), (0, 1),
        (
            Succession(rest, 660, previous_end=-180),
            Counter(minutes, EVERY_DAY, "worked_minutes", high=1440),
            Mask(RuleRef("wish", "wish", note="family day"), 2, (0, 1), price=8),
        ),
        name="Abe Hana", past=(last,),
    )  # fmt: skip
    baba = AgentProblem(
        "baba", ("phone", "chat"), (0, 1),
        (
            Succession(rest, 660),
            Distinct(RuleRef("start_times", "wish"), EVERY_DAY, "start", 1, price=3),
            Counter(RuleRef("duties"), EVERY_DAY, "duties", low=2, high=3),
        ),
        speed_percent=80, name="Baba Jun",
    )  # fmt: skip
    chiba = AgentProblem(
        "chiba", ("chat",), (1, 2),
        (
            Succession(rest, 660, pairs=((2, 1),)),
            Automaton(RuleRef("nights"), "duty_class", 0, nights),
            Mask(RuleRef("leave", "illegal"), 3, (0, 1, 2)),
            Mask(RuleRef("wanted_night", "wish"), 1, (OFF, 0, 1), price=2),
        ),
        name="Chiba Ren",
    )  # fmt: skip
    return RosterProblem(
        HORIZON, OPTIONS, MEASURES, _demands(), (abe, baba, chiba), over_cost=1,
        centre="Example", notes=("Made by tests/solver/example.py",),
    )  # fmt: skip


def _demands() -> tuple[Demand, ...]:
    phone, chat = np.zeros(HORIZON.slots), np.zeros(HORIZON.slots)
    for day in EVERY_DAY:
        first = day * HORIZON.slots_per_day
        phone[first + 18 : first + 42] = 1.25
        phone[first + 24 : first + 26] = 1.8
        chat[first + 26 : first + 42] = 0.6
    chat[HORIZON.slots_per_day + 44 : HORIZON.slots_per_day + 60] = 0.5
    for values in (phone, chat):
        values.setflags(write=False)
    return (
        Demand("phone", phone, (UnderStep(1, 5), UnderStep(None, 9))),
        Demand("chat", chat),
    )


def write() -> None:
    """Write both example files anew."""
    problem = example_problem()
    plan = solve(problem, SolveSettings(time_limit_s=60, workers=1))
    (FOLDER / "problem.example.json").write_text(dump_document(problem, PROBLEM_FORMAT), "utf-8")
    (FOLDER / "roster.example.json").write_text(dump_document(plan, ROSTER_FORMAT), "utf-8")
    print(plan.status, plan.objective, plan.lower_bound, plan.seconds)


if __name__ == "__main__":
    write()
