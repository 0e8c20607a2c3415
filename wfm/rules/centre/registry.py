"""The tuple of all rules of the centre as a whole, and those that a centre has stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wfm.errors import Problem, WfmError
from wfm.messages import message
from wfm.model.centre_rule import CentreRule
from wfm.model.codec import from_json, to_json
from wfm.model.house_rule import HouseRule
from wfm.rules.centre.context import CentreContext
from wfm.rules.centre.pairs import Apart, TeamsApart, TeamWithLead, Together, WithMentor
from wfm.rules.centre.shares import FairBurden
from wfm.rules.centre.staffing import LeadersPresent, MinimumStaff, Seats
from wfm.rules.centre.term import CentreTerm

CENTRE_TERMS: tuple[type[CentreTerm], ...] = (
    MinimumStaff,
    LeadersPresent,
    Seats,
    Together,
    Apart,
    WithMentor,
    TeamWithLead,
    TeamsApart,
    FairBurden,
)

_BY_KEY = {term.key: term for term in CENTRE_TERMS}


def term_named(key: str) -> type[CentreTerm]:
    """Return a rule's class; raises :class:`~wfm.errors.WfmError` for an unknown key."""
    if key not in _BY_KEY:
        raise WfmError(message("There is no rule of the centre named “{key}”.", key=key))
    return _BY_KEY[key]


def term_of(stored: HouseRule) -> CentreTerm:
    """Return a stored rule; raises for a kind or a value that this program does not know."""
    return from_json(term_named(stored.rule), {**stored.texts, **stored.numbers}, stored.key)


def house_rule(key: str, term: CentreTerm) -> HouseRule:
    """Return a rule as it is stored."""
    values = to_json(term).items()
    numbers = {name: value for name, value in values if isinstance(value, int)}
    texts = {name: value for name, value in values if isinstance(value, str)}
    return HouseRule(key, term.key, numbers, texts)


def terms_of(stored: Iterable[HouseRule]) -> tuple[tuple[CentreTerm, ...], tuple[Problem, ...]]:
    """Return the rules that can be read, and a problem for each that cannot.

    One rule that cannot be read must not keep a centre from being planned.
    """
    terms, problems = [], []
    for item in stored:
        try:
            terms.append(term_of(item))
        except WfmError as error:
            problems.append(Problem(error.message, column=item.key))
    return tuple(terms), tuple(problems)


def compile_centre(terms: Sequence[CentreTerm], context: CentreContext) -> tuple[CentreRule, ...]:
    """Return the centre rules of a problem, in the order of the rules."""
    return tuple(rule for term in terms for rule in term.compile(context))
