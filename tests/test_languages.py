"""Every sentence of the program exists in Japanese, with the same values in it."""

from __future__ import annotations

import ast
from string import Formatter

import pytest
from babel.messages.catalog import Message as Entry

from resources.translations.extract import message_calls, read_catalogue, templates
from ui.translate import CATALOGUES

FOUND, MISTAKES = templates()
CATALOGUE = read_catalogue("ja")
ENTRIES = [entry for entry in CATALOGUE if entry.id]


def fields(text: str) -> set[str]:
    """Return the names in the braces of a template."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def forms(entry: Entry) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)


def test_the_template_of_every_message_is_a_literal() -> None:
    assert not MISTAKES


def test_every_template_is_translated() -> None:
    known = {
        (entry.id[0] if isinstance(entry.id, tuple) else entry.id, entry.context or "")
        for entry in ENTRIES
        if all(forms(entry))
    }
    missing = {(item.text, item.context) for item in FOUND if item.text} - known
    assert not missing


def test_no_translation_is_doubtful_or_left_over() -> None:
    used = {(item.text, item.context) for item in FOUND}
    assert not [entry.id for entry in ENTRIES if entry.fuzzy]
    assert not CATALOGUE.obsolete
    left = [
        entry.id
        for entry in ENTRIES
        if (entry.id[0] if isinstance(entry.id, tuple) else entry.id, entry.context or "")
        not in used
    ]
    assert not left


def test_a_translation_has_the_same_braces_as_its_template() -> None:
    wrong = []
    for entry in ENTRIES:
        texts = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        allowed = set().union(*(fields(text) for text in texts))
        wrong += [form for form in forms(entry) if form and fields(form) != allowed]
    assert not wrong


def test_singular_and_plural_of_a_template_name_the_same_values() -> None:
    wrong = [
        item.text
        for item in FOUND
        if item.plural and fields(item.plural) | {"count"} != fields(item.text) | {"count"}
    ]
    assert not wrong


def test_every_message_is_given_the_values_that_its_template_names() -> None:
    wrong = []
    for file, call in message_calls():
        if not call.args or not isinstance(call.args[0], ast.Constant):
            continue
        given = {item.arg for item in call.keywords}
        if None in given:  # values from a mapping are only known at run time
            continue
        if missing := fields(str(call.args[0].value)) - given:
            wrong.append(f"{file}:{call.lineno}: {missing}")
    assert not wrong


@pytest.mark.parametrize(
    "entry", [entry for entry in ENTRIES if all(forms(entry))], ids=lambda entry: str(entry.id)[:60]
)
def test_a_japanese_sentence_ends_like_its_template(entry: Entry) -> None:
    text = entry.id[0] if isinstance(entry.id, tuple) else entry.id
    japanese = forms(entry)[0]
    assert japanese == japanese.strip() or text != text.strip()
    assert text.endswith("…") == japanese.endswith("…")


def test_the_catalogue_is_committed_beside_its_tool() -> None:
    assert (CATALOGUES / "ja.po").is_file()
    assert (CATALOGUES / "extract.py").is_file()
