"""Who may use what revision 0002 adds: the roles exist since revision 0001."""

from __future__ import annotations

POSTGRES = (
    "REVOKE ALL ON request FROM PUBLIC",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON request TO toban_planner",
)

GUARDS: dict[str, tuple[str, ...]] = {"sqlite": (), "postgresql": POSTGRES}
"""Dialect → statements, run after the table is made."""
