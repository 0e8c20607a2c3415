"""Every screen has its help in both languages, and no key means two things."""

from __future__ import annotations

import pytest

from ui.actions import all_actions
from ui.screens import SCREENS
from ui.widgets.help_panel import help_text


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("screen", [spec.key for spec in SCREENS])
def test_every_screen_has_a_page_with_a_title_and_its_keys(screen: str, language: str) -> None:
    text = help_text(screen, language)
    assert text.startswith("# ")
    assert len(text) > 200
    assert "|---|---|" in text


def test_no_two_actions_that_are_possible_together_share_a_key() -> None:
    for spec in SCREENS:
        taken: dict[str, str] = {}
        for action in all_actions():
            if action.screen in ("", spec.key):
                for keys in action.keys:
                    assert keys not in taken, f"{keys}: {taken.get(keys)} and {action.key}"
                    taken[keys] = action.key
