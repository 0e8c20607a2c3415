"""The generic monthly layout in CP932, for systems that read no Unicode."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wfm.messages import message
from wfm.model.people import Agent
from wfm.model.site import Site
from wfm.model.worktime import MonthWork
from wfm.payroll.monthly import build_monthly
from wfm.payroll.payroll_file import PayrollFile, PayrollFormat


def build(
    works: Sequence[MonthWork],
    agents: Sequence[Agent],
    site: Site,
    month: date,
    language: str,
    notation: str = "h:mm",
) -> PayrollFile:
    """Return the file; a character that CP932 cannot hold is a problem, never a question mark."""
    return build_monthly(works, agents, site, month, language, notation, "cp932")


GENERIC_MONTHLY_CP932 = PayrollFormat(
    "generic-monthly-cp932", message("Generic, one row per month (CP932)"), build
)
