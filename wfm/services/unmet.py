"""What a plan could not meet, in words: broken rules, and where staff is missing most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wfm.messages import Message, message
from wfm.model.problem import RosterProblem
from wfm.model.roster import RosterPlan, Unmet
from wfm.model.rule import Violation
from wfm.model.time import format_clock
from wfm.rules import sentence
from wfm.rules.centre import centre_sentence

SHOWN_SHORTAGES = 3
SHOWN_CASES = 8


def rule_notes(problem: RosterProblem, violations: Sequence[Violation]) -> tuple[Message, ...]:
    """Return one sentence per broken hard rule: who, and which rule when."""
    names = {agent.key: agent.name or agent.key for agent in problem.agents}
    notes = (
        message(
            "{agent} has no lawful week: {rule}.",
            agent=names.get(item.agent, item.agent),
            rule=sentence(item, problem),
        )
        for item in violations
        if item.hard
    )
    return tuple({str(note): note for note in notes}.values())


def centre_notes(problem: RosterProblem, unmet: Sequence[Unmet]) -> tuple[Message, ...]:
    """Return how often rules of the centre are not kept, and the first cases; nothing if never."""
    broken = [item for item in unmet if item.kind == "centre"]
    if not broken:
        return ()
    shown = broken if len(broken) <= SHOWN_CASES + 1 else broken[:SHOWN_CASES]
    rest = len(broken) - len(shown)
    return (
        message(
            "Rules of the centre are not kept in {count} case:",
            plural="Rules of the centre are not kept in {count} cases:",
            count=len(broken),
        ),
        *(message("  {case}", case=centre_sentence(item, problem)) for item in shown),
        *([message("  and {count} more", count=rest)] if rest else []),
    )


def shortage_notes(plan: RosterPlan, skill_names: Mapping[str, str]) -> tuple[Message, ...]:
    """Return the total of missing staff and the few spans that miss most; nothing if none does."""
    short = [item for item in plan.unmet if item.kind == "coverage" and item.day is not None]
    if not short:
        return ()
    worst = sorted(short, key=lambda item: -item.amount)[:SHOWN_SHORTAGES]
    return (
        message(
            "Staff is missing for {hours} agent-hours in all, most of all here:",
            hours=f"{sum(item.amount for item in short) / 60:,.1f}",
        ),
        *(
            message(
                "  {day} {start}–{end}, {skill}: {hours} agent-hours",
                day=item.day,
                start=format_clock(item.start),
                end=format_clock(item.end),
                skill=skill_names.get(item.skill, item.skill),
                hours=f"{item.amount / 60:,.1f}",
            )
            for item in worst
        ),
    )
