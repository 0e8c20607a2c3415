"""Aims of a centre, and runs that can be shown again, compared and repeated."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; rows from before have the usual aims and keep no roster."""
    op.add_column("site", sa.Column("aims", sa.Text(), nullable=False, server_default="{}"))
    for name in ("made_at", "made_by", "week_hash", "rule_set"):
        op.add_column("run_record", sa.Column(name, sa.String(), nullable=False, server_default=""))
    for name in ("request", "rules", "weights", "figures"):
        op.add_column("run_record", sa.Column(name, sa.Text(), nullable=False, server_default="{}"))
    for name in ("before", "duties"):
        op.add_column("run_record", sa.Column(name, sa.LargeBinary(), nullable=True))
