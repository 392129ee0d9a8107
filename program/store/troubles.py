"""The database's troubles, turned into sentences that a person can act on; and what a row may hold, checked before."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, String, UniqueConstraint, event, inspect
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from program.store.tables import Base
from program.store.types import Exact, InexactAmount
from program.values import Invalid, Missing, Stale, Unavailable


class WritingSession(Session):
    """A session that looks at every value before it goes to the database, so that all databases refuse the same."""


@contextmanager
def translated() -> Iterator[None]:
    try:
        yield
    except PoolTimeout as problem:
        raise Unavailable("Too many people are using the record store at once. Try again in a moment.") from problem
    except OperationalError as problem:
        raise _unavailable(problem) from problem
    except IntegrityError as problem:
        raise _contradiction(problem) from problem
    except StaleDataError as problem:
        raise Stale("row", {}, {}) from problem


def _unavailable(problem: OperationalError) -> Exception:
    text = str(problem.orig).lower()
    if "locked" in text or "lock timeout" in text:
        return Unavailable("The record store is busy with another write. Nothing was saved; try again in a moment.")
    if "disk is full" in text or "no space left" in text:
        return Unavailable("The disk is full. Nothing was saved; what was there before is intact.")
    if "unable to open" in text or not isinstance(problem.orig, sqlite3.Error):
        return Unavailable("The record store cannot be reached. Nothing was saved; try again in a moment.")
    return problem


def _contradiction(problem: IntegrityError) -> Exception:
    text = str(problem.orig)
    if "FOREIGN KEY" in text.upper():
        return Missing("row that this one refers to")
    for table in Base.metadata.tables.values():
        for rule in table.constraints:
            if isinstance(rule, UniqueConstraint) and _names(rule, table.name, text):
                field = list(rule.columns)[-1].name
                thing, said = table.name.replace("_", " "), field.removesuffix("_id").replace("_", " ")
                article = "an" if thing[0] in "aeio" else "a"
                return Invalid(field, f"There is already {article} {thing} with this {said}.")
    return problem


def _names(rule: UniqueConstraint, table: str, text: str) -> bool:
    in_sqlite = ", ".join(f"{table}.{column.name}" for column in rule.columns)
    return text.endswith(f"failed: {in_sqlite}") or f'"{rule.name}"' in text


@event.listens_for(WritingSession, "before_flush")
def _look(session: Session, *_unused: Any) -> None:
    for row in [*session.new, *session.dirty]:
        for column in inspect(type(row)).columns:
            acceptable(column, getattr(row, column.key))


def acceptable(column: Column[Any], value: Any) -> None:
    """Raise Invalid when a text is too long or holds a NUL, or an amount cannot be kept exactly."""
    name = str(column.key).replace("_", " ")
    if isinstance(column.type, String) and isinstance(value, str):
        if column.type.length and len(value) > column.type.length:
            raise Invalid(column.key, f"This {name} is too long: {column.type.length} characters at most.")
        if "\x00" in value:
            raise Invalid(column.key, f"This {name} contains a NUL character.")
    if isinstance(column.type, Exact):
        try:
            column.type.whole(value)
        except InexactAmount as problem:
            raise Invalid(column.key, str(problem)) from problem
