"""What every table of the record store is made of: ids, versions, and references that say what goes with what."""

from typing import Any
from uuid import uuid4

from sqlalchemy import ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> str:
    return uuid4().hex


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


class Identified:
    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)


class Versioned(Identified):
    """A row that people edit: a save with an old version is refused."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.version}


def owned(target: str, *, null: bool = False) -> Mapped[Any]:
    """A reference whose row goes with its owner, or, when it may be null, merely loses it."""
    rule = "SET NULL" if null else "CASCADE"
    return mapped_column(ForeignKey(target, ondelete=rule), index=True, nullable=null)
