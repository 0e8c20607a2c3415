"""Forms made from dataclasses: what goes in comes out, and errors stand beside their fields."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.form import Ask, Form, form_for
from ui.translate import render_in
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.site import Site
from wfm.rules import RULES

RENDER = render_in("en")


@dataclass(frozen=True)
class Sheet:
    """One field of every sort that a form can ask for."""

    name: str = field(default="x", metadata={"label": message("Name"), "needed": True})
    count: int = field(
        default=3, metadata={"label": message("Age"), "unit": "y", "low": 0, "high": 99}
    )
    share: float = field(
        default=0.5, metadata={"label": message("Share"), "form": "percent", "low": 0, "high": 1}
    )
    weight: float = field(default=1.5, metadata={"label": message("Price"), "low": -1e6})
    start: int = field(default=540, metadata={"label": message("Start"), "form": "clock"})
    length: int = field(default=465, metadata={"label": message("Length"), "form": "length"})
    rest: int = field(default=660, metadata={"label": message("Rest"), "form": "hours"})
    day: date | None = field(default=None, metadata={"label": message("Day")})
    limit: int | None = field(default=None, metadata={"label": message("Limit"), "low": 1})
    on: bool = field(default=False, metadata={"label": message("On")})
    kind: str = field(
        default="a", metadata={"label": message("Kind"), "choices": (("a", "A"), ("b", "B"))}
    )
    hidden: tuple[int, ...] = (1, 2)

    def __post_init__(self) -> None:
        if self.length > self.rest and self.on:
            raise WfmError(message("Too long"))


SHEETS = st.builds(
    Sheet,
    name=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1),
    count=st.integers(0, 99),
    share=st.floats(0, 1),
    weight=st.floats(-1e6, 1e6),
    start=st.integers(0, 2880),
    length=st.integers(0, 20_000),
    rest=st.integers(0, 20_000),
    day=st.none() | st.dates(date(1970, 1, 1), date(2200, 12, 31)),
    limit=st.none() | st.integers(1, 10**9),
    on=st.just(False),
    kind=st.sampled_from("ab"),
    hidden=st.tuples(st.integers()),
)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = form_for(Sheet, RENDER)
    qtbot.addWidget(made)
    return made


@given(SHEETS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_value_shown_comes_back_unchanged(form: Form, value: Sheet) -> None:
    form.show_value(value)
    assert not form.differs
    assert form.value() == value
    assert form.errors == {}


@given(SHEETS, SHEETS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_typed_into_every_field_is_the_value_that_comes_out(
    form: Form, first: Sheet, second: Sheet
) -> None:
    form.show_value(second)
    texts = {name: form.editor(name).text() for name in form.names if name not in ("on", "kind")}
    form.show_value(first)
    for name, text in texts.items():
        form.editor(name).setText(text)
    form.editor("kind").setCurrentIndex("ab".index(second.kind))
    assert form.value() == dataclasses.replace(second, hidden=first.hidden)


@given(st.integers(0, 99))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_full_width_digits_are_read_like_plain_ones(form: Form, count: int) -> None:
    form.show_value(Sheet())
    form.editor("count").setText("".join(chr(ord(sign) + 0xFEE0) for sign in str(count)))
    form.editor("start").setText("２５：３０")
    assert form.value() == Sheet(count=count, start=1530)


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("name", "  ", "Please enter something here."),
        ("count", "x", "“x” is not a number."),
        ("count", "1.5", "“1.5” is not a whole number."),
        ("count", "100", "Between 0 and 99, not 100."),
        ("count", "nan", "“nan” is not a number."),
        ("share", "101", "Between 0 and 100, not 101."),
        ("weight", "-1e9", "At least -1000000, not -1e9."),
        ("start", "24:75", "“24:75” is not a time between 0:00 and 48:00."),
        ("start", "48:30", "“48:30” is not a time between 0:00 and 48:00."),
        ("length", "7.333", "“7.333” is not a length of time such as 7:45 or 7.75 hours."),
        ("day", "2026-02-30", "“2026-02-30” is not a date such as 2026-11-23."),
        ("limit", "0", "At least 1, not 0."),
    ],
)
def test_a_mistake_is_named_beside_its_field_and_nothing_comes_out(
    form: Form, name: str, text: str, sentence: str
) -> None:
    form.show_value(Sheet())
    form.editor(name).setText(text)
    assert form.value() is None
    assert form.errors == {name: sentence}
    assert form.differs
    assert form.editor(name).accessibleDescription() == sentence


def test_what_the_class_refuses_is_the_form_s_own_error_and_goes_with_the_next_edit(
    form: Form, qtbot: QtBot
) -> None:
    form.show_value(Sheet())
    form.show()
    form.editor("length").setText("12:00")
    qtbot.mouseClick(form.editor("on"), Qt.MouseButton.LeftButton)
    assert form.value() is None
    assert form.errors == {"": "Too long"}
    with qtbot.waitSignal(form.edited):
        qtbot.mouseClick(form.editor("on"), Qt.MouseButton.LeftButton)
    assert form.value() == Sheet(length=720)
    assert form.errors == {}


def test_arrow_keys_step_within_the_bounds(form: Form, qtbot: QtBot) -> None:
    form.show_value(Sheet(count=98, rest=0))
    for _ in range(3):
        qtbot.keyClick(form.editor("count"), Qt.Key.Key_Up)
    qtbot.keyClick(form.editor("start"), Qt.Key.Key_Down)
    qtbot.keyClick(form.editor("share"), Qt.Key.Key_Up)
    qtbot.keyClick(form.editor("rest"), Qt.Key.Key_Down)
    assert form.value() == Sheet(count=99, start=525, share=0.51, rest=0)


def test_revert_shows_what_was_shown_and_a_refusal_is_shown_at_its_field(form: Form) -> None:
    form.show_value(Sheet())
    form.editor("name").setText("y")
    form.show_error(message("Taken"), "name")
    assert form.errors == {"name": "Taken"}
    form.revert()
    assert (form.value(), form.errors, form.differs) == (Sheet(), {}, False)


def test_a_value_outside_the_choices_is_kept(form: Form) -> None:
    form.show_value(Sheet(kind="plug-in"))
    assert form.value() == Sheet(kind="plug-in")


def test_only_the_fields_asked_for_are_shown_in_that_order(qtbot: QtBot) -> None:
    form = form_for(Site, RENDER, only=("closing_day", "name"), asks={"name": Ask(message("N"))})
    qtbot.addWidget(form)
    assert form.names == ("closing_day", "name")
    assert form.label("name").text() == "N"
    site = Site("S", closing_day=20, over_cost=7)
    form.show_value(site)
    form.editor("name").setText("T")
    assert form.value() == dataclasses.replace(site, name="T")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_every_work_rule_has_a_form(qtbot: QtBot, rule: type) -> None:
    form = form_for(rule, RENDER)
    qtbot.addWidget(form)
    form.show_value(rule())
    assert form.value() == rule()


def test_every_editor_says_its_name(form: Form) -> None:
    assert all(form.editor(name).accessibleName() for name in form.names)
