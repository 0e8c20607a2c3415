"""What the window says of files: every column, choice and reason of refusal has its words."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

from wfm import imports
from wfm.imports import OPTIONS, Question, advice_for, asked, column_choices, column_label
from wfm.imports.advice import ADVICE, CORRECT
from wfm.imports.answers import CHOICES, SETTINGS
from wfm.imports.mapping import known_columns
from wfm.imports.people.balances import DECIMAL_HOURS
from wfm.messages import message

TODAY = date(2026, 11, 23)


def refusals() -> set[str]:
    """Return the templates of the package that begin small: reasons of refused rows."""
    found = set()
    for path in Path(imports.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.id == "message" and isinstance(first, ast.Constant):
                    text = str(first.value)
                    if text[:1].islower() or text.startswith("{day} is"):
                        found.add(text)
    return found


def test_advice_is_given_for_reasons_that_exist() -> None:
    assert set(ADVICE) <= refusals()


def test_a_reason_without_advice_of_its_own_is_one_wrong_cell() -> None:
    plain = {text for text in refusals() if advice_for(message(text)) is CORRECT}
    assert plain == {
        DECIMAL_HOURS.text,
        "this is no length of a break",
        "this is no number from {low} to {high}",
        "this is no time of day such as 9:00",
        "this is not between 0 and 400 hours",
        "the shift has no working time",
        "a wish is ×, △, ○, ◎, 希望休 or a span such as 9:00-15:00",
    }


@pytest.mark.parametrize("reader", ["acd", "people"])
def test_every_column_has_a_name_and_can_be_chosen(reader: str) -> None:
    assert set(column_choices(reader)) == known_columns(reader) - {"ignore"}
    assert len({str(column_label(name)) for name in column_choices(reader)}) == len(
        column_choices(reader)
    )


def test_every_choice_of_an_option_has_a_name() -> None:
    for option in OPTIONS:
        if option.choices and option.name != "interval_minutes":
            assert set(CHOICES[option.name]) == set(option.choices), option.name
    assert SETTINGS.keys() <= {option.name for option in OPTIONS}


def test_a_question_becomes_the_option_of_its_column() -> None:
    question = Question("clock_parts", message("?"), ("m:ss", "h:mm"), "処理時間", "3:25")
    found = asked(question, TODAY)
    assert found.key == "clock_parts:処理時間"
    assert str(found.text) == "What is 3:25 in “処理時間”?"
    assert [str(answer.label) for answer in found.answers] == [
        "Minutes : seconds",
        "Hours : minutes",
    ]
    assert found.open


def test_a_missing_year_is_one_near_today() -> None:
    found = asked(Question("year", message("?"), (), "日付", "11/23"), TODAY)
    assert [answer.value for answer in found.answers] == ["2027", "2026", "2025", "2024", "2023"]
    assert found.key == "year"
