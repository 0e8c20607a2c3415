"""A wage month on the payroll screen: figures, what to clear, reasons, and what left the house."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.services.small_centre import MONDAY, PEOPLE, duty, small_centre, write
from wfm.errors import Conflict, ProblemsError, WfmError
from wfm.model.people import Leave
from wfm.model.request import Request
from wfm.model.roster import AgentWeek, Duty, PlacedBreak
from wfm.payroll import CATEGORIES
from wfm.workspace import Workspace

DECEMBER, NOVEMBER = date(2026, 12, 1), date(2026, 11, 1)
FIRST = date(2026, 11, 30)


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Workspace]:
    with small_centre(tmp_path, required=False) as workspace:
        site = replace(workspace.site, as_of=date(2027, 1, 5))
        weeks = []
        for person in PEOPLE:
            for number in range(5):
                start = FIRST + timedelta(weeks=number)
                days = [duty(person.key, start + timedelta(days=day)) for day in range(2)]
                weeks.append(AgentWeek(person.key, start, tuple(days), published=tuple(days)))
        numbered = [replace(person, number=f"00{person.key}") for person in PEOPLE]
        write(workspace, site, *numbered, *weeks)
        yield workspace


def figure(view, agent, key):
    row = next(row for row in view.rows if row.agent.key == agent)
    return row.figures[[item.key for item in CATEGORIES].index(key)]


def checks(centre, month=DECEMBER):
    return {check.key: check for check in centre.payroll.month(month).checks}


def test_a_finished_published_month_has_nothing_to_clear(centre):
    view = centre.payroll.month(DECEMBER)
    assert (view.first, view.last) == (date(2026, 12, 1), date(2026, 12, 31))
    assert view.checks == ()
    assert not view.blocked
    assert figure(view, "a", "worked") == 9 * 240
    assert view.totals[[item.key for item in CATEGORIES].index("worked")] == 3 * 9 * 240


def test_the_bands_of_every_row_add_up_to_its_worked_time(centre):
    long = Duty("a", MONDAY + timedelta(days=1), 780, 1500, (PlacedBreak(1020, 60),), "day", "D")
    week = AgentWeek("a", MONDAY, (duty("a", MONDAY), long))
    write(centre, week)
    view = centre.payroll.month(DECEMBER)
    bands = ("contract", "within_statutory", "overtime", "overtime_over_60h", "statutory_holiday")
    for row in view.rows:
        found = dict(zip([item.key for item in CATEGORIES], row.figures, strict=True))
        assert sum(found[band] for band in bands) == found["worked"]
    assert figure(view, "a", "night") == 180


def test_the_wage_month_follows_the_closing_day(centre):
    write(centre, replace(centre.site, closing_day=20, as_of=date(2026, 12, 21)))
    view = centre.payroll.month(DECEMBER)
    assert (view.first, view.last) == (date(2026, 11, 21), date(2026, 12, 20))
    assert centre.payroll.present_month() == date(2027, 1, 1)


def test_a_month_without_rosters_is_a_sentence(centre):
    view = centre.payroll.month(date(2026, 6, 1))
    assert "No duty is rostered in 2026-06" in str(view.nothing)
    assert view.checks == ()
    with pytest.raises(WfmError, match="No duty is rostered"):
        centre.payroll.preview(date(2026, 6, 1), "generic-monthly", "en", "h:mm")


# --- what to clear -------------------------------------------------------------------------------


def test_people_without_or_with_the_same_number_forbid_the_file_and_are_named(centre):
    a, b, c = PEOPLE
    write(centre, replace(a, number=" "), replace(b, number="7"), replace(c, number="7"))
    found = checks(centre)
    assert (found["number"].tone, found["shared_number"].tone) == ("bad", "bad")
    assert [target.where for target in found["number"].targets] == [{"agent": "a"}]
    assert {target.name for target in found["shared_number"].targets} == {"B", "C"}
    assert centre.payroll.month(DECEMBER).blocked
    preview = centre.payroll.preview(DECEMBER, "generic-monthly", "en", "h:mm")
    assert preview.rows == ()
    assert any("A has no employee number" in str(text) for text in preview.problems)


def test_a_person_without_a_contract_is_a_check_and_the_others_are_shown(centre):
    write(centre, replace(PEOPLE[0], number="1", contract="gone"))
    view = centre.payroll.month(DECEMBER)
    assert [row.agent.key for row in view.rows] == ["b", "c"]
    assert checks(centre)["contract"].targets[0].screen == "people"


def test_weeks_that_staff_have_not_seen_as_they_are_lead_to_the_roster(centre):
    start = FIRST + timedelta(weeks=1)
    days = (duty("a", start, 600),)
    write(centre, AgentWeek("a", start, days))
    (target,) = checks(centre)["unpublished"].targets
    assert (target.screen, target.where, target.name) == ("roster", {"week": start}, start)


def test_weeks_without_any_shift_are_named(centre):
    start = FIRST + timedelta(weeks=2)
    write(centre, *(AgentWeek(person.key, start) for person in PEOPLE))
    (target,) = checks(centre)["empty_week"].targets
    assert target.name == start


def test_leave_that_nobody_decided_about_leads_to_where_it_is_decided(centre):
    write(
        centre,
        Leave("a", date(2026, 12, 10), approved=False),
        Request("r1", "leave", "b", date(2026, 11, 28), last_day=date(2026, 12, 2)),
        Request("r2", "leave", "c", date(2026, 11, 2)),
        Request("r3", "leave", "c", date(2026, 12, 2), state="refused"),
    )
    targets = checks(centre)["open_leave"].targets
    assert [(item.screen, item.where) for item in targets] == [
        ("people", {"agent": "a"}),
        ("requests", {"request": "r1"}),
    ]


def test_leave_and_work_on_one_day_would_be_paid_twice(centre):
    write(centre, Leave("b", date(2026, 12, 8)), Leave("c", date(2026, 12, 9)))
    assert [item.where for item in checks(centre)["leave_and_work"].targets] == [{"agent": "b"}]


def test_people_with_neither_work_nor_leave_are_named(centre):
    for number in range(5):
        write(centre, AgentWeek("c", FIRST + timedelta(weeks=number)))
    assert [item.name for item in checks(centre)["zero_hours"].targets] == ["C"]
    write(centre, Leave("c", date(2026, 12, 9)))
    assert "zero_hours" not in checks(centre)


def test_a_month_that_is_not_over_says_so(centre):
    write(centre, replace(centre.site, as_of=date(2026, 12, 31)))
    assert checks(centre)["not_over"].tone == ""


# --- one person ----------------------------------------------------------------------------------


def test_a_person_s_days_have_duties_absences_and_reasons(centre):
    late = Duty("a", MONDAY + timedelta(days=1), 840, 1470, (PlacedBreak(1080, 60),), "day", "D")
    write(centre, AgentWeek("a", MONDAY, (late,)), Leave("a", date(2026, 12, 9)))
    month = centre.payroll.person(DECEMBER, "a")
    first = month.days[0]
    assert (first.day, first.duties, first.worked) == (late.day, (late,), 570)
    assert first.bands == (("contract", 480, 60), ("overtime", 90, 90))
    assert [str(reason)[:11] for reason in first.reasons] == ["23:00–24:30", "22:00–24:30"]
    leave = next(day for day in month.days if day.absences)
    assert (leave.day, leave.worked, leave.reasons) == (date(2026, 12, 9), 0, ())
    assert month.row.agent.key == "a"


def test_a_person_who_is_not_there_is_a_sentence(centre):
    with pytest.raises(WfmError, match="not among the people"):
        centre.payroll.person(DECEMBER, "ghost")


# --- the file ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["generic-monthly", "generic-monthly-cp932", "generic-daily"])
@pytest.mark.parametrize("notation", ["h:mm", "decimal", "minutes"])
def test_the_preview_is_the_head_of_the_file_that_is_written(centre, tmp_path, name, notation):
    preview = centre.payroll.preview(DECEMBER, name, "ja", notation)
    out = tmp_path / "out.csv"
    record, _ = centre.payroll.export(DECEMBER, name, out, "ja", notation=notation)
    lines = out.read_bytes().decode(preview.encoding).split("\r\n")
    assert lines[0] == ",".join(preview.header)
    for line, row in zip(lines[1:], preview.rows, strict=False):
        assert line == ",".join(row)
    assert record.rows == preview.count == len(lines) - 2


def test_exports_are_listed_with_who_and_the_month_says_it_left_the_house(centre, tmp_path):
    centre.payroll.export(DECEMBER, "generic-monthly", tmp_path / "one.csv", "en")
    (export,) = centre.payroll.exports()
    assert (export.who, export.record.file, export.record.period) == (
        "planner", "one.csv", "2026-12",
    )  # fmt: skip
    found = checks(centre)["exported"]
    assert "one.csv" in str(found.text)
    assert checks(centre, NOVEMBER).get("exported") is None


def test_an_export_that_the_user_has_not_seen_stops_the_next_one(centre, tmp_path):
    known = {item.record.key for item in centre.payroll.month(DECEMBER).exports}
    centre.payroll.export(DECEMBER, "generic-monthly", tmp_path / "one.csv", "en")
    with pytest.raises(Conflict, match=r"one\.csv"):
        centre.payroll.export(DECEMBER, "generic-monthly", tmp_path / "two.csv", "en", known=known)
    assert not (tmp_path / "two.csv").exists()


def test_a_file_with_problems_is_not_written_and_not_recorded(centre, tmp_path):
    write(centre, replace(PEOPLE[0], number=""))
    with pytest.raises(ProblemsError):
        centre.payroll.export(DECEMBER, "generic-monthly", tmp_path / "one.csv", "en")
    assert not (tmp_path / "one.csv").exists()
    assert centre.payroll.exports() == ()
