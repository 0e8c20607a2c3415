"""The settings screen with real events: edits are kept, checked in words, and stored by section."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.centre import MONDAY, settle, shown
from ui.desk import Desk
from ui.settings.backup import BackupSection
from ui.settings.centre import CentreSection
from ui.settings.kinds import ShiftKindsSection
from ui.settings.look import LookSection
from ui.settings.opening import OpeningSection
from ui.settings.rules import RulesSection
from ui.settings.screen import SECTIONS, SettingsScreen
from ui.settings.special import SpecialDaysSection
from ui.settings.together import TogetherSection
from wfm.messages import message
from wfm.model.site import Site
from wfm.model.time import week_horizon
from wfm.rules.centre import CENTRE_TERMS
from wfm.rules.centre.staffing import LeadersPresent, MinimumStaff, Seats
from wfm.workspace import Workspace

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(sample_centre: Path, desk_on: Callable[..., Desk]) -> Desk:
    return desk_on(sample_centre)


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot) -> SettingsScreen:
    made = SettingsScreen(desk)
    shown(made, qtbot)
    return made


def section(screen: SettingsScreen, kind: type, qtbot: QtBot):
    """Show a section by its name in the list."""
    qtbot.mouseClick(screen.names[kind.key], LEFT)
    found = screen.sections[kind.key]
    assert isinstance(found, kind)
    assert found.isVisible()
    return found


def typed(line: QWidget, text: str, qtbot: QtBot) -> None:
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClicks(line, text)


def stored(desk: Desk) -> Workspace:
    return desk._workspace


def edited(desk: Desk, *values: object) -> None:
    session = desk._workspace._session
    with session.database.write("other", session.clock) as unit:
        unit.put_all(values)
        unit.commit(message("Write"))


# --- the whole screen ----------------------------------------------------------------------------


def test_one_section_is_shown_at_a_time_until_a_search_finds_several(
    screen: SettingsScreen, qtbot: QtBot
) -> None:
    assert screen.shown_sections == ("centre",)
    for kind in SECTIONS:
        section(screen, kind, qtbot)
        assert screen.shown_sections == (kind.key,)
    qtbot.keyClicks(screen.search, "break")
    assert {"kinds", "rules", "centre"} <= set(screen.shown_sections)
    qtbot.keyClick(screen.search, Qt.Key.Key_Escape)
    assert screen.shown_sections == ("about",)


@pytest.mark.parametrize(
    ("words", "key"),
    [("closing", "centre"), ("締め日", "centre"), ("休息", "rules"), ("rest shift", "rules"),
     ("ダーク", "look"), ("祝日", "opening"), ("restore", "backup"), ("Licence", "about")],
)  # fmt: skip
def test_settings_are_found_by_words_of_either_language(
    screen: SettingsScreen, words: str, key: str
) -> None:
    screen.search.setText(words)
    assert key in screen.shown_sections


def test_a_search_shows_only_the_fields_and_rules_that_it_finds(
    screen: SettingsScreen, qtbot: QtBot
) -> None:
    qtbot.keyClicks(screen.search, "closing day")
    centre = screen.sections["centre"]
    assert isinstance(centre, CentreSection)
    assert centre.form.editor("closing_day").isVisible()
    assert not centre.form.editor("zone").isVisible()
    screen.search.setText("rest shift")
    rules = screen.sections["rules"]
    assert isinstance(rules, RulesSection)
    assert rules.sentences["rest"].isVisible()
    assert not rules.sentences["daily_hours"].isVisible()
    screen.search.setText("zzz")
    assert screen.shown_sections == ()


def test_the_search_is_one_key_away(screen: SettingsScreen, qtbot: QtBot) -> None:
    qtbot.keyClick(screen, Qt.Key.Key_F, CTRL)
    assert QGuiApplication.focusObject() is screen.search


# --- the centre ----------------------------------------------------------------------------------


def test_a_changed_field_brings_the_bar_and_the_key_stores_it(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    centre = section(screen, CentreSection, qtbot)
    assert not centre.bar.isVisible()
    typed(centre.form.editor("closing_day"), "20", qtbot)
    assert centre.bar.isVisible()
    assert screen.names["centre"].text().endswith("•")
    assert screen.unsaved() is not None
    qtbot.keyClick(centre.form.editor("closing_day"), Qt.Key.Key_S, CTRL)
    settle(desk, qtbot)
    assert stored(desk).site.closing_day == 20
    assert not centre.bar.isVisible()
    assert screen.unsaved() is None
    desk.action("undo").trigger()
    settle(desk, qtbot)
    assert stored(desk).site.closing_day == 31
    assert centre.form.editor("closing_day").text() == "31"


def test_what_was_typed_can_be_taken_back(screen: SettingsScreen, qtbot: QtBot) -> None:
    centre = section(screen, CentreSection, qtbot)
    typed(centre.form.editor("name"), "Nord", qtbot)
    qtbot.mouseClick(centre.bar.revert, LEFT)
    assert not centre.differs
    assert centre.form.value() == screen.sections["centre"].view.site


def test_what_the_centre_refuses_is_said_beside_its_field(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    centre = section(screen, CentreSection, qtbot)
    typed(centre.form.editor("zone"), "Mars/Base", qtbot)
    typed(centre.form.editor("closing_day"), "40", qtbot)
    qtbot.mouseClick(centre.bar.save, LEFT)
    settle(desk, qtbot)
    assert centre.form.errors == {"closing_day": "Between 1 and 31, not 40."}
    assert centre.bar.error.text() == "Mend what is marked above, then save."
    typed(centre.form.editor("closing_day"), "31", qtbot)
    qtbot.mouseClick(centre.bar.save, LEFT)
    settle(desk, qtbot)
    assert "Mars/Base" in centre.form.errors["zone"]
    assert stored(desk).site.zone == "Asia/Tokyo"


def test_another_interval_says_what_has_to_be_made_anew(
    planned_centre: Path, desk_on: Callable[..., Desk], qtbot: QtBot
) -> None:
    desk = desk_on(planned_centre)
    screen = SettingsScreen(desk)
    shown(screen, qtbot)
    centre = section(screen, CentreSection, qtbot)
    box = centre.form.editor("slot_minutes")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    box.activated.emit(box.currentIndex())
    with qtbot.waitSignal(desk.said) as said:
        qtbot.mouseClick(centre.bar.save, LEFT)
    settle(desk, qtbot)
    assert "make them anew" in desk.render(said.args[0])
    assert desk.horizon.slot_minutes == 30


def test_edits_survive_what_others_change_and_are_not_written_over_it(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    centre = section(screen, CentreSection, qtbot)
    typed(centre.form.editor("name"), "Nord", qtbot)
    edited(desk, replace(stored(desk).site, closing_day=25))
    screen.refresh()
    settle(desk, qtbot)
    assert centre.form.editor("name").text() == "Nord"
    qtbot.mouseClick(centre.bar.save, LEFT)
    settle(desk, qtbot)
    assert "changed by other" in centre.bar.error.text()
    assert stored(desk).site.name != "Nord"
    qtbot.mouseClick(centre.bar.revert, LEFT)
    assert centre.form.editor("closing_day").text() == "25"


def test_edits_survive_another_language(screen: SettingsScreen, desk: Desk, qtbot: QtBot) -> None:
    centre = section(screen, CentreSection, qtbot)
    typed(centre.form.editor("closing_day"), "x2", qtbot)
    rules = section(screen, RulesSection, qtbot)
    typed(rules.sentences["rest"].lines["minutes"], "12", qtbot)
    hours = section(screen, OpeningSection, qtbot)
    typed(hours.weeks[hours.current].days[0].windows[0].start, "7:00", qtbot)
    special = section(screen, SpecialDaysSection, qtbot)
    qtbot.mouseClick(special.add, LEFT)
    kinds = section(screen, ShiftKindsSection, qtbot)
    qtbot.mouseClick(kinds.add, LEFT)
    new = SettingsScreen(desk)
    new.restore(screen.state())
    shown(new, qtbot)
    assert new.shown_sections == ("kinds",)
    assert new.sections["centre"].form.editor("closing_day").text() == "x2"
    assert new.sections["rules"].sentences["rest"].lines["minutes"].text() == "12"
    week = new.sections["opening"].weeks[hours.current]
    assert week.days[0].windows[0].start.text() == "7:00"
    assert all(new.sections[key].differs for key in ("centre", "rules", "opening", "special",
                                                     "kinds"))  # fmt: skip


# --- opening hours -------------------------------------------------------------------------------


def test_impossible_hours_are_refused_while_they_are_typed(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    opening = section(screen, OpeningSection, qtbot)
    day = opening.weeks[opening.current].days[1]
    window = day.windows[0]
    typed(window.end, "8:00", qtbot)
    assert "ends before it begins; past midnight it is written 09:00–32:00" in day.error.text()
    assert window.end.property("tone") == "bad"
    typed(window.end, "25:75", qtbot)
    assert "is not a time between 0:00 and 48:00" in day.error.text()
    qtbot.mouseClick(opening.bar.save, LEFT)
    settle(desk, qtbot)
    assert opening.bar.error.text() == "Mend what is marked above, then save."
    typed(window.end, "25:00", qtbot)
    assert not day.error.isVisible()
    qtbot.mouseClick(opening.bar.save, LEFT)
    settle(desk, qtbot)
    queue = next(q for q in stored(desk).settings.read().queues if q.key == opening.current)
    assert queue.opening[1] == ((540, 1500),)
    assert not opening.bar.isVisible()


def test_more_hours_closing_and_copying_to_every_day(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    opening = section(screen, OpeningSection, qtbot)
    week = opening.weeks[opening.current]
    monday, tuesday = week.days[0], week.days[1]
    qtbot.mouseClick(monday.add, LEFT)
    typed(monday.windows[1].start, "21:30", qtbot)
    assert "overlap" in monday.error.text()
    qtbot.mouseClick(monday.windows[1].remove, LEFT)
    assert not monday.error.isVisible()
    qtbot.mouseClick(tuesday.windows[0].remove, LEFT)
    assert tuesday.value() == ()
    typed(monday.windows[0].start, "10:00", qtbot)
    copy = monday._row.itemAt(monday._row.count() - 2).widget()
    qtbot.mouseClick(copy, LEFT)
    assert {day.value() for day in week.days[:7]} == {((600, 1320),)}
    assert week.days[7].value() is None


def test_each_queue_keeps_its_own_edits_and_all_are_stored(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    opening = section(screen, OpeningSection, qtbot)
    keys = list(opening.weeks)[:2]
    for key, text in zip(keys, ("7:00", "7:30"), strict=True):
        opening.choose(key)
        typed(opening.weeks[key].days[0].windows[0].start, text, qtbot)
    assert [opening.queue.itemText(place).endswith("•") for place in range(3)] == [
        True, True, False,
    ]  # fmt: skip
    qtbot.mouseClick(opening.bar.save, LEFT)
    settle(desk, qtbot)
    queues = {queue.key: queue for queue in stored(desk).settings.read().queues}
    assert [queues[key].opening[0][0][0] for key in keys] == [420, 450]
    assert not opening.differs


# --- shift kinds ---------------------------------------------------------------------------------


def test_a_new_shift_kind_is_made_saved_and_removed_again(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    kinds = section(screen, ShiftKindsSection, qtbot)
    before = len(kinds.editors)
    qtbot.mouseClick(kinds.add, LEFT)
    editor = kinds.editors["kind-1"]
    typed(editor.form.editor("name"), "Long", qtbot)
    typed(editor.form.editor("letter"), "X", qtbot)
    typed(editor.form.editor("lengths"), "9:00, 10", qtbot)
    qtbot.mouseClick(editor.breaks.add, LEFT)
    typed(editor.breaks.lines[0].length, "45", qtbot)
    with qtbot.waitSignal(desk.said) as said:
        qtbot.mouseClick(kinds.bar.save, LEFT)
    settle(desk, qtbot)
    assert "No contract plans with Long yet" in desk.render(said.args[0])
    made = {kind.key: kind for kind in stored(desk).settings.read().shift_kinds}["kind-1"]
    assert (made.lengths, made.breaks[0].length) == ((540, 600), 45)
    assert not kinds.differs
    kinds.choose("kind-1")
    qtbot.mouseClick(kinds.editors["kind-1"].remove, LEFT)
    assert kinds.question.isVisible()
    qtbot.mouseClick(kinds.question.go_on, LEFT)
    settle(desk, qtbot)
    assert len(stored(desk).settings.read().shift_kinds) == before


def test_a_split_shift_and_the_work_between_its_breaks_are_kept(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    kinds = section(screen, ShiftKindsSection, qtbot)
    kinds.choose("early")
    editor = kinds.editors["early"]
    typed(editor.form.editor("lengths"), "12:00", qtbot)
    typed(editor.form.editor("break_gap"), "45", qtbot)
    qtbot.mouseClick(editor.breaks.add, LEFT)
    line = editor.breaks.lines[-1]
    typed(line.length, "150", qtbot)
    typed(line.earliest, "9:00", qtbot)
    typed(line.latest, "9:15", qtbot)
    qtbot.mouseClick(line.split, LEFT)
    qtbot.mouseClick(kinds.bar.save, LEFT)
    settle(desk, qtbot)
    made = {kind.key: kind for kind in stored(desk).settings.read().shift_kinds}["early"]
    assert made.break_gap == 45
    assert [(item.length, item.paid) for item in made.breaks if item.split] == [(150, False)]
    assert kinds.editors["early"].breaks.lines[-1].split.isChecked()
    assert not kinds.differs


def test_a_break_that_reaches_the_end_of_the_shift_is_a_sentence(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    kinds = section(screen, ShiftKindsSection, qtbot)
    kinds.choose("early")
    editor = kinds.editors["early"]
    typed(editor.form.editor("lengths"), "5:00", qtbot)
    qtbot.mouseClick(kinds.bar.save, LEFT)
    settle(desk, qtbot)
    assert "can reach the end of the shift" in editor.form.errors[""]
    assert kinds.bar.error.isVisible()
    typed(editor.form.editor("lengths"), "9:00", qtbot)
    assert not kinds.differs


def test_a_kind_that_contracts_use_is_not_removed(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    kinds = section(screen, ShiftKindsSection, qtbot)
    kinds.choose("early")
    qtbot.mouseClick(kinds.editors["early"].remove, LEFT)
    qtbot.mouseClick(kinds.question.go_on, LEFT)
    settle(desk, qtbot)
    assert "Take it out of these contracts first" in kinds.bar.error.text()
    assert "early" in kinds.editors


# --- work rules ----------------------------------------------------------------------------------


def test_a_longer_rest_typed_by_keyboard_is_stored_and_breaks_the_roster(
    planned_centre: Path, desk_on: Callable[..., Desk], qtbot: QtBot
) -> None:
    desk = desk_on(planned_centre)
    screen = SettingsScreen(desk)
    shown(screen, qtbot)
    horizon = week_horizon(MONDAY)
    before = [item.rule.key for item, _ in stored(desk).week_state(horizon).violations]
    assert "rest" not in before
    rules = section(screen, RulesSection, qtbot)
    sentence = rules.sentences["rest"]
    line = sentence.lines["minutes"]
    assert line.text() == "11"
    line.setFocus()
    for _ in range(4):
        qtbot.keyClick(line, Qt.Key.Key_Up)
    assert line.text() == "13"
    assert sentence.reset.isVisible()
    qtbot.keyClick(line, Qt.Key.Key_S, CTRL)
    settle(desk, qtbot)
    assert stored(desk).site.rules == {"rest": {"minutes": 780}}
    after = [item.rule.key for item, _ in stored(desk).week_state(horizon).violations]
    assert "rest" in after
    sentence = rules.sentences["rest"]
    qtbot.mouseClick(sentence.reset, LEFT)
    qtbot.mouseClick(rules.bar.save, LEFT)
    settle(desk, qtbot)
    assert stored(desk).site.rules == {}


def test_a_rule_without_a_number_holds_once_one_is_typed_and_a_switch_once_it_is_on(
    planned_centre: Path, desk_on: Callable[..., Desk], qtbot: QtBot
) -> None:
    desk = desk_on(planned_centre)
    screen = SettingsScreen(desk)
    shown(screen, qtbot)
    rules = section(screen, RulesSection, qtbot)
    nights = rules.sentences["night_runs"].lines["most"]
    assert nights.text() == ""
    typed(nights, "3", qtbot)
    hours = rules.sentences["month_hours"].lines["minutes"]
    typed(hours, "160", qtbot)
    whole = rules.sentences["whole_weekends"].lines["whole"]
    qtbot.mouseClick(whole, LEFT)
    qtbot.mouseClick(rules.bar.save, LEFT)
    settle(desk, qtbot)
    assert stored(desk).site.rules == {
        "night_runs": {"most": 3}, "month_hours": {"minutes": 9600}, "whole_weekends": {"whole": 1},
    }  # fmt: skip
    assert rules.sentences["whole_weekends"].lines["whole"].isChecked()
    qtbot.mouseClick(rules.sentences["night_runs"].reset, LEFT)
    qtbot.mouseClick(rules.sentences["whole_weekends"].reset, LEFT)
    qtbot.mouseClick(rules.bar.save, LEFT)
    settle(desk, qtbot)
    assert stored(desk).site.rules == {"month_hours": {"minutes": 9600}}


def test_loosening_a_number_of_the_law_is_answered_in_the_sentence_at_once(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    rules = section(screen, RulesSection, qtbot)
    sentence = rules.sentences["daily_hours"]
    typed(sentence.lines["minutes"], "9", qtbot)
    settle(desk, qtbot)
    assert "set by law at 8 h and may only be made stricter" in sentence.error.text()
    qtbot.mouseClick(rules.bar.save, LEFT)
    settle(desk, qtbot)
    assert stored(desk).site.rules == {}
    assert rules.bar.isVisible()
    typed(sentence.lines["minutes"], "7.5", qtbot)
    settle(desk, qtbot)
    assert not sentence.error.isVisible()
    qtbot.mouseClick(rules.bar.save, LEFT)
    settle(desk, qtbot)
    assert stored(desk).site.rules == {"daily_hours": {"minutes": 450}}


def test_a_rule_of_the_company_may_be_given_a_price(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    rules = section(screen, RulesSection, qtbot)
    typed(rules.sentences["consecutive_days"].lines["price"], "30", qtbot)
    assert "price" not in rules.sentences["daily_hours"].lines
    qtbot.mouseClick(rules.bar.save, LEFT)
    settle(desk, qtbot)
    assert stored(desk).site.rules == {"consecutive_days": {"price": 30}}


def test_another_rule_set_is_chosen_and_stored(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    rules = section(screen, RulesSection, qtbot)
    rules.set_choice.setFocus()
    qtbot.keyClick(rules.set_choice, Qt.Key.Key_Home)
    rules.set_choice.activated.emit(0)
    assert "lawful_breaks" not in rules.sentences
    qtbot.mouseClick(rules.bar.save, LEFT)
    settle(desk, qtbot)
    assert stored(desk).site.rule_set == "generic"


def test_every_rule_shows_its_sentence_numbers_and_severity(
    screen: SettingsScreen, qtbot: QtBot
) -> None:
    rules = section(screen, RulesSection, qtbot)
    assert rules.sentences["lawful_breaks"].lines.keys() == {"above_6h", "above_8h"}
    for sentence in rules.sentences.values():
        assert all(line.accessibleName() for line in sentence.lines.values())


# --- special days --------------------------------------------------------------------------------


def test_a_special_day_is_added_moved_and_removed(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    special = section(screen, SpecialDaysSection, qtbot)
    qtbot.mouseClick(special.add, LEFT)
    typed(special.form.editor("day"), "2026/12/24", qtbot)
    typed(special.form.editor("name"), "Mailing", qtbot)
    typed(special.form.editor("factor"), "130", qtbot)
    qtbot.mouseClick(special.bar.save, LEFT)
    settle(desk, qtbot)
    found = [item for item in stored(desk).settings.read().special_days if item.name == "Mailing"]
    assert [(item.day, item.factor) for item in found] == [(date(2026, 12, 24), 1.3)]
    assert special.table.selected == (found[0],)
    assert special.form.shown == found[0]
    qtbot.mouseClick(special.remove, LEFT)
    qtbot.mouseClick(special.question.go_on, LEFT)
    settle(desk, qtbot)
    assert found[0] not in stored(desk).settings.read().special_days


def test_a_special_day_that_is_being_edited_is_not_left_by_choosing_another(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    special = section(screen, SpecialDaysSection, qtbot)
    first = special.form.shown
    typed(special.form.editor("name"), "Other", qtbot)
    place = special.table.visualRect(special.table.rows_model.index(0, 1)).center()
    qtbot.mouseClick(special.table.viewport(), LEFT, pos=QPoint(place))
    assert special.table.selected == (first,)
    assert special.form.editor("name").text() == "Other"
    assert "Save this special day first" in special.bar.error.text()
    qtbot.mouseClick(special.bar.revert, LEFT)
    qtbot.mouseClick(special.table.viewport(), LEFT, pos=QPoint(place))
    assert special.form.shown == special.table.shown[0]


# --- language, theme, backup ---------------------------------------------------------------------


def test_language_and_theme_ask_the_window_at_once(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    look = section(screen, LookSection, qtbot)
    with qtbot.waitSignal(desk.theme_wanted) as wanted:
        qtbot.mouseClick(look.theme.buttons["dark"], LEFT)
    assert wanted.args == ["dark"]
    with qtbot.waitSignal(desk.language_wanted) as wanted:
        qtbot.mouseClick(look.language.buttons["ja"], LEFT)
    assert wanted.args == ["ja"]


def test_a_backup_is_made_listed_and_its_way_back_is_a_command(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.keyClick(screen, Qt.Key.Key_B, CTRL)
    settle(desk, qtbot)
    backup = screen.sections["backup"]
    assert isinstance(backup, BackupSection)
    assert backup.isVisible()
    assert "Copied to" in backup.answer.text()
    newest = backup.copies.rows[0]
    assert newest.path.is_file()
    backup.copies.choose(str(newest.path))
    assert f"toban restore {newest.path}" in backup.way_back.text()
    qtbot.mouseClick(backup.copy_command, LEFT)
    assert QGuiApplication.clipboard().text().startswith("toban restore ")


def test_the_check_of_the_log_says_that_it_is_intact(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    backup = section(screen, BackupSection, qtbot)
    qtbot.mouseClick(backup.check, LEFT)
    settle(desk, qtbot)
    assert backup.answer.text().startswith("The log is intact: ")


def test_a_place_of_the_settings_can_be_asked_for(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    screen.focus_on(section="opening", queue="mail")
    settle(desk, qtbot)
    opening = screen.sections["opening"]
    assert isinstance(opening, OpeningSection)
    assert (screen.shown_sections, opening.current) == (("opening",), "mail")
    screen.focus_on(section="rules", search="rest shift")
    assert "rules" in screen.shown_sections
    assert isinstance(stored(desk).site, Site)


# --- rules of the centre -------------------------------------------------------------------------


def test_a_rule_of_the_centre_is_added_changed_and_removed(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    rules = section(screen, TogetherSection, qtbot)
    before = len(stored(desk).settings.read().centre_rules.rules)
    rules.kinds.show_value("seats")
    qtbot.mouseClick(rules.add, LEFT)
    typed(rules.form.editor("count"), "33", qtbot)
    qtbot.mouseClick(rules.bar.save, LEFT)
    settle(desk, qtbot)
    found = stored(desk).settings.read().centre_rules.rules
    assert len(found) == before + 1
    assert found[-1].term == Seats(count=33)
    assert [item.stored for item in rules.table.selected] == [found[-1].stored]
    typed(rules.form.editor("count"), "34", qtbot)
    qtbot.mouseClick(rules.bar.save, LEFT)
    settle(desk, qtbot)
    assert stored(desk).settings.read().centre_rules.rules[-1].term == Seats(count=34)
    qtbot.mouseClick(rules.remove, LEFT)
    assert "34 people" in rules.question.words.text()
    qtbot.mouseClick(rules.question.go_on, LEFT)
    settle(desk, qtbot)
    assert len(stored(desk).settings.read().centre_rules.rules) == before


def test_a_pair_is_chosen_by_name_and_never_with_oneself(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    rules = section(screen, TogetherSection, qtbot)
    rules.kinds.show_value("together")
    qtbot.mouseClick(rules.add, LEFT)
    first = rules.form.editor("first")
    assert first.currentText() == stored(desk).settings.read().centre_rules.agents[0][1]
    rules.form.editor("second").show_value(first.value())
    qtbot.mouseClick(rules.bar.save, LEFT)
    assert "two different people" in rules.form.errors[""]
    qtbot.mouseClick(rules.bar.revert, LEFT)
    assert not rules.differs


def test_every_kind_of_rule_can_be_begun_and_taken_back(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    rules = section(screen, TogetherSection, qtbot)
    for term in CENTRE_TERMS:
        rules.kinds.show_value(term.key)
        qtbot.mouseClick(rules.add, LEFT)
        assert isinstance(rules.form.shown, term)
        assert rules.form.isVisible()
        assert rules.draft()["kind"] == term.key
        qtbot.mouseClick(rules.bar.revert, LEFT)
        assert not rules.differs


def test_a_rule_of_the_centre_that_is_typed_survives_the_change_of_language(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    rules = section(screen, TogetherSection, qtbot)
    rules.kinds.show_value("minimum_staff")
    qtbot.mouseClick(rules.add, LEFT)
    typed(rules.form.editor("count"), "7", qtbot)
    new = SettingsScreen(desk)
    new.restore(screen.state())
    shown(new, qtbot)
    settle(desk, qtbot)
    again = new.sections["together"]
    assert isinstance(again, TogetherSection)
    assert again.differs
    assert again.form.value() == MinimumStaff(count=7)


def test_a_rule_that_can_never_be_kept_says_so(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot
) -> None:
    stored(desk).settings.change_centre_rule(LeadersPresent(count=300))
    screen.refresh()
    settle(desk, qtbot)
    rules = section(screen, TogetherSection, qtbot)
    key = rules.table.rows[-1].stored.key
    rules.table.choose(key)
    assert "300 are wanted" in rules.fault.text()
    assert rules.fault.isVisible()
