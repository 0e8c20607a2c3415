"""Messages are data until they are shown."""

from __future__ import annotations

from wfm.errors import Problem
from wfm.messages import Message, english, message, render


def test_a_message_is_filled_in_after_it_is_translated() -> None:
    rest = message("Less than {hours} h rest", hours=11)
    assert render(
        rest, lambda item: {"Less than {hours} h rest": "休息{hours}時間未満"}[item.text]
    ) == ("休息11時間未満")


def test_a_message_inside_a_message_is_translated_too() -> None:
    outer = message("Undone: {what}", what=message("Import"))
    words = {"Undone: {what}": "取消: {what}", "Import": "取込"}
    assert render(outer, lambda item: words[item.text]) == "取消: 取込"


def test_the_plural_follows_the_count() -> None:
    one = message("{count} file", plural="{count} files", count=1)
    many = message("{count} file", plural="{count} files", count=3)
    assert (str(one), str(many)) == ("1 file", "3 files")
    assert english(many) == "{count} files"


def test_a_broken_translation_shows_its_template_instead_of_raising() -> None:
    assert render(message("{a}", a=1), lambda _: "{b}") == "{b}"


def test_equal_messages_have_equal_hashes() -> None:
    assert len({message("x {a}", a=1), message("x {a}", a=1), Message("x {a}", {"a": 2})}) == 2


def test_a_problem_names_file_row_column_value_and_reason() -> None:
    problem = Problem(message("not a number"), "a.csv", 7, "着信数", "abc")
    sentence = str(problem.as_message())
    for part in ("a.csv", "7", "着信数", "abc", "not a number"):
        assert part in sentence
