"""A small centre in memory, with every kind of thing a week can show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from ui.centre_view import AgentRow, RuleBreak, WeekView
from ui.plots.values import CoverageLine, CoverageView
from wfm.messages import message
from wfm.model.activity import ShiftKind
from wfm.model.people import Leave
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.time import Horizon

MONDAY = date(2026, 11, 30)
KINDS = (
    ShiftKind("early", "早番", "早", 540, 600, 30, (540,), colour="early"),
    ShiftKind("late", "遅番", "遅", 720, 780, 30, (540,), colour="late"),
    ShiftKind("night", "夜勤", "夜", 900, 960, 30, (600,), colour="night"),
    ShiftKind("short", "短時間", "短", 600, 840, 30, (300,), colour="short"),
)
FAMILY = ["佐々木", "田中", "鈴木", "髙橋", "伊藤", "渡辺", "山本", "中村", "小林", "加藤"]
FAMILY += ["吉田", "山田", "清水", "﨑山"]
GIVEN = ["遥", "健", "彩", "大輔", "結衣", "翔", "美月", "拓也", "優", "真央", "蓮", "桃子"]


def agents(count: int) -> tuple[AgentRow, ...]:
    """Return people with Japanese names, two of them supervisors."""
    return tuple(
        AgentRow(
            f"a{index:03d}",
            f"{FAMILY[index % len(FAMILY)]} {GIVEN[index * 5 % len(GIVEN)]}",
            f"チーム{'ABC'[index % 3]}",
            "supervisor" if index % 20 == 0 else "trainee" if index % 20 == 7 else "agent",
        )
        for index in range(count)
    )


def coverage(horizon: Horizon, size: float, *, planned: bool = True) -> CoverageView:
    """Return a day shape with two peaks, 9:00-22:00, and a supply that misses it a little."""
    rng = np.random.default_rng(horizon.start.toordinal())
    minutes = np.arange(horizon.slots_per_day) * horizon.slot_minutes
    peaks = (
        0.5 + np.exp(-(((minutes - 660) / 90) ** 2)) + 0.8 * np.exp(-(((minutes - 930) / 130) ** 2))
    )
    shape = np.where((minutes >= 540) & (minutes < 1320), peaks, 0.0) * size
    required = np.outer([1, 0.95, 0.9, 0.9, 1, 0.6, 0.5], shape).ravel().round(1)
    noise = rng.normal(0, size / 12, horizon.slots).round()
    supplied = np.where(required > 0, np.maximum(required.round() + noise, 0), 0) * planned
    short, surplus = np.maximum(required - supplied, 0), np.maximum(supplied - required, 0)
    total = CoverageLine(required, supplied, short, surplus)
    halves = tuple(
        CoverageLine(required / 2, supplied / 2, short / 2, surplus / 2, name)
        for name in ("総合", "テクニカル")
    )
    return CoverageView(
        horizon, total, halves, "さくらカスタマーセンター", 0.021 if planned else None
    )


def week(start: date, count: int = 12, *, planned: bool = True) -> WeekView:
    """Return a week of ``count`` people, rostered or not."""
    horizon, people = Horizon(start, 7), agents(count)
    duties, absences = [], []
    for number, person in enumerate(people):
        for offset, day in enumerate(horizon.dates):
            turn = (number * 3 + offset * 2) % 7
            if turn in {0, 1}:
                if (number + offset) % 5 == 0:
                    kind = ("paid_leave", "training", "special_leave")[number % 3]
                    absences.append(Leave(person.key, day, kind))
                continue
            kind = KINDS[(number + (offset > 3)) % 4]
            first = kind.earliest_start + (number % 3) * 15
            end = first + kind.lengths[0]
            breaks = (
                PlacedBreak(first + 120, 15, paid=True),
                PlacedBreak(first + 240, 60),
                PlacedBreak(first + 420, 15, paid=True),
            )
            breaks = breaks if kind.key != "short" else ()
            duties.append(Duty(person.key, day, first, end, breaks, kind.key, kind.letter))
    view = WeekView(
        centre="さくらカスタマーセンター",
        horizon=horizon,
        agents=people,
        duties=tuple(duties) if planned else (),
        absences=tuple(absences),
        kinds=KINDS,
        coverage=coverage(horizon, count / 2.2, planned=planned),
        holidays=frozenset({start + timedelta(days=3)}),
    )
    if not planned:
        return view
    reason = message("Less than {hours} h rest", hours=11)
    return replace(
        view,
        rule_breaks=(RuleBreak(duties[-1].agent, reason, (duties[-1].day,)),),
    )
