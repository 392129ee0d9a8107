"""Invitations and anonymous runs, views, evidence, and a program's own statements."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assessment_run", sa.Column("anonymous", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("assessment_run", sa.Column("invite", sa.String(length=64), nullable=True))
    op.add_column("assessment_run", sa.Column("secret", sa.String(length=64), nullable=True))
    op.create_index("uq_assessment_run_invite", "assessment_run", ["invite"], unique=True)
    op.add_column("respondent", sa.Column("key", sa.String(length=64), nullable=True))
    op.create_index("uq_respondent_run_id_key", "respondent", ["run_id", "key"], unique=True)
    _published_model()
    _perspective_answer()
    _evidence()


def _published_model() -> None:
    op.create_table(
        "published_model",
        sa.Column("program_id", sa.String(length=32), nullable=False),
        sa.Column("aspect", sa.String(length=16), nullable=False),
        sa.Column("model_version", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name="fk_published_model_program_id_program", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_published_model"),
        sa.UniqueConstraint(
            "program_id", "aspect", "model_version", name="uq_published_model_program_id_aspect_model_version"
        ),
    )
    op.create_index("ix_published_model_program_id", "published_model", ["program_id"])


def _perspective_answer() -> None:
    op.create_table(
        "perspective_answer",
        sa.Column("respondent_id", sa.String(length=32), nullable=False),
        sa.Column("question_id", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=32), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["respondent.id"],
            name="fk_perspective_answer_respondent_id_respondent",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_perspective_answer"),
        sa.UniqueConstraint(
            "respondent_id", "question_id", "about", name="uq_perspective_answer_respondent_id_question_id_about"
        ),
    )
    op.create_index("ix_perspective_answer_respondent_id", "perspective_answer", ["respondent_id"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("statement_id", sa.String(length=32), nullable=False),
        sa.Column("function", sa.String(length=16), nullable=True),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=True),
        sa.Column("media_type", sa.String(length=100), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["assessment_run.id"], name="fk_evidence_run_id_assessment_run", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
    )
    op.create_index("ix_evidence_run_id", "evidence", ["run_id"])
