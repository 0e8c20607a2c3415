"""The lists of the side panel as groups of lines: broken rules, and what a roster changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ui.roster.change_marks import CHANGE_SIGNS, CHANGE_TONES, change_words
from ui.roster.grouped_list import Entry, Group
from ui.roster.words import listed
from ui.translate import Render, format_number
from wfm.analysis import AgentDifference
from wfm.analysis.draft import Broken, WeekDraft
from wfm.messages import Message, message

HARD, SOFT, WISH = ("✗", "bad"), ("△", "warn"), ("☆", "muted")
"""Sign and colour token of a broken hard rule, of a soft one, and of a wish not granted."""


def violation_lines(draft: WeekDraft | None, render: Render) -> tuple[Group, ...] | Message:
    """Return broken rules and refused wishes by person, the gravest first, also in each.

    Where there is none, the sentence why: rules are checked once the required staff is known.
    """
    if draft is None or not draft.planned:
        return message("This week has no roster that could break a rule.")
    if draft.facts.judge is None:
        return message("The rules of this week are checked once its required staff is known.")
    by_agent: dict[str, list[Broken]] = defaultdict(list)
    for item in draft.violations():
        by_agent[item.agent].append(item)
    together = draft.together()
    if not by_agent and not together:
        return message("No rule is broken this week.")
    people = sorted(by_agent, key=lambda agent: [-count for count in _counts(by_agent[agent])])
    mine = tuple(_violations(draft, agent, by_agent[agent], render) for agent in people)
    return (*_of_centre(together, render), *mine)


def _of_centre(found: Sequence[Broken], render: Render) -> tuple[Group, ...]:
    """Return the broken rules that tie people together; a line of two people leads to the first."""
    if not found:
        return ()
    sign, tone = SOFT
    entries = tuple(
        Entry(render(item.text), sign, tone, item.agent, item.days[0] if item.days else None)
        for item in found
    )
    detail = render(severity_words(0, len(found), 0))
    return (Group("", render(message("Whole centre")), detail, entries),)


def _violations(draft: WeekDraft, agent: str, found: list[Broken], render: Render) -> Group:
    entries = []
    for item in sorted(found, key=lambda item: (item.is_wish, not item.hard)):
        sign, tone = WISH if item.is_wish else HARD if item.hard else SOFT
        day = item.days[0] if item.days else None
        entries.append(Entry(render(item.text), sign, tone, agent, day))
    return Group(agent, draft.facts.name(agent), render(severity_words(*_counts(found))),
                 tuple(entries))  # fmt: skip


def _counts(found: Sequence[Broken]) -> tuple[int, int, int]:
    """Return how many hard rules are broken, how many soft ones, and refused wishes."""
    hard = sum(item.hard for item in found)
    wishes = sum(item.is_wish for item in found)
    return hard, len(found) - hard - wishes, wishes


def severity_words(hard: int, soft: int, wishes: int) -> Message:
    """Return how many broken rules are hard and how many soft, and how many wishes refused."""
    parts = [
        (hard, message("{count} hard", plural="{count} hard", count=hard)),
        (soft, message("{count} soft", plural="{count} soft", count=soft)),
        (wishes, message("{count} wish", plural="{count} wishes", count=wishes)),
    ]
    return listed([words for count, words in parts if count])


def change_groups(
    agents: Sequence[AgentDifference], names: Mapping[str, str], language: str, render: Render
) -> tuple[Group, ...]:
    """Return what changes by person, with the hours more or less they work."""
    order = {key: place for place, key in enumerate(names)}
    groups = []
    for item in sorted(agents, key=lambda item: order.get(item.agent, len(order))):
        entries = tuple(
            Entry(
                change_words(change, language, render),
                CHANGE_SIGNS[change.what],
                CHANGE_TONES[change.what],
                change.agent,
                change.day,
            )
            for change in item.changes
        )
        groups.append(
            Group(item.agent, names.get(item.agent, item.agent), _hours(item, language, render),
                  entries)
        )  # fmt: skip
    return tuple(groups)


def _hours(item: AgentDifference, language: str, render: Render) -> str:
    """Return the weekly hours before and after, or only one where they are equal."""
    before = _hours_words(item.minutes_before, language)
    after = _hours_words(item.minutes_after, language)
    if item.minutes == 0:
        return render(message("{hours} h", hours=after))
    return render(message("{before} → {after} h", before=before, after=after))


@lru_cache(maxsize=1024)
def _hours_words(minutes: int, language: str) -> str:
    return format_number(minutes / 60, language, 1)
