"""What the command line asks about a client's key, which names a warehouse whether or not a client is entered."""

from sqlalchemy import select

from program.store.engine import reading
from program.store.migrate import schema_version
from program.store.tables import Client, Program


def time_zone(key: str) -> str:
    """Return the time zone in which a client's months are cut; UTC for a warehouse without an entered client."""
    if schema_version() is None:
        return "UTC"
    with reading() as session:
        return session.scalar(select(Client.time_zone).where(Client.key == key)) or "UTC"


def any_program() -> bool:
    """Whether the store holds a program, archived or not."""
    with reading() as session:
        return session.scalar(select(Program.id).limit(1)) is not None
