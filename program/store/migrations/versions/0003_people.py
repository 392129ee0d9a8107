"""People: salience, gains, engagement steps, history, stand-ins, ties, owned items and handovers."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "replace(gen_random_uuid()::text, '-', '')"}


def upgrade() -> None:
    _stakeholder()
    _component()
    _table("engagement_step", _step(), version=True)
    _table("stakeholder_state", _state(), unique=["stakeholder_id", "at"])
    _table(
        "stand_in", [_id("stakeholder_id"), _id("stand_in_id")], unique=["stakeholder_id", "stand_in_id"], version=True
    )
    _table("tie", _tie(), unique=["source_id", "target_id", "kind"], version=True)
    _table("owned_item", _item(), unique=["program_id", "kind", "name"], version=True)
    duty = [_id("item_id"), _id("stakeholder_id"), sa.Column("letter", sa.String(length=1), nullable=False)]
    _table("item_duty", duty, unique=["item_id", "stakeholder_id", "letter"], version=True)
    _table("handover", _handover(), version=True)
    _next_steps()


OWNERS = {
    "program_id": "program",
    "component_id": "component",
    "item_id": "owned_item",
    "stakeholder_id": "stakeholder",
    "stand_in_id": "stakeholder",
    "source_id": "stakeholder",
    "target_id": "stakeholder",
    "owner_id": "stakeholder",
    "from_id": "stakeholder",
    "to_id": "stakeholder",
}


def _stakeholder() -> None:
    for amount in ("legitimacy", "urgency", "wanted_power", "wanted_interest"):
        op.add_column("stakeholder", sa.Column(amount, sa.BigInteger(), nullable=True))
    for text in ("sees", "gain_customers", "gain_team", "gain_own"):
        op.add_column("stakeholder", sa.Column(text, sa.Text(), nullable=True))


def _component() -> None:
    op.add_column("component", sa.Column("scheme", sa.String(length=8), server_default="raci", nullable=False))
    op.add_column("component", sa.Column("ownership_stage", sa.String(length=16), nullable=True))
    op.add_column("component", sa.Column("wanted_ownership_stage", sa.String(length=16), nullable=True))


def _next_steps() -> None:
    """Keep the texts of next steps as steps without an owner and a date."""
    made = ID[op.get_bind().dialect.name]
    op.execute(
        "INSERT INTO engagement_step (id, version, stakeholder_id, what) "  # noqa: S608  nothing in it is from outside
        f"SELECT {made}, 1, id, next_step FROM stakeholder WHERE trim(next_step) <> ''"
    )
    op.drop_column("stakeholder", "next_step")


def _step() -> list[sa.Column[Any]]:
    return [
        _id("stakeholder_id"),
        sa.Column("what", sa.Text(), nullable=False),
        _id("owner_id", null=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
    ]


def _state() -> list[sa.Column[Any]]:
    return [
        _id("stakeholder_id"),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("power", sa.BigInteger(), nullable=False),
        sa.Column("interest", sa.BigInteger(), nullable=False),
        sa.Column("legitimacy", sa.BigInteger(), nullable=True),
        sa.Column("urgency", sa.BigInteger(), nullable=True),
        sa.Column("stance", sa.String(length=16), nullable=False),
        sa.Column("wanted_stance", sa.String(length=16), nullable=False),
    ]


def _tie() -> list[sa.Column[Any]]:
    return [
        _id("program_id"),
        _id("source_id"),
        _id("target_id"),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("known_from", sa.Text(), nullable=True),
        sa.Column("on", sa.Date(), nullable=True),
    ]


def _item() -> list[sa.Column[Any]]:
    return [
        _id("program_id"),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("scheme", sa.String(length=8), nullable=False),
    ]


def _handover() -> list[sa.Column[Any]]:
    return [
        _id("component_id"),
        _id("from_id", null=True),
        _id("to_id"),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
    ]


def _id(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=32), nullable=null)


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
