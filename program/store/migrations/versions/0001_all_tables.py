"""All tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("program_id", sa.String(length=32), nullable=True),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.String(length=32), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("intention", sa.String(length=64), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_entry"),
        sa.UniqueConstraint("intention", name="uq_audit_entry_intention"),
    )
    op.create_index("ix_audit_entry_program_id", "audit_entry", ["program_id"])
    op.create_index("ix_audit_entry_subject_id", "audit_entry", ["subject_id"])

    op.create_table(
        "client",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=63), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("fiscal_year_start", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_client"),
        sa.UniqueConstraint("key", name="uq_client_key"),
        sa.UniqueConstraint("name", name="uq_client_name"),
    )
    op.create_table(
        "user",
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=True),
        sa.Column("subject", sa.String(length=300), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user"),
        sa.UniqueConstraint("email", name="uq_user_email"),
        sa.UniqueConstraint("issuer", "subject", name="uq_user_issuer_subject"),
    )
    op.create_table(
        "program",
        sa.Column("client_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("target_profile", sa.String(length=32), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_program_client_id_client", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_program"),
    )
    op.create_index("ix_program_client_id", "program", ["client_id"])

    op.create_table(
        "assessment_run",
        sa.Column("program_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("form", sa.String(length=8), nullable=False),
        sa.Column("model_version", sa.String(length=64), nullable=False),
        sa.Column("model_sha256", sa.String(length=64), nullable=False),
        sa.Column("model_snapshot", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name="fk_assessment_run_program_id_program", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assessment_run"),
    )
    op.create_index("ix_assessment_run_program_id", "assessment_run", ["program_id"])

    op.create_table(
        "component",
        sa.Column("program_id", sa.String(length=32), nullable=False),
        sa.Column("catalog_id", sa.String(length=8), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("pillar", sa.String(length=16), nullable=True),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("dimension_id", sa.String(length=16), nullable=True),
        sa.Column("goal", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("live_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name="fk_component_program_id_program", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_component"),
        sa.UniqueConstraint("program_id", "name", name="uq_component_program_id_name"),
    )
    op.create_index("ix_component_program_id", "component", ["program_id"])

    op.create_table(
        "membership",
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.String(length=32), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name="fk_membership_program_id_program", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_membership_user_id_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
        sa.UniqueConstraint("user_id", "program_id", name="uq_membership_user_id_program_id"),
    )
    op.create_index("ix_membership_program_id", "membership", ["program_id"])
    op.create_index("ix_membership_user_id", "membership", ["user_id"])
    op.create_index(
        "uq_membership_everywhere",
        "membership",
        ["user_id"],
        unique=True,
        sqlite_where=sa.text("program_id IS NULL"),
        postgresql_where=sa.text("program_id IS NULL"),
    )

    op.create_table(
        "stakeholder",
        sa.Column("program_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("is_group", sa.Boolean(), nullable=False),
        sa.Column("function", sa.String(length=16), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("contact", sa.String(length=320), nullable=True),
        sa.Column("power", sa.BigInteger(), nullable=False),
        sa.Column("interest", sa.BigInteger(), nullable=False),
        sa.Column("stance", sa.String(length=16), nullable=False),
        sa.Column("wanted_stance", sa.String(length=16), nullable=False),
        sa.Column("wants", sa.Text(), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name="fk_stakeholder_program_id_program", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_stakeholder"),
    )
    op.create_index("ix_stakeholder_program_id", "stakeholder", ["program_id"])

    op.create_table(
        "budget_line",
        sa.Column("component_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("nature", sa.String(length=16), nullable=False),
        sa.Column("spending", sa.String(length=8), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["component_id"], ["component.id"], name="fk_budget_line_component_id_component", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["stakeholder.id"], name="fk_budget_line_owner_id_stakeholder", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_budget_line"),
        sa.UniqueConstraint("component_id", "name", name="uq_budget_line_component_id_name"),
    )
    op.create_index("ix_budget_line_component_id", "budget_line", ["component_id"])
    op.create_index("ix_budget_line_owner_id", "budget_line", ["owner_id"])

    op.create_table(
        "duty",
        sa.Column("component_id", sa.String(length=32), nullable=False),
        sa.Column("stakeholder_id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["component_id"], ["component.id"], name="fk_duty_component_id_component", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"], ["stakeholder.id"], name="fk_duty_stakeholder_id_stakeholder", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_duty"),
        sa.UniqueConstraint(
            "component_id", "stakeholder_id", "letter", name="uq_duty_component_id_stakeholder_id_letter"
        ),
    )
    op.create_index("ix_duty_component_id", "duty", ["component_id"])
    op.create_index("ix_duty_stakeholder_id", "duty", ["stakeholder_id"])

    op.create_table(
        "metric_target",
        sa.Column("component_id", sa.String(length=32), nullable=False),
        sa.Column("metric_id", sa.String(length=64), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["component_id"], ["component.id"], name="fk_metric_target_component_id_component", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_metric_target"),
        sa.UniqueConstraint("component_id", "metric_id", name="uq_metric_target_component_id_metric_id"),
    )
    op.create_index("ix_metric_target_component_id", "metric_target", ["component_id"])

    op.create_table(
        "objective",
        sa.Column("program_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("metric_id", sa.String(length=64), nullable=True),
        sa.Column("target", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["stakeholder.id"], name="fk_objective_owner_id_stakeholder", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name="fk_objective_program_id_program", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_objective"),
    )
    op.create_index("ix_objective_owner_id", "objective", ["owner_id"])
    op.create_index("ix_objective_program_id", "objective", ["program_id"])

    op.create_table(
        "respondent",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("function", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["assessment_run.id"], name="fk_respondent_run_id_assessment_run", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_respondent_user_id_user", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_respondent"),
        sa.UniqueConstraint("run_id", "user_id", name="uq_respondent_run_id_user_id"),
    )
    op.create_index("ix_respondent_run_id", "respondent", ["run_id"])
    op.create_index("ix_respondent_user_id", "respondent", ["user_id"])

    op.create_table(
        "answer",
        sa.Column("respondent_id", sa.String(length=32), nullable=False),
        sa.Column("statement_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["respondent_id"], ["respondent.id"], name="fk_answer_respondent_id_respondent", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
        sa.UniqueConstraint("respondent_id", "statement_id", name="uq_answer_respondent_id_statement_id"),
    )
    op.create_index("ix_answer_respondent_id", "answer", ["respondent_id"])

    op.create_table(
        "ledger_entry",
        sa.Column("program_id", sa.String(length=32), nullable=False),
        sa.Column("line_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("row", sa.String(length=64), nullable=False),
        sa.Column("against", sa.String(length=200), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["budget_line.id"], name="fk_ledger_entry_line_id_budget_line", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name="fk_ledger_entry_program_id_program", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_entry"),
        sa.UniqueConstraint(
            "program_id",
            "source",
            "document",
            "row",
            "kind",
            name="uq_ledger_entry_program_id_source_document_row_kind",
        ),
    )
    op.create_index("ix_ledger_entry_line_id", "ledger_entry", ["line_id"])
    op.create_index("ix_ledger_entry_program_id", "ledger_entry", ["program_id"])
