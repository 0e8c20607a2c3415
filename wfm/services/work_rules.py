"""The work rules of a centre as numbers to look at and change, each with what the law says."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace

from wfm.errors import Problem, ProblemsError, WfmError
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.site import Site
from wfm.rules import RULES, Rule, rule_set
from wfm.services.session import Session, site_of

Overrides = Mapping[str, Mapping[str, int]]
"""Rule key → parameter → the site's number."""

PRICE = "price"

RULE_SET_NAMES = {
    "japan-2026": message("Japan, from April 2026"),
    "generic": message("Generic, no country's law"),
}
"""Names of the rule sets that come with the program."""

SEVERITY_NAMES = {
    "illegal": message("law", context="severity"),
    "agreement": message("agreement", context="severity"),
    "company": message("company", context="severity"),
    "wish": message("wish", context="severity"),
}
"""What a rule is, in a word: law, needs an agreement, the company's own, a wish."""


SOURCES = {
    str(text): text
    for text in (
        message("Labour Standards Act, Art. 39"),
        message(
            "Act on Improvement of Working Hours Arrangements, Art. 2 (duty of effort); 11 h usual"
        ),
        message("Labour Standards Act, Art. 32 (2)"),
        message("Labour Standards Act, Art. 32 (1)"),
        message("Labour Standards Act, Art. 35 (1); a day off is a calendar day"),
        message(
            "Labour Standards Act, Art. 35 (2); the work rules fix the first day of the four weeks"
        ),
        message(
            "Labour Standards Act, Art. 34; staggered breaks need an agreement or an exempt"
            " industry"
        ),
        message("Labour Standards Act, Art. 61"),
    )
}
"""Sources that the rule sets of the program name, to be shown in the reader's language."""


@dataclass(frozen=True, slots=True)
class RuleNumber:
    """One number of a rule.

    ``stated`` is the rule set's own number and ``value`` the site's (``None``: no such number, for
    a price).  ``direction`` is where a number of the law may move: -1 down, 1 up, 0 both ways.
    ``form`` ``hours`` is a number of minutes that people read as hours.
    """

    key: str
    label: Message
    unit: str
    form: str
    low: int
    high: int
    stated: int | None
    value: int | None
    direction: int

    @property
    def changed(self) -> bool:
        """Whether the site has a number of its own."""
        return self.value != self.stated


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule of the chosen set: its sentence, numbers, severity and source."""

    key: str
    label: Message
    sentence: Message
    severity: str
    source: Message | str
    numbers: tuple[RuleNumber, ...]
    price: RuleNumber | None = None


def rules_of(site: Site, name: str = "") -> tuple[RuleView, ...]:
    """Return the rules of a set, by default the site's own, with the site's numbers.

    A number that the set refuses (looser than its law) stays at that of the set.
    """
    chosen = name or site.rule_set
    own = without_stated(chosen, site.rules)
    for key, parameter in rule_faults(chosen, own):
        del own[key][parameter]
    stated = {rule.key: rule for rule in rule_set(chosen, {})}
    return tuple(_view(stated[rule.key], rule) for rule in rule_set(chosen, own))


def _view(stated: Rule, rule: Rule) -> RuleView:
    numbers = []
    for item in dataclasses.fields(rule):
        if "low" not in item.metadata:
            continue
        lawful = 0 if rule.severity == "company" else rule.statutory.get(item.name, 0)
        numbers.append(
            RuleNumber(
                item.name,
                item.metadata["label"],
                item.metadata.get("unit", ""),
                item.metadata.get("form", ""),
                item.metadata["low"],
                item.metadata["high"],
                getattr(stated, item.name),
                getattr(rule, item.name),
                lawful,
            )
        )
    price = next((item for item in numbers if item.key == PRICE), None)
    return RuleView(
        rule.key,
        rule.label,
        rule.sentence,
        rule.severity,
        SOURCES.get(rule.source, rule.source),
        tuple(item for item in numbers if item.key != PRICE),
        price if rule.severity == "company" else None,
    )


def rule_faults(name: str, overrides: Overrides) -> dict[tuple[str, str], Message]:
    """Return what a rule set refuses of a site's numbers: (rule, parameter) → the sentence."""
    found = {}
    for key, numbers in overrides.items():
        for parameter, value in numbers.items():
            try:
                rule_set(name, {key: {parameter: value}})
            except WfmError as error:
                found[key, parameter] = error.message
    return found


def without_stated(name: str, overrides: Overrides) -> dict[str, dict[str, int]]:
    """Return the overrides that differ from the set's own numbers, of rules that it has."""
    stated = {rule.key: rule for rule in rule_set(name, {})}
    kept = {}
    for key, numbers in overrides.items():
        own = {
            parameter: value
            for parameter, value in numbers.items()
            if key in stated and getattr(stated[key], parameter, None) != value
        }
        if own:
            kept[key] = own
    return kept


def change_rules(session: Session, name: str, overrides: Overrides, seen: Site) -> Outcome:
    """Choose a rule set and the site's own numbers in it, as one operation.

    ``seen`` is the site that the edit started from; only its rules are compared.  Raises
    :class:`~wfm.errors.ProblemsError` whose problems carry ``rule.parameter`` as column.
    """
    own = without_stated(name, overrides)
    faults = rule_faults(name, own)
    if faults:
        raise ProblemsError(
            message("The work rules were not saved:"),
            [Problem(text, column=".".join(place)) for place, text in faults.items()],
        )
    dropped = [key for key in overrides if key not in {rule.key for rule in rule_set(name, {})}]
    names = {rule.key: rule.label for rule in RULES}
    with session.database.write(session.who, session.clock) as unit:
        stored = site_of(unit)
        unit.put(
            replace(stored, rule_set=name, rules=own),
            seen=replace(stored, rule_set=seen.rule_set, rules=seen.rules),
        )
        operation = unit.commit(message("Change the work rules"))
    notes = [
        message("“{name}” has no rule “{rule}”; its numbers were dropped.",
                name=name, rule=names.get(key, key))
        for key in dropped
    ]  # fmt: skip
    return Outcome(operation, tuple(notes))
