"""Terms of work over four weeks and months, rotations, learning curves, and work between breaks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; rows from before have no such terms."""
    for name in (
        "four_week_minutes_min", "four_week_minutes_max", "month_minutes_min", "month_minutes_max",
    ):  # fmt: skip
        op.add_column("contract", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column(
        "contract",
        sa.Column("four_week_rest", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("contract", sa.Column("rotation", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("contract", sa.Column("rotation_start", sa.Date(), nullable=True))
    op.add_column(
        "agent", sa.Column("first_percent", sa.Integer(), nullable=False, server_default="50")
    )
    op.add_column("agent", sa.Column("full_speed_on", sa.Date(), nullable=True))
    op.add_column("agent", sa.Column("mentor", sa.String(), nullable=False, server_default=""))
    op.add_column("agent", sa.Column("rotation_start", sa.Date(), nullable=True))
    op.add_column(
        "shift_kind", sa.Column("break_gap", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("site", sa.Column("four_weeks_from", sa.Date(), nullable=True))
