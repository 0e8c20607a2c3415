"""Changing the settings: what is refused in words, what is told, what is one operation."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.services.small_centre import CONTRACT, HORIZON, KIND, QUEUE, duty, small_centre, write
from wfm.errors import Conflict, ProblemsError, WfmError
from wfm.messages import Message
from wfm.model.activity import BreakRule, ShiftKind
from wfm.model.roster import AgentWeek
from wfm.model.site import ExportRecord
from wfm.model.workload import Queue, SpecialDay
from wfm.rules import RULES
from wfm.workspace import Workspace


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Workspace]:
    with small_centre(tmp_path) as workspace:
        yield workspace


def said(notes) -> str:
    return "\n".join(map(str, notes))


# --- the centre itself ---------------------------------------------------------------------------


def test_every_field_that_is_wrong_is_named_with_its_own_sentence(centre):
    site = centre.site
    wrong = replace(site, name=" ", zone="Mars/Base", country="Nowhere", over_cost=-1)
    with pytest.raises(ProblemsError) as refused:
        centre.settings.change_site(wrong, seen=site)
    reasons = {item.column: str(item.reason) for item in refused.value.problems}
    assert set(reasons) == {"name", "zone", "country", "over_cost"}
    assert "Mars/Base" in reasons["zone"]
    assert centre.site == site


def test_a_country_without_a_table_of_holidays_is_refused(centre):
    site = centre.site
    with pytest.raises(ProblemsError) as refused:
        centre.settings.change_site(replace(site, country="XX"), seen=site)
    assert "public holidays" in str(refused.value.problems[0].reason)


def test_a_change_is_one_operation_that_can_be_taken_back(centre):
    site = centre.site
    outcome = centre.settings.change_site(replace(site, name="Nord", closing_day=20), seen=site)
    assert outcome.operation is not None
    assert (centre.site.name, centre.site.closing_day) == ("Nord", 20)
    centre.log.undo(outcome.operation.id)
    assert centre.site == site


def test_an_edit_of_settings_that_somebody_else_changed_overwrites_nothing(centre):
    site = centre.site
    write(centre, replace(site, closing_day=25))
    with pytest.raises(Conflict, match="other"):
        centre.settings.change_site(replace(site, name="Nord"), seen=site)
    assert centre.site.name == "Small"


def test_another_interval_length_tells_that_forecasts_have_to_be_made_anew(centre):
    site = centre.site
    outcome = centre.settings.change_site(replace(site, slot_minutes=15), seen=site)
    assert "intervals of 15 minutes" in said(outcome.notes)
    assert "required staff of 1 coming week" in said(outcome.notes)
    with pytest.raises(WfmError, match="required staff"):
        centre.rosters.build_problem(centre.week_horizon("2026-W49"))


def test_another_closing_day_is_told_where_payroll_left_the_house(centre):
    site = centre.site
    assert not centre.settings.change_site(replace(site, closing_day=20), seen=site).notes
    write(centre, ExportRecord("p", "payroll", "2026-10", "f", "x.csv", "0" * 64, 1, "2026-11-01"))
    now = centre.site
    outcome = centre.settings.change_site(replace(now, closing_day=15), seen=now)
    assert "exported before were counted by the old settings" in said(outcome.notes)


# --- opening hours -------------------------------------------------------------------------------


def test_hours_past_midnight_are_kept_and_a_missing_holiday_is_as_the_weekday(centre):
    hours = {0: ((540, 1080), (1140, 1500)), 1: ()}
    centre.settings.change_opening("phone", hours, seen=QUEUE.opening)
    assert centre.settings.read().queues[0].opening == hours


@pytest.mark.parametrize(
    ("windows", "reason"),
    [
        (((1080, 540),), "18:00–09:00 ends before it begins; past midnight it is written"),
        (((540, 540),), "has no length"),
        (((540, 2940),), "later than 48:00"),
        (((1500, 1560),), "begin between 0:00 and 23:59"),
        (((540, 720), (700, 900)), "overlap"),
    ],
)
def test_impossible_hours_are_refused_with_their_day(centre, windows, reason):
    with pytest.raises(ProblemsError) as refused:
        centre.settings.change_opening("phone", {6: windows}, seen=QUEUE.opening)
    (problem,) = refused.value.problems
    assert problem.column == "6"
    assert str(problem.reason).startswith("Sunday: ")
    assert reason in str(problem.reason)


def test_hours_of_a_queue_that_is_gone_or_was_changed_are_refused(centre):
    with pytest.raises(WfmError, match="no queue"):
        centre.settings.change_opening("fax", {}, seen={})
    write(centre, replace(QUEUE, opening={0: ((0, 60),)}))
    with pytest.raises(Conflict):
        centre.settings.change_opening("phone", {}, seen=QUEUE.opening)


# --- shift kinds ---------------------------------------------------------------------------------

NEW = ShiftKind("kind-1", "Long", "X", 540, 600, 30, (600,), (BreakRule(60, 240, 300),))


def test_a_new_kind_that_no_contract_plans_with_is_kept_and_told(centre):
    outcome = centre.settings.change_shift_kind(NEW, seen=None)
    assert NEW in centre.settings.read().shift_kinds
    assert "No contract plans with Long yet" in said(outcome.notes)


def test_lengths_with_too_little_break_by_the_centre_s_rule_are_told(centre):
    short = replace(NEW, breaks=(BreakRule(30, 240, 300),))
    notes = said(centre.settings.change_shift_kind(short, seen=None).notes)
    assert "Shifts of 10:00 h cannot be planned: 570 min of work need 60 min of break" in notes


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (replace(NEW, name=" "), "needs a name"),
        (replace(NEW, letter=""), "one sign or two"),
        (replace(NEW, letter="D"), "already stands for Day"),
        (replace(NEW, name="Day"), "named Day already"),
        (replace(NEW, latest_start=1500), "starts between 0:00 and 23:59"),
        (replace(NEW, latest_start=1380, lengths=(1600,)), "later than 48:00"),
        (replace(NEW, latest_start=1380, step=1), "stands for 841 shifts, too many"),
        (
            replace(NEW, breaks=(BreakRule(60, 240, 300), BreakRule(15, 300, 360)), break_gap=90),
            "do not all have room with 90 minutes of work",
        ),
    ],
)
def test_a_kind_that_makes_no_sense_is_refused(centre, kind, reason):
    with pytest.raises(WfmError, match=reason):
        centre.settings.change_shift_kind(kind, seen=None)


def test_a_kind_in_use_cannot_be_removed_and_names_the_contracts(centre):
    usual = centre.settings.read()
    used = next(kind for kind in usual.shift_kinds if kind.key == KIND.key)
    assert CONTRACT.name in usual.used_kinds[KIND.key]
    with pytest.raises(WfmError, match="Free"):
        centre.settings.remove_shift_kind(used)
    centre.settings.change_shift_kind(NEW, seen=None)
    outcome = centre.settings.remove_shift_kind(NEW)
    assert NEW not in centre.settings.read().shift_kinds
    centre.log.undo(outcome.operation.id)
    assert NEW in centre.settings.read().shift_kinds


# --- special days --------------------------------------------------------------------------------

CAMPAIGN = SpecialDay(date(2026, 12, 1), "campaign", "Mailing", "phone", factor=1.4)


def test_a_special_day_that_moves_leaves_nothing_at_its_old_place(centre):
    centre.settings.change_special_day(CAMPAIGN, seen=None)
    moved = replace(CAMPAIGN, day=date(2026, 12, 2))
    centre.settings.change_special_day(moved, seen=CAMPAIGN)
    assert centre.settings.read().special_days == (moved,)
    centre.settings.remove_special_day(moved)
    assert centre.settings.read().special_days == ()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (replace(CAMPAIGN, kind="party"), "party"),
        (replace(CAMPAIGN, queue="fax"), "no queue"),
        (replace(CAMPAIGN, start=600, end=600), "ends after it begins"),
        (replace(CAMPAIGN, factor=0.0), "above 0 %"),
    ],
)
def test_a_special_day_that_makes_no_sense_is_refused(centre, value, reason):
    with pytest.raises(WfmError, match=reason):
        centre.settings.change_special_day(value, seen=None)


def test_the_same_special_day_twice_is_refused(centre):
    centre.settings.change_special_day(CAMPAIGN, seen=None)
    with pytest.raises(WfmError, match="already"):
        centre.settings.change_special_day(replace(CAMPAIGN, name="Other"), seen=None)


# --- work rules ----------------------------------------------------------------------------------


def number(centre, rule, key):
    views = centre.settings.read().rules[centre.site.rule_set]
    view = next(item for item in views if item.key == rule)
    return next(item for item in view.numbers if item.key == key)


def test_every_rule_of_the_set_is_listed_with_its_sentence(centre):
    views = centre.settings.read().rules["japan-2026"]
    assert {view.key for view in views} == {rule.key for rule in RULES}
    rest = number(centre, "rest", "minutes")
    assert (rest.stated, rest.value, rest.changed, rest.direction) == (660, 660, False, 0)
    assert number(centre, "daily_hours", "minutes").direction == -1


def test_every_source_of_a_rule_set_of_the_program_can_be_translated(centre):
    for views in centre.settings.read().rules.values():
        assert all(isinstance(view.source, Message) for view in views if view.source)


def test_a_stricter_rest_breaks_rosters_that_were_fine_before(centre):
    monday = HORIZON.start
    first, second = duty("a", monday, 720), duty("a", date(2026, 12, 1), 480)
    write(centre, AgentWeek("a", monday, (first, second)))
    assert not centre.week_state(HORIZON).violations
    site = centre.site
    outcome = centre.settings.change_rules("japan-2026", {"rest": {"minutes": 1020}}, seen=site)
    assert outcome.operation is not None
    assert number(centre, "rest", "minutes").value == 1020
    ((violation, _words),) = centre.week_state(HORIZON).violations
    assert violation.rule.key == "rest"
    centre.log.undo(outcome.operation.id)
    assert not centre.week_state(HORIZON).violations


def test_a_number_of_the_law_is_not_loosened_and_the_sentence_names_rule_and_number(centre):
    wrong = {"daily_hours": {"minutes": 540}, "rest": {"minutes": 600}}
    with pytest.raises(ProblemsError) as refused:
        centre.settings.change_rules("japan-2026", wrong, seen=centre.site)
    (problem,) = refused.value.problems
    assert problem.column == "daily_hours.minutes"
    assert "set by law at 8 h and may only be made stricter" in str(problem.reason)
    assert centre.site.rules == {}


def test_a_number_put_back_to_that_of_the_set_is_no_override_any_more(centre):
    site = centre.site
    centre.settings.change_rules("japan-2026", {"rest": {"minutes": 720}}, seen=site)
    now = centre.site
    assert now.rules == {"rest": {"minutes": 720}}
    centre.settings.change_rules("japan-2026", {"rest": {"minutes": 660}}, seen=now)
    assert centre.site.rules == {}


def test_another_set_keeps_what_it_knows_and_says_what_it_drops(centre):
    site = centre.site
    overrides = {"lawful_breaks": {"above_6h": 50}, "rest": {"minutes": 600}}
    outcome = centre.settings.change_rules("generic", overrides, seen=site)
    assert centre.site.rule_set == "generic"
    assert centre.site.rules == {"rest": {"minutes": 600}}
    assert "Breaks by law" in said(outcome.notes)


def test_rules_that_another_window_changed_are_not_overwritten(centre):
    site = centre.site
    write(centre, replace(site, rules={"rest": {"minutes": 690}}))
    with pytest.raises(Conflict):
        centre.settings.change_rules("japan-2026", {"rest": {"minutes": 700}}, seen=site)


def test_settings_and_rules_are_edited_side_by_side(centre):
    site = centre.site
    centre.settings.change_site(replace(site, closing_day=10), seen=site)
    centre.settings.change_rules("japan-2026", {"rest": {"minutes": 700}}, seen=site)
    centre.settings.change_site(replace(site, closing_day=12), seen=replace(site, closing_day=10))
    now = centre.site
    assert (now.closing_day, now.rules) == (12, {"rest": {"minutes": 700}})


# --- backups -------------------------------------------------------------------------------------


def test_backups_are_listed_newest_first_with_their_size(centre):
    made = [centre.files.backup(), centre.files.backup()]
    listed = centre.settings.backups()
    assert {copy.path for copy in listed} >= set(made)
    assert [copy.at for copy in listed] == sorted((copy.at for copy in listed), reverse=True)
    assert all(copy.size > 0 for copy in listed)
    assert centre.settings.file is not None


def test_a_queue_s_hours_may_be_edited_while_its_goals_change(centre):
    stored = centre.settings.read().queues[0]
    write(centre, replace(stored, shrinkage=0.2))
    centre.settings.change_opening("phone", {0: ((600, 660),)}, seen=stored.opening)
    now = centre.settings.read().queues[0]
    assert (now.shrinkage, now.opening) == (0.2, {0: ((600, 660),)})
    assert isinstance(now, Queue)
