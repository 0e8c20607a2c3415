"""One policy for requests: what to propose on which figures, and every figure in words.

Two supervisors who see the same request see the same lights and the same proposal.  The policy, in
this order:

1. a hard rule that only the request would break, or break more → refuse;
2. what a planner has locked, a rule of the centre that would not be kept, a shortage of
   ``SHORT_HOURS`` agent-hours or more that was not there before, more leave than is left, more than
   ``AWAY_SHARE`` of the staff away, or required staff that nobody has computed → look closer;
3. otherwise → approve.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wfm.messages import Message, message
from wfm.model.problem import RosterProblem
from wfm.model.request import Evidence, PersonEffect, Request, RuleEffect, SkillEffect
from wfm.model.time import Horizon, format_clock
from wfm.rules import SHAPES, sentence

SHORT_HOURS = 1.0
"""New shortage, in agent-hours, from which somebody should look at the roster first."""
AWAY_SHARE = 0.10
"""Share of the employed staff that may be on leave on one day."""
BURDEN_MARGIN = 2.0
"""How far above everybody's mean a growing count of weekends, nights or lates is unfair."""
LOCK = "lock"

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Light:
    """One thing looked at: ``tone`` ``ok``, ``warn``, ``bad`` or empty (only told), in words.

    ``topic``: ``rules``, ``coverage``, ``hours``, ``fairness`` or ``leave``.
    """

    topic: str
    tone: str
    text: Message


def decided(request: Request, found: Evidence) -> Evidence:
    """Return the evidence with the policy's proposal and the reasons for it."""
    if any(item.violation.rule.key != LOCK for item in found.new_breaks):
        return replace(found, proposal="refuse", reasons=("rules",))
    reasons = tuple(name for name, applies in CONCERNS.items() if applies(request, found))
    if reasons:
        return replace(found, proposal="look_closer", reasons=reasons)
    fine = "fine" if found.rostered else "before_roster"
    return replace(found, proposal="approve", reasons=(fine,))


def unlawful(found: Evidence) -> tuple[RuleEffect, ...]:
    """Return what the request would newly break of the law itself, whoever agrees to it."""
    return tuple(
        item
        for item in found.new_breaks
        if item.violation.rule.severity == "illegal" and item.violation.rule.key not in SHAPES
    )


def _locked(_request: Request, found: Evidence) -> bool:
    return bool(found.new_breaks)


def _together(_request: Request, found: Evidence) -> bool:
    return bool(found.new_centre)


def _short(_request: Request, found: Evidence) -> bool:
    return found.gross_short >= SHORT_HOURS


def _overdrawn(_request: Request, found: Evidence) -> bool:
    leave = found.leave
    return leave is not None and leave.balance is not None and leave.days > leave.balance


def _crowded(_request: Request, found: Evidence) -> bool:
    leave = found.leave
    return leave is not None and leave.away + 1 > AWAY_SHARE * leave.staff


def _unknown(_request: Request, found: Evidence) -> bool:
    return found.rostered and not found.covered


CONCERNS: dict[str, Callable[[Request, Evidence], bool]] = {
    "locked": _locked,
    "centre": _together,
    "shortage": _short,
    "balance": _overdrawn,
    "away": _crowded,
    "not_covered": _unknown,
}
"""Reason → whether it asks for a closer look."""

PROPOSAL_WORDS = {
    "approve": message("Approve", context="proposal"),
    "look_closer": message("Look closer", context="proposal"),
    "refuse": message("Refuse", context="proposal"),
}


def reason_words(found: Evidence, names: Names) -> tuple[Message, ...]:
    """Return why the proposal is what it is, a sentence each."""
    return tuple(_reason(name, found, names) for name in found.reasons)


def _reason(name: str, found: Evidence, names: Names) -> Message:
    match name:
        case "rules":
            broken = [item for item in found.new_breaks if item.violation.rule.key != LOCK]
            return message(
                "It would break a rule: {rule}.",
                plural="It would break {count} rules, first: {rule}.",
                count=len(broken),
                rule=rule_words(broken[0], names),
            )
        case "locked":
            return message("It changes what a planner has locked.")
        case "centre":
            return message(
                "A rule of the centre would not be kept: {rule}.",
                plural="{count} rules of the centre would not be kept, first: {rule}.",
                count=len(found.new_centre),
                rule=found.new_centre[0].text,
            )
        case "shortage":
            return message(
                "{hours} agent-hours become short of staff; from {limit} on somebody looks first.",
                hours=round(found.gross_short, 2),
                limit=SHORT_HOURS,
            )
        case "balance":
            return message("More paid leave is asked for than is left.")
        case "away":
            return message(
                "More than {percent} % of the staff would be away on one day.",
                percent=round(AWAY_SHARE * 100),
            )
        case "not_covered":
            return message(
                "The required staff of this week has not been computed, so nobody knows whether"
                " enough people remain."
            )
        case "before_roster":
            return message("The week has no roster yet; building it will keep these days free.")
        case _:
            return message("No rule is broken by it and no interval becomes noticeably short.")


def rule_words(item: RuleEffect, names: Names) -> Message:
    """Return one broken rule in words: whose, which, when."""
    horizon = Horizon(item.start, item.days)
    problem = RosterProblem(horizon, (), {}, (), ())
    agent = item.violation.agent
    return message(
        "{name}: {what}", name=names.get(agent, agent), what=sentence(item.violation, problem)
    )


def lights(found: Evidence, names: Names, skills: Names) -> tuple[Light, ...]:
    """Return every light of a request with its sentence, by topic."""
    return (
        *_rule_lights(found, names),
        *_coverage_lights(found, skills),
        *_hours_lights(found.people, names),
        *_fairness_lights(found.people, names),
        *_leave_lights(found),
    )


# --- lights by topic -----------------------------------------------------------------------------


def _rule_lights(found: Evidence, names: Names) -> Iterator[Light]:
    tones = {"new": "bad", "kept": "warn", "mended": "ok"}
    for item in found.rules:
        words = rule_words(item, names)
        tone = tones[item.state]
        if item.state == "kept":
            words = message("{rule} – as before", rule=words)
        elif item.state == "mended":
            words = message("No longer: {rule}", rule=words)
        elif not item.violation.hard or item.violation.rule.key == LOCK:
            tone = "warn"
        yield Light("rules", tone, words)
    for effect in found.centre:
        if effect.state == "new":
            yield Light("rules", "warn", effect.text)
        else:
            yield Light("rules", "ok", message("No longer: {rule}", rule=effect.text))
    if found.rostered and not found.new_breaks and not found.new_centre:
        yield Light(
            "rules",
            "ok",
            message(
                "No rule is broken by it ({count} rule checked)",
                plural="No rule is broken by it ({count} rules checked)",
                count=found.rules_checked,
            ),
        )


def _coverage_lights(found: Evidence, skills: Names) -> Iterator[Light]:
    if not found.rostered:
        yield Light("coverage", "", message("The week has no roster yet"))
        return
    if not found.covered:
        yield Light("coverage", "warn", message("The required staff of the week is not known"))
        return
    if not found.gross_short:
        yield Light("coverage", "ok", message("No interval becomes shorter of staff"))
        return
    tone = "warn" if found.gross_short < SHORT_HOURS else "bad"
    hours = round(found.gross_short, 2)
    worst = max(found.skills, key=lambda item: item.worst_missing)
    yield Light("coverage", tone, _worst_words(worst, hours, skills))


def _worst_words(worst: SkillEffect, hours: float, skills: Names) -> Message:
    if worst.worst_day is None:
        return message("{hours} agent-hours become short of staff", hours=hours)
    return message(
        "{hours} agent-hours become short of staff, most at {day} {time} for {skill}:"
        " {before} → {after} missing",
        hours=hours,
        day=worst.worst_day,
        time=format_clock(worst.worst_start),
        skill=skills.get(worst.skill, worst.skill),
        before=round(worst.worst_before, 2),
        after=round(worst.worst_missing, 2),
    )


def _hours_lights(people: Sequence[PersonEffect], names: Names) -> Iterator[Light]:
    for item in people:
        name = names.get(item.agent, item.agent)
        before, after = round(item.minutes_before / 60, 2), round(item.minutes_after / 60, 2)
        if before == after and item.days_before == item.days_after:
            words = message("{name}: {hours} h in the week, as before", name=name, hours=after)
            yield Light("hours", "ok", words)
            continue
        tone = "ok" if _inside_contract(item) else "warn"
        if tone == "ok" and item.published and before != after:
            tone = "warn"
            words = message(
                "{name}: {hours} h in a week that was published; the hours fixed for it change",
                name=name,
                hours=_pair(before, after),
            )
        else:
            words = _contract_words(item, name, _pair(before, after))
        yield Light("hours", tone, words)


def _inside_contract(item: PersonEffect) -> bool:
    return (
        item.minutes_min <= item.minutes_after <= item.minutes_max
        and item.days_after <= item.days_max
    )


def _contract_words(item: PersonEffect, name: str, hours: Message) -> Message:
    return message(
        "{name}: {hours} h, {days} days in the week (contract {low}–{high} h, {most} days)",
        name=name,
        hours=hours,
        days=_pair(item.days_before, item.days_after),
        low=round(item.minutes_min / 60, 2),
        high=round(item.minutes_max / 60, 2),
        most=item.days_max,
    )


def _pair(before: float, after: float) -> Message:
    """Return a figure before and after; one that stays is told once."""
    if before == after:
        return message("{value}", value=after)
    return message("{before} → {after}", before=before, after=after)


BURDENS = {
    "weekends": message("weekend shifts", context="burden"),
    "nights": message("night shifts", context="burden"),
    "lates": message("late shifts", context="burden"),
}


def _fairness_lights(people: Sequence[PersonEffect], names: Names) -> Iterator[Light]:
    changed = False
    for item in people:
        for burden, word in BURDENS.items():
            before = getattr(item, f"{burden}_before")
            after = getattr(item, f"{burden}_after")
            mean = getattr(item, f"mean_{burden}")
            if before == after:
                continue
            changed = True
            unfair = after > before and after > mean + BURDEN_MARGIN
            yield Light(
                "fairness",
                "warn" if unfair else "ok",
                message(
                    "{name}: {burden} {before} → {after} in four weeks (everybody's mean {mean})",
                    name=names.get(item.agent, item.agent),
                    burden=word,
                    before=before,
                    after=after,
                    mean=round(mean, 1),
                ),
            )
    if not changed and people:
        words = message("Weekend, night and late shifts stay as they are")
        yield Light("fairness", "ok", words)


def _leave_lights(found: Evidence) -> Iterator[Light]:
    leave = found.leave
    if leave is None:
        return
    if leave.days:
        if leave.balance is None:
            words = message("How much paid leave is left is not written down")
            yield Light("leave", "warn", words)
        else:
            words = message(
                "Paid leave left: {balance} days, {left} after this",
                balance=round(leave.balance, 1),
                left=round(leave.balance - leave.days, 1),
            )
            yield Light("leave", "bad" if leave.days > leave.balance else "ok", words)
    crowded = leave.away + 1 > AWAY_SHARE * leave.staff
    yield Light(
        "leave",
        "warn" if crowded else "ok",
        message(
            "{count} other person of {staff} is away on {day}",
            plural="{count} other people of {staff} are away on {day}",
            count=leave.away,
            staff=leave.staff,
            day=leave.busiest,
        ),
    )
