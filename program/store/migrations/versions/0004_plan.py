"""The plan: strategy, gates, roadmap, money by period, risks, decisions, and what follows from them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OWNERS = {
    "program_id": "program",
    "component_id": "component",
    "objective_id": "objective",
    "vendor_id": "vendor",
    "decider_id": "stakeholder",
    "owner_id": "stakeholder",
    "predecessor_id": "activity",
    "successor_id": "activity",
    "revision_of_id": "budget_version",
    "version_id": "budget_version",
    "line_id": "budget_line",
    "decision_id": "decision",
    "baseline_id": "baseline",
    "user_id": "user",
}


def upgrade() -> None:
    op.add_column("component", sa.Column("progress_rule", sa.String(16), server_default="activities", nullable=False))
    op.add_column("budget_line", sa.Column("recurrence", sa.String(16), server_default="once", nullable=False))
    for amount in ("days", "day_rate"):
        op.add_column("budget_line", sa.Column(amount, sa.BigInteger(), nullable=True))
    _strategy_and_gates()
    _roadmap()
    _money()
    _risks_and_decisions()


def _strategy_and_gates() -> None:
    _table(
        "plan_setting",
        [
            _id("program_id"),
            _column("fiscal_year_start", sa.Integer(), null=True),
            _column("holiday_country", sa.String(2), null=True),
            _column("holiday_region", sa.String(16), null=True),
            _column("reserve", sa.BigInteger(), null=True),
            _column("discount_rate", sa.BigInteger(), null=True),
            _column("finance_rate", sa.BigInteger(), null=True),
            _column("reinvest_rate", sa.BigInteger(), null=True),
            _column("control", sa.JSON()),
        ],
        unique=["program_id"],
        version=True,
    )
    _table(
        "day_off",
        [_id("program_id"), _column("on", sa.Date()), _column("name", sa.String(200))],
        unique=["program_id", "on"],
        version=True,
    )
    _table(
        "contribution",
        [_id("component_id"), _id("objective_id")],
        unique=["component_id", "objective_id"],
        version=True,
    )
    _table(
        "canvas_note",
        [
            _id("program_id"),
            _column("canvas", sa.String(32)),
            _column("cell", sa.String(32)),
            _column("text", sa.Text()),
            _id("objective_id", null=True),
            _id("component_id", null=True),
        ],
        version=True,
    )
    _table(
        "use_case",
        [
            _id("program_id"),
            _column("catalog_id", sa.String(32), null=True),
            _column("title", sa.String(200)),
            _column("description", sa.Text(), null=True),
            _column("adopted_at", sa.DateTime(), null=True),
        ],
        unique=["program_id", "title"],
        version=True,
    )
    _table(
        "vendor",
        [_id("program_id"), _column("name", sa.String(200)), _column("note", sa.Text(), null=True)],
        unique=["program_id", "name"],
        version=True,
    )
    _table(
        "vendor_score",
        [
            _id("vendor_id"),
            _column("capability", sa.String(32)),
            _column("score", sa.Integer(), null=True),
            _column("evidence", sa.Text(), null=True),
        ],
        unique=["vendor_id", "capability"],
        version=True,
    )
    _table(
        "capability_weight",
        [_id("program_id"), _column("capability", sa.String(32)), _column("weight", sa.Integer())],
        unique=["program_id", "capability"],
        version=True,
    )
    _table(
        "gate_evidence",
        [
            _id("component_id"),
            _column("stage", sa.String(16)),
            _column("criterion", sa.String(32)),
            _column("note", sa.Text(), null=True),
            _column("link", sa.Text(), null=True),
            _column("added_by", sa.String(200)),
            _column("added_at", sa.DateTime()),
        ],
        version=True,
    )
    _table(
        "gate_decision",
        [
            _id("component_id"),
            _column("stage", sa.String(16)),
            _column("outcome", sa.String(16)),
            _id("decider_id", null=True),
            _column("decided_on", sa.Date()),
            _column("recorded_at", sa.DateTime()),
            _column("reason", sa.Text()),
            _column("dissent", sa.Text(), null=True),
            _column("criteria", sa.JSON()),
            _column("waived", sa.JSON()),
            _column("expires_on", sa.Date(), null=True),
        ],
    )


def _roadmap() -> None:
    _table(
        "activity",
        [
            _id("program_id"),
            _id("component_id", null=True),
            _column("name", sa.String(200)),
            _column("stage", sa.String(16), null=True),
            _column("duration", sa.BigInteger()),
            _column("optimistic", sa.BigInteger(), null=True),
            _column("pessimistic", sa.BigInteger(), null=True),
            _column("not_before", sa.Date(), null=True),
            _id("owner_id", null=True),
            _column("percent", sa.BigInteger()),
            _column("started_on", sa.Date(), null=True),
            _column("finished_on", sa.Date(), null=True),
            _column("place", sa.Integer()),
        ],
        version=True,
    )
    _table(
        "activity_link",
        [_id("predecessor_id"), _id("successor_id"), _column("kind", sa.String(2)), _column("lag", sa.BigInteger())],
        unique=["predecessor_id", "successor_id", "kind"],
        version=True,
    )


def _money() -> None:
    _table(
        "budget_version",
        [
            _id("program_id"),
            _column("name", sa.String(200)),
            _column("status", sa.String(16)),
            _id("revision_of_id", null=True),
            _column("note", sa.Text(), null=True),
            _column("made_at", sa.DateTime()),
            _column("approved_by", sa.String(200), null=True),
            _column("approved_at", sa.DateTime(), null=True),
        ],
        unique=["program_id", "name"],
        version=True,
    )
    _table(
        "budget_phase",
        [_id("version_id"), _id("line_id"), _column("period", sa.Date()), _column("amount", sa.BigInteger())],
        unique=["version_id", "line_id", "period"],
        version=True,
    )
    _table(
        "baseline",
        [
            _id("program_id"),
            _column("name", sa.String(200)),
            _column("made_at", sa.DateTime()),
            _column("made_by", sa.String(200)),
            _column("content", sa.Text()),
            _column("sha256", sa.String(64)),
        ],
        unique=["program_id", "name"],
    )
    _table(
        "scenario",
        [
            _id("program_id"),
            _column("name", sa.String(200)),
            _column("note", sa.Text(), null=True),
            _column("changes", sa.JSON()),
        ],
        unique=["program_id", "name"],
        version=True,
    )
    _table(
        "plan_rate",
        [_id("program_id"), _column("currency", sa.String(3)), _column("rate", sa.BigInteger())],
        unique=["program_id", "currency"],
        version=True,
    )
    _table(
        "ledger_mapping",
        [_id("program_id"), _column("name", sa.String(200)), _column("content", sa.JSON())],
        unique=["program_id", "name"],
        version=True,
    )
    _table(
        "unmatched_row",
        [
            _id("program_id"),
            _column("source", sa.String(64)),
            _column("file_name", sa.String(200)),
            _column("line", sa.Integer()),
            _column("cells", sa.JSON()),
            _column("column", sa.String(64), null=True),
            _column("reason", sa.Text()),
            _column("fingerprint", sa.String(64)),
            _column("came_at", sa.DateTime()),
            _column("settled_at", sa.DateTime(), null=True),
            _column("settled_how", sa.Text(), null=True),
        ],
        unique=["program_id", "source", "fingerprint"],
        version=True,
    )
    _table(
        "benefit",
        [
            _id("program_id"),
            _id("component_id", null=True),
            _column("name", sa.String(200)),
            _id("owner_id", null=True),
            _column("currency", sa.String(3)),
            _column("monthly", sa.BigInteger()),
            _column("starts_on", sa.Date()),
            _column("ramp_months", sa.Integer()),
            _column("ends_on", sa.Date(), null=True),
            _column("metric_id", sa.String(64), null=True),
            _column("metric_from", sa.BigInteger(), null=True),
            _column("metric_to", sa.BigInteger(), null=True),
        ],
        version=True,
    )


def _risks_and_decisions() -> None:
    _table(
        "risk",
        [
            _id("program_id"),
            _id("component_id", null=True),
            _column("title", sa.String(300)),
            _column("probability", sa.Integer(), null=True),
            _column("impact", sa.Integer(), null=True),
            _column("cost", sa.BigInteger(), null=True),
            _column("days", sa.BigInteger(), null=True),
            _column("response", sa.String(16), null=True),
            _column("action", sa.Text(), null=True),
            _id("owner_id", null=True),
            _column("trigger", sa.Text(), null=True),
            _column("residual_probability", sa.Integer(), null=True),
            _column("residual_impact", sa.Integer(), null=True),
            _column("status", sa.String(16)),
            _column("proposal", sa.String(100), null=True),
            _column("raised_on", sa.Date()),
            _column("closed_on", sa.Date(), null=True),
        ],
        version=True,
    )
    op.create_index("uq_risk_program_id_proposal", "risk", ["program_id", "proposal"], unique=True)
    _table(
        "decision",
        [
            _id("program_id"),
            _id("component_id", null=True),
            _column("question", sa.String(300)),
            _column("options", sa.JSON()),
            _column("chosen", sa.String(200), null=True),
            _id("decider_id", null=True),
            _column("decided_on", sa.Date(), null=True),
            _column("dissent", sa.Text(), null=True),
            _column("rests_on", sa.Text(), null=True),
            _column("review_on", sa.Date(), null=True),
        ],
        version=True,
    )
    _table(
        "assumption",
        [
            _id("program_id"),
            _id("component_id", null=True),
            _id("decision_id", null=True),
            _column("text", sa.Text()),
            _id("owner_id", null=True),
            _column("expires_on", sa.Date(), null=True),
            _column("state", sa.String(16)),
            _column("checked_on", sa.Date(), null=True),
        ],
        version=True,
    )
    _table(
        "change_record",
        [
            _id("program_id"),
            _id("component_id", null=True),
            _column("on", sa.Date()),
            _column("what", sa.Text()),
            _column("why", sa.Text(), null=True),
            _column("metric_id", sa.String(64), null=True),
            _column("metric_before", sa.BigInteger(), null=True),
            _column("metric_after", sa.BigInteger(), null=True),
            _id("baseline_id", null=True),
        ],
        version=True,
    )
    _table(
        "follow_up",
        [
            _id("program_id"),
            _column("title", sa.String(300)),
            _id("owner_id", null=True),
            _column("due_on", sa.Date(), null=True),
            _column("origin", sa.String(16)),
            _column("origin_id", sa.String(32), null=True),
            _column("done_at", sa.DateTime(), null=True),
        ],
        version=True,
    )
    _table(
        "last_visit",
        [_id("program_id"), _id("user_id"), _column("at", sa.DateTime()), _column("before", sa.DateTime(), null=True)],
        unique=["program_id", "user_id"],
    )


def _id(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=32), nullable=null)


def _column(name: str, kind: sa.types.TypeEngine[Any], *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=null)


def _table(name: str, columns: list[sa.Column[Any]], *, unique: list[str] | None = None, version: bool = False) -> None:
    own = [sa.Column("id", sa.String(length=32), nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{name}")]
    if version:
        own.append(sa.Column("version", sa.Integer(), nullable=False))
    if unique:
        own.append(sa.UniqueConstraint(*unique, name=f"uq_{name}_{'_'.join(unique)}"))
    references = [column for column in columns if column.name in OWNERS]
    for column in references:
        target = OWNERS[column.name]
        rule = "SET NULL" if column.nullable else "CASCADE"
        key = f"fk_{name}_{column.name}_{target}"
        own.append(sa.ForeignKeyConstraint([column.name], [f"{target}.id"], name=key, ondelete=rule))
    op.create_table(name, *columns, *own)
    for column in references:
        op.create_index(f"ix_{name}_{column.name}", name, [column.name])
