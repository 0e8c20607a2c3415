"""The first schema: every stored value, the sealed log, and what guards the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wfm.persistence.migrations import guards_0001

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and the guards of the log."""
    _agent()
    _agent_week()
    _availability()
    _balance()
    _contract()
    _export_record()
    _forecast()
    _history_day()
    _import_mapping()
    _leave()
    _queue()
    _requirement()
    _run_record()
    _shift_kind()
    _site()
    _skill()
    _special_day()
    _team()
    _wish()
    _log()
    for statement in guards_0001.GUARDS[op.get_bind().dialect.name]:
        # driver-level SQL: the colons of PL/pgSQL are not parameters
        op.get_bind().exec_driver_sql(statement)


def _agent() -> None:
    op.create_table(
        "agent",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("speed_percent", sa.Integer(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("hired", sa.Date(), nullable=True),
        sa.Column("left", sa.Date(), nullable=True),
        sa.Column("hourly_wage", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("row_key"),
    )


def _agent_week() -> None:
    op.create_table(
        "agent_week",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("row_day", sa.Date(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("duties", sa.LargeBinary(), nullable=False),
        sa.Column("locked_off", sa.Text(), nullable=False),
        sa.Column("published", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("row_key"),
    )
    op.create_index(op.f("ix_agent_week_row_day"), "agent_week", ["row_day"], unique=False)


def _availability() -> None:
    op.create_table(
        "availability",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column("dates", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )


def _balance() -> None:
    op.create_table(
        "balance",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("overtime_minutes", sa.Integer(), nullable=False),
        sa.Column("statutory_holiday_minutes", sa.Integer(), nullable=False),
        sa.Column("paid_leave_days", sa.Float(precision=53), nullable=False),
        sa.Column("weekend_days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )


def _contract() -> None:
    op.create_table(
        "contract",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("shift_kinds", sa.Text(), nullable=False),
        sa.Column("day_minutes", sa.Integer(), nullable=False),
        sa.Column("week_minutes_min", sa.Integer(), nullable=False),
        sa.Column("week_minutes_max", sa.Integer(), nullable=False),
        sa.Column("week_days_max", sa.Integer(), nullable=False),
        sa.Column("week_days_min", sa.Integer(), nullable=False),
        sa.Column("paid_hourly", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )


def _export_record() -> None:
    op.create_table(
        "export_record",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )


def _forecast() -> None:
    op.create_table(
        "forecast",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("row_day", sa.Date(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("horizon", sa.Text(), nullable=False),
        sa.Column("volume", sa.LargeBinary(), nullable=False),
        sa.Column("aht_s", sa.LargeBinary(), nullable=False),
        sa.Column("quantiles", sa.LargeBinary(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )
    op.create_index(op.f("ix_forecast_row_day"), "forecast", ["row_day"], unique=False)


def _history_day() -> None:
    op.create_table(
        "history_day",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("row_day", sa.Date(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("interval_minutes", sa.Integer(), nullable=False),
        sa.Column("columns", sa.LargeBinary(), nullable=False),
        sa.Column("threshold_s", sa.Float(precision=53), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )
    op.create_index(op.f("ix_history_day_row_day"), "history_day", ["row_day"], unique=False)


def _import_mapping() -> None:
    op.create_table(
        "import_mapping",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )


def _leave() -> None:
    op.create_table(
        "leave",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("row_day", sa.Date(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )
    op.create_index(op.f("ix_leave_row_day"), "leave", ["row_day"], unique=False)


def _queue() -> None:
    op.create_table(
        "queue",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("skill", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("patience_s", sa.Float(precision=53), nullable=True),
        sa.Column("shrinkage", sa.Float(precision=53), nullable=False),
        sa.Column("max_occupancy", sa.Float(precision=53), nullable=False),
        sa.Column("concurrency", sa.Integer(), nullable=False),
        sa.Column("response_minutes", sa.Integer(), nullable=False),
        sa.Column("under_costs", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )


def _requirement() -> None:
    op.create_table(
        "requirement",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("row_day", sa.Date(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("skill", sa.String(), nullable=False),
        sa.Column("horizon", sa.Text(), nullable=False),
        sa.Column("agents", sa.LargeBinary(), nullable=False),
        sa.Column("rostered", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )
    op.create_index(op.f("ix_requirement_row_day"), "requirement", ["row_day"], unique=False)


def _run_record() -> None:
    op.create_table(
        "run_record",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("row_day", sa.Date(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("horizon_start", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("problem_hash", sa.String(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("versions", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("objective", sa.Float(precision=53), nullable=False),
        sa.Column("lower_bound", sa.Float(precision=53), nullable=False),
        sa.Column("seconds", sa.Float(precision=53), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )
    op.create_index(op.f("ix_run_record_row_day"), "run_record", ["row_day"], unique=False)


def _shift_kind() -> None:
    op.create_table(
        "shift_kind",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("earliest_start", sa.Integer(), nullable=False),
        sa.Column("latest_start", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("lengths", sa.Text(), nullable=False),
        sa.Column("breaks", sa.Text(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )


def _site() -> None:
    op.create_table(
        "site",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("week_start", sa.Integer(), nullable=False),
        sa.Column("statutory_day_off", sa.Integer(), nullable=False),
        sa.Column("closing_day", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("rule_set", sa.String(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("over_cost", sa.Integer(), nullable=False),
        sa.Column("staggered_breaks", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )


def _skill() -> None:
    op.create_table(
        "skill",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )


def _special_day() -> None:
    op.create_table(
        "special_day",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("row_day", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("factor", sa.Float(precision=53), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )
    op.create_index(op.f("ix_special_day_row_day"), "special_day", ["row_day"], unique=False)


def _team() -> None:
    op.create_table(
        "team",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("supervisor", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )


def _wish() -> None:
    op.create_table(
        "wish",
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("row_day", sa.Date(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("row_key"),
    )
    op.create_index(op.f("ix_wish_row_day"), "wish", ["row_day"], unique=False)


def _log() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "operation",
        sa.Column("id", number, autoincrement=False, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("undoes", number, nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token"),
    )
    op.create_table(
        "operation_change",
        sa.Column("operation", number, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"]),
        sa.PrimaryKeyConstraint("operation", "position"),
    )
    op.create_index(
        "ix_operation_change_kind", "operation_change", ["kind", "row_key", "operation"]
    )
    op.create_table(
        "operation_content",
        sa.Column("operation", number, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.Column("after", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"]),
        sa.PrimaryKeyConstraint("operation", "position"),
    )
