"""The generic monthly layout in UTF-8 with a byte-order mark, which Excel reads as such."""

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
    """Return the file."""
    return build_monthly(works, agents, site, month, language, notation, "utf-8-sig")


GENERIC_MONTHLY = PayrollFormat(
    "generic-monthly", message("Generic, one row per month (UTF-8)"), build
)
