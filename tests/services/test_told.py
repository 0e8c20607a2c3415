"""What staff were shown binds the next build where the centre has a rule of notice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.small_centre import HORIZON, MONDAY, TUESDAY, duty, small_centre, write
from wfm.model.roster import AgentWeek
from wfm.rules import check
from wfm.workspace import Workspace

WEDNESDAY = MONDAY + timedelta(days=2)
SHOWN = (duty("a", MONDAY), duty("a", TUESDAY, 510), duty("a", WEDNESDAY))


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Workspace]:
    made = small_centre(tmp_path)
    site = made.site
    numbers = {"notice": {"days": 2}}
    write(made, replace(site, as_of=MONDAY, rules=numbers))
    write(made, AgentWeek("a", MONDAY, (), published=SHOWN), AgentWeek("b", MONDAY))
    yield made
    made.close()


def broken(centre: Workspace, *duties: object) -> list[tuple[str, tuple[int, ...]]]:
    problem = centre.rosters.build_problem(HORIZON)
    found = check(problem, duties)  # type: ignore[arg-type]
    return [(item.agent, item.days) for item in found if item.rule.key == "notice"]


def test_published_days_within_the_notice_stay_also_at_times_of_their_own(
    centre: Workspace,
) -> None:
    assert broken(centre, *SHOWN) == []
    assert broken(centre, SHOWN[0]) == [("a", (1,))]
    assert broken(centre, *SHOWN[:2]) == []
    assert broken(centre, SHOWN[0], duty("a", TUESDAY, 480)) == [("a", (1,))]
    assert check(centre.rosters.build_problem(HORIZON), SHOWN) == ()


def test_who_was_shown_nothing_may_be_planned_freely(centre: Workspace) -> None:
    assert broken(centre, *SHOWN, duty("b", MONDAY)) == []


def test_without_the_rule_nothing_is_kept(centre: Workspace) -> None:
    write(centre, replace(centre.site, rules={}))
    assert broken(centre) == []
