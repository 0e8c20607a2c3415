"""Published and high-precision values of the Erlang models, and published ones that are wrong."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from fractions import Fraction
from pathlib import Path

import pytest

from wfm.model.workload import Goal
from wfm.staffing import Workload, fewest_agents
from wfm.staffing.erlang import (
    PatientQueue,
    erlang_b,
    log_inverse_erlang_b,
    patient_queue,
    wait_probability,
)
from wfm.staffing.erlang_a import ImpatientQueue, impatient_queue

with (Path(__file__).parent / "golden.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
CORRECT = [row for row in ROWS if row["kind"] != "rejected"]
REJECTED = [row for row in ROWS if row["kind"] == "rejected"]

Row = dict[str, str]


@dataclass(frozen=True)
class Case:
    """One row as numbers; what it leaves out is NaN, the handle time 1 s, the cap 100 %."""

    load: float
    agents: float
    aht_s: float
    patience_s: float
    threshold_s: float
    target: float
    max_occupancy: float

    @classmethod
    def of(cls, row: Row) -> Case:
        missing = {"aht_s": 1.0, "max_occupancy": 1.0}
        return cls(*(number(row[name], missing.get(name, math.nan)) for name in FIELDS))

    @property
    def patient(self) -> PatientQueue:
        return patient_queue(self.load, self.agents, self.aht_s)

    @property
    def impatient(self) -> ImpatientQueue:
        return impatient_queue(self.load, self.agents, self.aht_s, self.patience_s)

    def fewest(self, goal: Goal) -> int:
        volume = self.load * 3600 / self.aht_s if self.aht_s else 100.0
        return fewest_agents(Workload(volume, 60, self.aht_s), (goal,), self.max_occupancy)


FIELDS = tuple(field.name for field in fields(Case))


def number(text: str, missing: float = math.nan) -> float:
    if not text:
        return missing
    parts = [Fraction(part) for part in text.split("/")]
    return float(parts[0] / parts[1] if len(parts) == 2 else parts[0])


def computed(row: Row) -> float:
    """Return the program's figure for a row."""
    return float(QUANTITIES[row["model"], row["quantity"]](Case.of(row)))


def smallest(good: Callable[[int], bool]) -> int:
    count = 0
    while not good(count):
        count += 1
    return count


def root(rising: Callable[[float], float], target: float, high: float) -> float:
    """Return where a rising function reaches its target, by bisection."""
    low = 0.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < target else (low, middle)
    return low


def empty_probability(case: Case) -> float:
    """P(nobody there) from P(all busy) by the chain of states."""
    all_busy = case.patient.waiting * (1 - case.load / case.agents)
    return all_busy * math.factorial(int(case.agents)) / case.load**case.agents


def log_wait_probability(case: Case) -> float:
    """Where C underflows it is B ÷ (1 - load ÷ agents)."""
    if case.patient.waiting > 1e-100:
        return math.log(case.patient.waiting)
    return -log_inverse_erlang_b(case.load, case.agents) - math.log1p(-case.load / case.agents)


QUANTITIES: dict[tuple[str, str], Callable[[Case], float]] = {
    ("B", "blocking"): lambda case: erlang_b(case.load, case.agents),
    ("B", "log_blocking"): lambda case: -log_inverse_erlang_b(case.load, case.agents),
    ("B", "traffic_of_blocking"): lambda case: root(
        lambda load: erlang_b(load, case.agents), case.target, 4 * case.agents + 10
    ),
    ("B", "lines_for_blocking"): lambda case: smallest(
        lambda lines: erlang_b(case.load, lines) <= case.target * (1 + 1e-12)
    ),
    ("C", "wait_probability"): lambda case: case.patient.waiting,
    ("C", "log_wait_probability"): log_wait_probability,
    ("C", "service_level"): lambda case: case.patient.within(case.threshold_s),
    ("C", "asa"): lambda case: case.patient.asa_s(),
    ("C", "occupancy"): lambda case: case.patient.occupancy,
    ("C", "answered_at_once"): lambda case: case.patient.within(0),
    ("C", "wait_of_waiting"): lambda case: case.patient.asa_s() / case.patient.waiting,
    ("C", "queue_length"): lambda case: case.patient.asa_s() / case.aht_s * case.load,
    ("C", "contacts_in_system"): lambda case: (
        case.load + case.patient.asa_s() / case.aht_s * case.load
    ),
    ("C", "empty_probability"): empty_probability,
    ("C", "agents_for_service_level"): lambda case: case.fewest(
        Goal("service_level", case.target, case.threshold_s)
    ),
    ("C", "agents_for_asa"): lambda case: case.fewest(Goal("asa", case.target)),
    ("C", "agents_for_wait_probability"): lambda case: smallest(
        lambda agents: wait_probability(case.load, agents) <= case.target
    ),
    ("C", "traffic_of_wait_probability"): lambda case: root(
        lambda load: wait_probability(load, case.agents), case.target, case.agents
    ),
    ("A", "wait_probability"): lambda case: case.impatient.waiting,
    ("A", "abandonment"): lambda case: case.impatient.abandoned,
    ("A", "occupancy"): lambda case: case.impatient.occupancy,
    ("A", "asa"): lambda case: case.impatient.asa_s(),
    ("A", "asa_minutes"): lambda case: case.impatient.asa_s() / 60,
    ("A", "wait_of_all"): lambda case: case.impatient.abandoned * case.patience_s,
    ("A", "wait_of_all_minutes"): lambda case: case.impatient.abandoned * case.patience_s / 60,
    ("A", "queue_length"): lambda case: case.impatient.abandoned * case.impatient.y,
    ("A", "contacts_in_system"): lambda case: (
        case.impatient.abandoned * case.impatient.y + case.impatient.occupancy * case.agents
    ),
    ("A", "service_level"): lambda case: case.impatient.within(case.threshold_s),
    ("A", "abandoned_within"): lambda case: case.impatient.abandoned_within(case.threshold_s),
    ("A", "offered_wait_beyond"): lambda case: case.impatient.late(case.threshold_s),
    ("A", "offered_wait_within"): lambda case: 1 - case.impatient.late(case.threshold_s),
}


@pytest.mark.parametrize("row", CORRECT, ids=lambda row: row["id"])
def test_a_reference_value_is_reached(row: Row) -> None:
    assert computed(row) == pytest.approx(
        number(row["value"]), abs=number(row["tolerance"]) + 1e-15, rel=0
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_the_fifty_digit_value_is_reached(row: Row) -> None:
    exact = number(row["exact"])
    tolerance = {"A": 1e-10, "B": 1e-12, "C": 1e-12}[row["model"]]
    if row["quantity"].startswith("traffic"):
        tolerance = 1e-9
    assert computed(row) == pytest.approx(exact, rel=tolerance, abs=1e-15)


@pytest.mark.parametrize("row", REJECTED, ids=lambda row: row["id"])
def test_a_published_value_that_is_wrong_is_not_copied(row: Row) -> None:
    assert abs(computed(row) - number(row["value"])) > number(row["tolerance"])
