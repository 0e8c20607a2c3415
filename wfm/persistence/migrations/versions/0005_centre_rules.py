"""Rules of the centre as a whole, and the burdens that people bring along from earlier months."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

POSTGRES = (
    "REVOKE ALL ON centre_rule FROM PUBLIC",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON centre_rule TO toban_planner",
)
"""Who may use the new table: the roles exist since revision 0001."""


def upgrade() -> None:
    """Create the table of rules and add the counters; nobody has carried anything so far."""
    op.create_table(
        "centre_rule",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )
    if op.get_bind().dialect.name == "postgresql":
        for statement in POSTGRES:
            op.get_bind().exec_driver_sql(statement)
    for name in ("holiday_days", "late_days", "night_days", "refused_wishes"):
        op.add_column("balance", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
