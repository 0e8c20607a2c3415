"""Requests of staff: swaps and leave, with what was decided and on which figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wfm.persistence.migrations import guards_0002

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of requests and let planners work with it."""
    op.create_table(
        "request",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("row_day", sa.Date(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("other_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("absence", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_at", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("row_key"),
    )
    op.create_index(op.f("ix_request_row_day"), "request", ["row_day"], unique=False)
    for statement in guards_0002.GUARDS[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)
