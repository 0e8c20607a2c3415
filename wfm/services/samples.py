"""Fill an empty centre with the seeded sample, as one operation."""

from __future__ import annotations

from datetime import date

from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.activity import ShiftKind
from wfm.model.change import Outcome
from wfm.model.people import Agent, Contract
from wfm.samples import sample_centre, terms
from wfm.samples.tables import read_tables
from wfm.services.session import Session


def usual_terms(language: str) -> tuple[ShiftKind | Contract, ...]:
    """Return the shift kinds and contracts a new centre starts with, to be changed at will."""
    tables = read_tables(language)
    return (*terms.shift_kinds(tables), *terms.contracts(tables))


def fill_with_sample(session: Session, as_of: date, language: str) -> Outcome:
    """Write the sample centre whose history ends the day before ``as_of``.

    Raises :class:`~wfm.errors.WfmError` when the centre already has agents.
    """
    sample = sample_centre(as_of, language)
    with session.database.write(session.who, session.clock) as unit:
        if unit.all(Agent):
            raise WfmError(message("The centre already holds people; the sample needs a new one."))
        for values in (
            sample.skills,
            sample.teams,
            sample.queues,
            sample.contracts,
            sample.shift_kinds,
            sample.agents,
            sample.availabilities,
            sample.leaves,
            sample.wishes,
            sample.balances,
            sample.special_days,
            sample.history,
            sample.weeks,
            sample.requests,
            sample.house_rules,
        ):
            unit.put_all(values)
        unit.put(sample.site)
        operation = unit.commit(message("Fill with the sample centre"))
    return Outcome(operation)
