"""Printed pages, written as PDF; needs Qt but no display."""

from ui.printing.roster_pdf import write_roster_pdf

__all__ = ["write_roster_pdf"]
