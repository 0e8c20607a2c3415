"""The sample's open requests: one swap keeps the rest between shifts, one breaks it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from wfm.samples import sample_centre
from wfm.workspace import Workspace

AS_OF = date(2026, 11, 23)


def test_requests_wait_for_the_days_after_today_and_are_numbered() -> None:
    made = sample_centre(AS_OF)
    assert [item.kind for item in made.requests][:3] == ["swap", "swap", "leave"]
    assert [item.key for item in made.requests] == [
        f"r{place:04d}" for place in range(1, len(made.requests) + 1)
    ]
    assert all(item.is_open and item.day > AS_OF and item.entered_by for item in made.requests)
    assert 4 <= len(made.requests) <= 8
    pending = {(leave.agent, leave.day) for leave in made.leaves if not leave.approved}
    assert {(item.agent, item.day) for item in made.requests[3:]} == pending


def test_both_languages_ask_for_the_same_in_their_own_words() -> None:
    one, other = sample_centre(AS_OF, "ja"), sample_centre(AS_OF, "en")
    assert [(i.agent, i.day, i.other) for i in one.requests] == [
        (i.agent, i.day, i.other) for i in other.requests
    ]
    assert one.requests[0].note != other.requests[0].note


@pytest.mark.parametrize("days", range(7))
def test_whatever_the_weekday_the_sample_is_made_and_its_requests_can_be_carried_out(
    days: int, tmp_path: Path
) -> None:
    as_of = AS_OF + timedelta(days=days)
    path = str(tmp_path / "s.toban")
    with Workspace.create(path, "planner", language="en", sample_as_of=as_of) as workspace:
        for item in workspace.requests.all():
            card = workspace.requests.card(item.key)
            assert card.faults == ()
            assert card.evidence is not None


def test_the_first_swap_breaks_no_rule_and_the_second_one_the_rest(tmp_path: Path) -> None:
    path = str(tmp_path / "s.toban")
    with Workspace.create(path, "planner", language="en", sample_as_of=AS_OF) as workspace:
        fine, tired = (workspace.requests.card(key).evidence for key in ("r0001", "r0002"))
        assert fine is not None
        assert tired is not None
        assert fine.new_breaks == ()
        assert {item.violation.rule.key for item in tired.new_breaks} == {"rest"}
        assert tired.proposal == "refuse"
